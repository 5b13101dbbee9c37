/** A scenario with its lines in a file of their own, and `jishi settle` over it in a process that is watched. */
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startChild } from '../process.ts';

const told = z.object({ seconds: z.number(), cpuSeconds: z.number(), peakMb: z.number(), bills: z.number() });
export type Settled = z.infer<typeof told>;

const SELLERS = 200;
const PRODUCTS = 1_000;

export async function settleScenario(lines: number): Promise<Settled> {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-bench-settle-'));
  try {
    await writeScenario(folder, lines);
    const child = startChild('./settlement/settling.ts', [join(folder, 'scenario.json')], told);
    const settled = await child.next();
    await child.stop();
    return settled;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeScenario(folder: string, lines: number): Promise<void> {
  const seller = (place: number) => ({ id: `s${place}`, certifiedAt: '2023-01-01' });
  const product = (place: number) => ({
    id: `p${place}`,
    seller: `s${place % SELLERS}`,
    class: 'GENERAL',
    type: 'SAAS',
    feeRatio: '0.05',
  });
  const head = {
    site: 'CN',
    currency: 'CNY',
    sellers: Array.from({ length: SELLERS }, (_, place) => seller(place)),
    products: Array.from({ length: PRODUCTS }, (_, place) => product(place)),
    billRuns: ['2024-01/2024-03'],
    linesFile: 'lines.ndjson',
  };
  writeFileSync(join(folder, 'scenario.json'), JSON.stringify(head));
  const file = createWriteStream(join(folder, 'lines.ndjson'));
  for (let place = 0; place < lines; place += 1)
    if (!file.write(`${JSON.stringify(lineAt(place))}\n`)) await once(file, 'drain');
  file.end();
  await once(file, 'finish');
}

function lineAt(place: number): object {
  const day = `2024-0${1 + (place % 3)}-${String(1 + (place % 28)).padStart(2, '0')}`;
  const common = { product: `p${place % PRODUCTS}`, mode: 'PERIOD', placedAt: day };
  if (place % 10 === 9)
    return {
      ...common,
      id: `L${place}`,
      kind: 'REFUND',
      product: `p${(place - 1) % PRODUCTS}`,
      refundOf: `L${place - 1}`,
      amount: '10.00',
      payment: {},
      refundCompletedAt: '2024-03-30',
    };
  return {
    ...common,
    id: `L${place}`,
    kind: 'NEW',
    unitPrice: `${100 + (place % 900)}.50`,
    periods: '12',
    quantity: '1',
    payment: { paidAt: day },
    activatedAt: day,
  };
}
