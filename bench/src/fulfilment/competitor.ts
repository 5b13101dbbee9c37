/**
 * A competitor in the fulfilment benchmark, as its own process: says `ready`, begins at `go`, says `done` when the last
 * line is delivered. `node competitor.ts NAME SETTINGS`.
 */
import { z } from 'zod';
import { onTold, tellParent } from '../process.ts';
import { startBareLoop } from './bare-loop.ts';
import { startGraphile } from './graphile.ts';
import { startJishi } from './jishi.ts';
import { startPgBoss } from './pg-boss.ts';
import { type Begin, settings } from './settings.ts';

const COMPETITORS = {
  jishi: startJishi,
  'bare loop': startBareLoop,
  'graphile-worker': startGraphile,
  'pg-boss': startPgBoss,
} as const;

const [nameText, settingsText = ''] = process.argv.slice(2);
const name = z.enum(['jishi', 'bare loop', 'graphile-worker', 'pg-boss']).parse(nameText);
const begin: Begin = await COMPETITORS[name](settings.parse(JSON.parse(settingsText)));
onTold(() => {
  begin(() => tellParent({ kind: 'done' })).catch((error: unknown) => {
    process.stderr.write(`${name}: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
});
tellParent({ kind: 'ready' });
