#!/usr/bin/env node
import { existsSync } from 'node:fs';

const program = new URL('../dist/main.mjs', import.meta.url);
if (!existsSync(program)) {
  process.stderr.write('jishi: not built yet; run "npm run build" first\n');
  process.exit(2);
}
await import(program.href);
