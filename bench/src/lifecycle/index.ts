/**
 * Due expiries and automatic renewals per second among 10,000, 100,000 and 1,000,000 living subscriptions: what one
 * that is due costs must not grow with those that are not.
 */
import type { BenchOptions } from '../fulfilment/index.ts';
import { openMarketplace, type Place } from '../place.ts';
import { say } from '../progress.ts';
import type { Row } from '../report.ts';
import { median } from '../stats.ts';
import { COMPETITORS, type Competitor, type Run, run } from './competitors.ts';
import { firstInstances, growTo, type Kind, makeDue } from './population.ts';
import { touchedSoFar } from './touched.ts';

interface Measured extends Run {
  readonly kind: Kind;
  readonly name: Competitor;
  readonly living: number;
  /** of the instances, per due item */
  readonly rowsRead: number;
  readonly pages: number;
}

export async function benchLifecycle(place: Place, { quick, only }: BenchOptions): Promise<Row[]> {
  const sizes = quick ? [1_000, 3_000] : [10_000, 100_000, 1_000_000];
  const { due, rounds } = quick ? { due: 40, rounds: 1 } : { due: 400, rounds: 3 };
  const kinds = (['expiry', 'renewal'] as const).filter((kind) => only === null || only === kind);
  const databaseUrl = await place.create('lifecycle');
  await (await openMarketplace(databaseUrl)).close();
  await firstInstances(databaseUrl);
  const measured: Measured[] = [];
  let living = 0;
  for (const size of sizes) {
    say(`-- ${size} living`);
    await growTo(databaseUrl, living, size);
    // Those that were due before are left alone: the same one is never due twice.
    const among = { from: living, to: size };
    let turn = 0;
    living = size;
    for (const kind of kinds) {
      const one = async (name: Competitor, count: number): Promise<Measured> => {
        await makeDue(databaseUrl, kind, among, count, turn++);
        const before = await touchedSoFar(databaseUrl);
        const result = await run(databaseUrl, name, kind);
        if (result.done !== count) throw new Error(`${name} did ${result.done} of ${count} that were due`);
        const after = await touchedSoFar(databaseUrl);
        const [rowsRead, pages] = [(after.rows - before.rows) / count, (after.pages - before.pages) / count];
        return { ...result, kind, name, living, rowsRead, pages };
      };
      for (const name of COMPETITORS) await one(name, due / 5); // warm
      for (let round = 0; round < rounds; round += 1)
        for (let place = 0; place < COMPETITORS.length; place += 1) {
          const name = COMPETITORS[(round + place) % COMPETITORS.length] ?? 'jishi';
          const result = await one(name, due);
          measured.push(result);
          say(
            `${kind} ${name.padEnd(9)} ${perSecond(result).toFixed(0)}/s, CPU ${cpuEach(result).toFixed(2)} ms, ${result.rowsRead.toFixed(1)} rows and ${result.pages.toFixed(1)} pages each; an idle look ${result.idleMs.toFixed(1)} ms`,
          );
        }
    }
  }
  await place.drop('lifecycle');
  return kinds.flatMap((kind) => rowsOf(kind, sizes, measured));
}

const perSecond = ({ done, ms }: Measured): number => (1000 * done) / ms;
const cpuEach = ({ done, cpuMs }: Measured): number => cpuMs / done;

function rowsOf(kind: Kind, sizes: readonly number[], measured: readonly Measured[]): Row[] {
  const figure = (name: Competitor, living: number, of: (run: Measured) => number) =>
    median(measured.filter((run) => run.kind === kind && run.name === name && run.living === living).map(of));
  const [small = 0, large = 0] = [sizes[0], sizes.at(-1)];
  const growth = (what: string, of: (run: Measured) => number, aim?: Row['aim']): Row => ({
    name: `${kind}: ${what} at ${large} living ÷ at ${small}`,
    value: figure('jishi', large, of) / figure('jishi', small, of),
    unit: '×',
    ...(aim ? { aim } : {}),
    note: sizes.map((living) => `${living}: ${figure('jishi', living, of).toFixed(2)}`).join(', '),
  });
  const against = (rival: Competitor): Row => {
    const byRate = sizes.map((living) => figure('jishi', living, perSecond) / figure(rival, living, perSecond));
    const note = `by size ${byRate.map((ratio) => ratio.toFixed(2)).join(' ')}`;
    return {
      name: `${kind}: jishi ÷ ${rival}, at ${large} living`,
      value: byRate.at(-1) ?? Number.NaN,
      unit: '×',
      note,
    };
  };
  return [
    growth('CPU of one that is due', cpuEach, { below: 1.5 }),
    growth('rows read for one that is due', ({ rowsRead }) => rowsRead, { below: 1.5 }),
    growth('pages looked at for one that is due', ({ pages }) => pages),
    against('bare loop'),
    against('scan'),
    ...COMPETITORS.flatMap((name): Row[] =>
      sizes.map((living) => ({
        name: `${kind}: ${name} among ${living}`,
        value: figure(name, living, perSecond),
        unit: '/s',
        note: `CPU ${figure(name, living, cpuEach).toFixed(2)} ms each, an idle look ${figure(name, living, ({ idleMs }) => idleMs).toFixed(1)} ms`,
      })),
    ),
  ];
}
