/** `npm run bench -- fulfilment | orders | lifecycle | catalogue | settlement | metering | directory [--quick] [--json] [--only PART]`. */
import { parseArgs } from 'node:util';
import { benchCatalogue } from './catalogue/index.ts';
import { benchDirectory } from './directory/index.ts';
import { benchFulfilment } from './fulfilment/index.ts';
import { benchLifecycle } from './lifecycle/index.ts';
import { benchMetering } from './metering/index.ts';
import { benchOrders } from './orders/index.ts';
import { machine, openPlace } from './place.ts';
import { say } from './progress.ts';
import { type Report, table } from './report.ts';
import { benchSettlement } from './settlement/index.ts';

const BENCHES = {
  fulfilment: benchFulfilment,
  orders: benchOrders,
  lifecycle: benchLifecycle,
  catalogue: benchCatalogue,
  settlement: benchSettlement,
  metering: benchMetering,
  directory: benchDirectory,
} as const;
const USAGE =
  'usage: npm run bench -- fulfilment | orders | lifecycle | catalogue | settlement | metering | directory [--quick] [--json] [--only PART] [--size N]';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    size: { type: 'string' },
  },
});
const [name] = positionals;
if (!isBench(name)) {
  say(USAGE);
  process.exit(2);
}
const size = values.size === undefined ? null : Number(values.size);
if (size !== null && !(Number.isInteger(size) && size >= 100 && size <= 20_000_000)) {
  say(USAGE);
  process.exit(2);
}
const startedAt = new Date().toISOString();
const place = await openPlace();
try {
  say(`${machine()} · ${place.description}`);
  const rows = await BENCHES[name](place, {
    quick: values.quick,
    only: values.only ?? null,
    size,
  });
  const report: Report = {
    bench: name,
    quick: values.quick,
    startedAt,
    machine: machine(),
    database: place.description,
    rows,
  };
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : table(report));
} finally {
  await place.close();
}

function isBench(text: string | undefined): text is keyof typeof BENCHES {
  return text !== undefined && text in BENCHES;
}
