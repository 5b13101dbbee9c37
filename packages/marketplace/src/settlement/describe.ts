/** The result of a settlement as people read it: each bill with its lines, each line with how it came about. */
import { z } from 'zod';
import type { Bill, Settled } from './engine.ts';
import { headOf } from './present.ts';
import { ERRORS, UNBILLED } from './records.ts';

const step = z.object({ rule: z.string(), text: z.string(), value: z.string() });
const described = z.object({
  id: z.string(),
  settlement: z.string().optional(),
  derivation: z.array(step).optional(),
  conditions: z.array(z.object({ rule: z.string(), met: z.string() })).optional(),
  waitingFor: z.array(z.object({ rule: z.string(), text: z.string() })).optional(),
  earliestBill: z.string().optional(),
  rule: z.string().optional(),
  text: z.string().optional(),
});
type Described = z.infer<typeof described>;

export async function* describeSettled(settled: Settled): AsyncGenerator<string> {
  const bills = new Map(settled.bills.map((bill) => [bill.bucket, bill]));
  let title: string | null = null;
  for (const { bucket, distributor, json } of settled.records()) {
    const heading = titleOf(bucket, distributor);
    if (heading !== title) yield `${title === null ? '' : '\n'}${heading}\n`;
    title = heading;
    yield lineText(described.parse(JSON.parse(json)));
  }
  if (title === null) yield 'nothing is billed, nothing waits\n';
  for (const { bills: together, total, runDate, sellerId, class: productClass, schedule } of releases(settled)) {
    const pay = schedule.at(-1)?.by ?? '';
    yield `\nreleased on ${runDate}: ${sellerId} ${productClass} ${together.map(({ period }) => period).join(' + ')} = ${total.toFixed(2)}, paid by ${pay}\n`;
  }

  function titleOf(bucket: number, distributor: string): string {
    if (bucket === UNBILLED) return 'not billed yet';
    if (bucket === ERRORS) return 'exceptions';
    const bill = bills.get(bucket);
    if (!bill) throw new Error(`there is no bill ${bucket}`);
    return distributor === '' ? billTitle(settled, bill) : `  for distributor ${distributor}`;
  }
}

function billTitle(settled: Settled, bill: Bill): string {
  const { id, seller, currency, period, runDate, held, heldReason } = headOf(settled, bill);
  const fee = bill.platformFee.isZero() ? '' : `, platform fee ${bill.platformFee.toFixed(2)}`;
  const state = held ? `, held (${heldReason})` : '';
  return `bill ${id}  ${seller} ${bill.class}  ${period.from} to ${period.to}, run on ${runDate}: ${bill.total.toFixed(2)} ${currency}${fee}${state}`;
}

function lineText(line: Described): string {
  const rows = [`  ${line.id}${line.settlement === undefined ? '' : `  ${line.settlement}`}`];
  for (const { rule, text, value } of line.derivation ?? []) rows.push(`      ${rule}  ${text} = ${value}`);
  for (const { rule, met } of line.conditions ?? []) rows.push(`      ${rule}  met ${met}`);
  for (const { rule, text } of line.waitingFor ?? []) rows.push(`      ${rule}  ${text}`);
  if (line.earliestBill !== undefined) rows.push(`      earliest bill: ${line.earliestBill}`);
  if (line.rule !== undefined) rows.push(`      ${line.rule}  ${line.text ?? ''}`);
  return `${rows.join('\n')}\n`;
}

const releases = (settled: Settled) =>
  settled.releases.map((release) => ({ ...release, runDate: settled.runs[release.run]?.runDate ?? '' }));
