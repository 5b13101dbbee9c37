// `npm run bench -- …` = build the benchmarks if they are out of date, then run them.
import { benchmarks, build } from './build.mjs';

build([benchmarks]);
await import('../bench/dist/main.mjs');
