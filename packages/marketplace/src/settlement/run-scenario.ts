/** A scenario file through the engine (`jishi settle`). */
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { LineFault, type Settled, type Source, settle } from './engine.ts';
import type { Product } from './facts.ts';
import type { SpecialDays } from './holidays-cn.ts';
import { lineReader, type ReadLine } from './read-line.ts';
import { type ChargingMode, policyOf, productOf, type ScenarioHead, scenarioHead, sellerOf } from './scenario.ts';
import { diskSpool, linesOf, memorySpool, type Spool, textsIn } from './spool.ts';

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
  const { head, lines, bytesOnDisk, linesFile } = await open(file);
  const spool = bytesOnDisk === null ? memorySpool() : diskSpool();
  const parts = bytesOnDisk === null ? 1 : Math.min(Math.ceil(bytesOnDisk / PART_BYTES) + 1, MOST_PARTS);
  try {
    return await use(settleScenario(head, lines, spool, parts, years));
  } catch (error) {
    throw linesFile === null ? error : withLineNumber(error, file, linesFile);
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
  const settled = new Map<ChargingMode, Map<string, Product>>();
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
    throw error instanceof SyntaxError ? new ScenarioFault(`${where} is no JSON: ${oneLine(error.message)}`) : error;
  }
}

/** `lines[3]` of a file of lines, with the number that an editor shows: empty lines count there. */
function withLineNumber(error: unknown, file: string, linesFile: string): unknown {
  const place = error instanceof ScenarioFault ? /^lines\[(\d+)\]/.exec(error.message)?.[1] : undefined;
  if (!(error instanceof ScenarioFault) || place === undefined) return error;
  let [left, number] = [Number(place), 0];
  for (const line of textsIn(resolve(dirname(file), linesFile), PIECE_BYTES)) {
    number += 1;
    if (isBlank(line)) continue;
    if (left === 0) break;
    left -= 1;
  }
  return new ScenarioFault(`${error.message} (line ${number} of ${linesFile})`);
}
const PIECE_BYTES = 1024 * 1024;

const document = z.looseObject({ lines: z.array(z.unknown()).optional(), linesFile: z.string().min(1).optional() });

async function open(file: string) {
  const size = await sizeOf(file, '');
  if (size > MOST_DOCUMENT_BYTES)
    throw new ScenarioFault('larger than 64 MiB: put its lines into a file of their own, "linesFile"');
  const whole = document.safeParse(fromJson(await readFile(file)));
  if (!whole.success) throw new ScenarioFault(describeIssue(whole.error, ''));
  const { lines, linesFile, ...rest } = whole.data;
  if ((lines === undefined) === (linesFile === undefined))
    throw new ScenarioFault('lines: exactly one of "lines" and "linesFile" is needed');
  const head = scenarioHead.safeParse(rest);
  if (!head.success) throw new ScenarioFault(describeIssue(head.error, ''));
  if (linesFile === undefined)
    return { head: head.data, lines: () => given(lines ?? []), bytesOnDisk: null, linesFile: null };
  const beside = resolve(dirname(file), linesFile);
  const bytesOnDisk = await sizeOf(beside, `linesFile: ${linesFile}: `);
  return { head: head.data, lines: () => withoutBlanks(linesOf(beside)), bytesOnDisk, linesFile };
}

/** @param told before what is wrong: which file of the two it is */
async function sizeOf(file: string, told: string): Promise<number> {
  const found = await stat(file).catch((error: unknown) => {
    throw error instanceof Error && 'code' in error && error.code === 'ENOENT'
      ? new ScenarioFault(`${told}there is no such file`)
      : error;
  });
  if (found.isDirectory()) throw new ScenarioFault(`${told}a folder, not a file`);
  return found.size;
}

const given = (lines: readonly unknown[]): string[][] => [lines.map((line) => JSON.stringify(line))];

function* withoutBlanks(batches: Iterable<readonly string[]>): Generator<readonly string[]> {
  let first = true;
  for (const lines of batches) {
    const [head = '', ...rest] = first ? lines : [];
    const plain = head.startsWith(BYTE_ORDER_MARK) ? [head.slice(1), ...rest] : lines;
    first = false;
    yield plain.some(isBlank) ? plain.filter((line) => !isBlank(line)) : plain;
  }
}
/** nearly all lines begin with a brace */
const isBlank = (line: string): boolean => !line.startsWith('{') && line.trim() === '';
/** what some editors put before UTF-8 text */
const BYTE_ORDER_MARK = '\uFEFF';

function fromJson(bytes: Uint8Array): unknown {
  try {
    // takes the mark of editors away, and refuses what is in another encoding instead of reading other names from it
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new ScenarioFault('not in UTF-8');
    throw new ScenarioFault(`no JSON: ${oneLine(error.message)}`);
  }
}

/** A parser quotes what it stumbled over, with its line breaks. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

function describeIssue(error: z.ZodError, prefix: string): string {
  const [issue] = error.issues;
  if (!issue) return 'not a settlement scenario';
  const path = issue.path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text === '' ? '' : '.'}${String(part)}`),
    prefix,
  );
  return `${path === '' ? 'the scenario' : path}: ${issue.message}`;
}
