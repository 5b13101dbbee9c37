// `npm start -- …` = build what is out of date, then `jishi start …`.
import { build } from './build.mjs';

build();
process.argv.splice(2, 0, 'start');
await import('../packages/cli/bin/jishi.mjs');
