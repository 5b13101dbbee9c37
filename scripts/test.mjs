// `npm test` = static checks, then every kind of test: unit, both databases, real processes, browser.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (name, bin, ...args) => {
  const manifest = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  const file = join(root, 'node_modules', name, typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin]);
  const { status } = spawnSync(process.execPath, [file, ...args], { cwd: root, stdio: 'inherit' });
  return status ?? 1;
};

const only = process.argv.slice(2);
if (only.length === 0) {
  const checks = [
    ['format and lint', () => run('@biomejs/biome', 'biome', 'check', '.')],
    ['types', () => run('typescript', 'tsc', '-p', 'tsconfig.json')],
    [
      'boundaries',
      () => run('dependency-cruiser', 'depcruise', '--config', '.dependency-cruiser.cjs', 'packages', 'examples'),
    ],
  ];
  for (const [name, check] of checks) {
    process.stdout.write(`\n== ${name}\n`);
    if (check() !== 0) {
      process.stdout.write(`\n${name}: failed\n0 passed, 1 failed\n`);
      process.exit(1);
    }
  }
}
build();
process.exit(run('vitest', 'vitest', 'run', ...only));
