/** A scenario file through the engine (`jishi settle`). */
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { LineFault, type Settled, type Source, settle } from './engine.ts';
import type { Product } from './facts.ts';
import type { SpecialDays } from './holidays-cn.ts';
import { lineReader, type ReadLine } from './read-line.ts';
import { policyOf, productOf, type ScenarioHead, scenarioHead, sellerOf } from './scenario.ts';
import { diskSpool, linesOf, memorySpool, type Spool } from './spool.ts';

/** A file that can not be read or says what it must not; the message names member and rule. */
export class ScenarioFault extends Error {}

/** a document that is held in memory; more lines belong into a `linesFile` */
const MOST_DOCUMENT_BYTES = 64 * 1024 * 1024;
/** what of a file of lines is in memory at a time; with all that is made of it, about ten times as much */
const PART_BYTES = 4 * 1024 * 1024;
/** each part is a file that is open while bills are written */
const MOST_PARTS = 512;

/**
 * @param use gets the result while the lines put aside still exist
 * @param years holidays beside those that came with the program; they win over them
 */
export async function settleFile<T>(
  file: string,
  use: (settled: Settled) => Promise<T>,
  years?: Readonly<Record<number, SpecialDays>>,
): Promise<T> {
  const { head, lines, bytesOnDisk } = await open(file);
  const spool = bytesOnDisk === null ? memorySpool() : diskSpool();
  const parts = bytesOnDisk === null ? 1 : Math.min(Math.ceil(bytesOnDisk / PART_BYTES) + 1, MOST_PARTS);
  try {
    return await use(settleScenario(head, lines, spool, parts, years));
  } finally {
    spool.close();
  }
}

/** @param lines each one as JSON, in the order of the file, many at a time */
export function settleScenario(
  head: ScenarioHead,
  lines: () => Iterable<readonly string[]>,
  spool: Spool,
  parts: number,
  years?: Readonly<Record<number, SpecialDays>>,
): Settled {
  const { site } = head;
  const known = new Set(head.sellers.map(({ id }) => id));
  for (const [place, { seller }] of head.products.entries())
    if (!known.has(seller)) throw new ScenarioFault(`products[${place}].seller: there is no seller ${seller}`);
  const products = new Map(head.products.map((product) => [product.id, product]));
  const settled = new Map<ReadLine['mode'], Map<string, Product>>();
  const productFor = ({ line: { productId: id }, mode }: ReadLine, seq: number): Product => {
    const known_ = settled.get(mode)?.get(id);
    if (known_) return known_;
    const described = products.get(id);
    if (!described) throw new ScenarioFault(`lines[${seq}].product: there is no product ${id}`);
    const product = productOf(described, mode);
    settled.set(mode, (settled.get(mode) ?? new Map<string, Product>()).set(id, product));
    return product;
  };
  const readOne = lineReader(site);
  const source: Source = {
    lines,
    read(json, seq) {
      const read = checked(json, seq, readOne);
      return { line: read.line, product: productFor(read, seq) };
    },
  };
  const sellers = head.sellers.map((seller) => sellerOf(seller, site));
  try {
    return settle({ policy: policyOf(head), sellers, billRuns: head.billRuns, source, spool, parts, years });
  } catch (error) {
    if (error instanceof LineFault) throw new ScenarioFault(`lines[${error.seq}].${error.member}: ${error.message}`);
    throw error;
  }
}

/** `lines[3].placedAt: …` */
function checked(json: string, place: number, readOne: (value: unknown) => ReadLine): ReadLine {
  try {
    return readOne(JSON.parse(json));
  } catch (error) {
    const where = `lines[${place}]`;
    if (error instanceof z.ZodError) throw new ScenarioFault(describeIssue(error, where));
    throw error instanceof SyntaxError ? new ScenarioFault(`${where} is no JSON: ${error.message}`) : error;
  }
}

const document = z.looseObject({ lines: z.array(z.unknown()).optional(), linesFile: z.string().min(1).optional() });

async function open(file: string) {
  const { size } = await stat(file);
  if (size > MOST_DOCUMENT_BYTES)
    throw new ScenarioFault(`${file} is larger than 64 MiB: put its lines into a file of their own, "linesFile"`);
  const whole = document.safeParse(fromJson(await readFile(file, 'utf8'), file));
  if (!whole.success) throw new ScenarioFault(describeIssue(whole.error, ''));
  const { lines, linesFile, ...rest } = whole.data;
  if ((lines === undefined) === (linesFile === undefined))
    throw new ScenarioFault('lines: exactly one of "lines" and "linesFile" is needed');
  const head = scenarioHead.safeParse(rest);
  if (!head.success) throw new ScenarioFault(describeIssue(head.error, ''));
  if (linesFile === undefined) return { head: head.data, lines: () => given(lines ?? []), bytesOnDisk: null };
  const beside = resolve(dirname(file), linesFile);
  const { size: bytesOnDisk } = await stat(beside);
  return { head: head.data, lines: () => withoutBlanks(linesOf(beside)), bytesOnDisk };
}

const given = (lines: readonly unknown[]): string[][] => [lines.map((line) => JSON.stringify(line))];

function* withoutBlanks(batches: Iterable<readonly string[]>): Generator<readonly string[]> {
  for (const lines of batches) yield lines.includes('') ? lines.filter((line) => line.trim() !== '') : lines;
}

function fromJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ScenarioFault(`${where} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function describeIssue(error: z.ZodError, prefix: string): string {
  const [issue] = error.issues;
  if (!issue) return 'not a settlement scenario';
  const path = issue.path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`),
    prefix,
  );
  return `${path === '' ? 'the scenario' : path}: ${issue.message}`;
}
