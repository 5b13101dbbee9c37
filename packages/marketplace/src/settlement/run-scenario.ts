/** A scenario file through the engine (`jishi settle`). */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type Settled, type Source, settle } from './engine.ts';
import type { Product } from './facts.ts';
import {
  lineOf,
  policyOf,
  productOf,
  type ScenarioHead,
  type ScenarioLine,
  scenarioHead,
  scenarioLine,
  sellerOf,
} from './scenario.ts';
import { diskSpool, memorySpool, type Spool } from './spool.ts';

/** A file that can not be read or says what it must not; the message names member and rule. */
export class ScenarioFault extends Error {}

/** a document that is held in memory; more lines belong into a `linesFile` */
const MOST_DOCUMENT_BYTES = 64 * 1024 * 1024;
/** a million lines of half a kilobyte are parts of some megabytes */
const DISK_PARTS = 64;

/** @param use gets the result while the lines put aside still exist */
export async function settleFile<T>(file: string, use: (settled: Settled) => Promise<T>): Promise<T> {
  const { head, lines, onDisk } = await open(file);
  const spool = onDisk ? diskSpool() : memorySpool();
  try {
    return await use(await settleScenario(head, lines, spool, onDisk ? DISK_PARTS : 1));
  } finally {
    spool.close();
  }
}

/** @param lines each one as JSON, in the order of the file */
export async function settleScenario(
  head: ScenarioHead,
  lines: () => AsyncIterable<string>,
  spool: Spool,
  parts: number,
): Promise<Settled> {
  const { site } = head;
  const known = new Set(head.sellers.map(({ id }) => id));
  for (const [place, { seller }] of head.products.entries())
    if (!known.has(seller)) throw new ScenarioFault(`products[${place}].seller: there is no seller ${seller}`);
  const products = new Map(head.products.map((product) => [product.id, product]));
  const settled = new Map<string, Product>();
  const productFor = ({ product: id, mode }: ScenarioLine): Product => {
    const known_ = settled.get(`${id} ${mode}`);
    if (known_) return known_;
    const described = products.get(id);
    if (!described) throw new ScenarioFault(`there is no product ${id}`);
    const product = productOf(described, mode);
    settled.set(`${id} ${mode}`, product);
    return product;
  };
  const source: Source = {
    lines,
    read(json, seq) {
      const described = checked(json, seq);
      return { line: lineOf(described, site), product: productFor(described) };
    },
  };
  const sellers = head.sellers.map((seller) => sellerOf(seller, site));
  return settle({ policy: policyOf(head), sellers, billRuns: head.billRuns, source, spool, parts });
}

/** `lines[3].placedAt: …` */
function checked(json: string, place: number): ScenarioLine {
  const parsed = scenarioLine.safeParse(fromJson(json, `lines[${place}]`));
  if (!parsed.success) throw new ScenarioFault(describeIssue(parsed.error, `lines[${place}]`));
  return parsed.data;
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
  if (linesFile === undefined) return { head: head.data, lines: () => given(lines ?? []), onDisk: false };
  const beside = resolve(dirname(file), linesFile);
  await stat(beside);
  return { head: head.data, lines: () => linesOf(beside), onDisk: true };
}

async function* given(lines: readonly unknown[]): AsyncGenerator<string> {
  for (const line of lines) yield JSON.stringify(line);
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const rows = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
  for await (const row of rows) if (row.trim() !== '') yield row.trim();
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
