// `npm test` = static checks, then every kind of test: unit, both databases, real processes, browser.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a program of this repository's dependencies. `quietly`: what it says is given back instead of shown as it comes. */
function run(name, bin, args, { quietly = false } = {}) {
  const manifest = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  const file = join(root, 'node_modules', name, typeof manifest.bin === 'string' ? manifest.bin : manifest.bin[bin]);
  return started([file, ...args], quietly);
}

function started(args, quietly) {
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', quietly ? 'pipe' : 'inherit', quietly ? 'pipe' : 'inherit'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (said += part));
  return new Promise((done) => child.on('close', (status) => done({ status: status ?? 1, said })));
}

const only = process.argv.slice(2);
const quietly = { quietly: true };
/** The types take half a minute: beside the other checks, and the first of the tests. */
const types = only.length > 0 ? null : run('typescript-native', 'tsc', ['-p', 'tsconfig.json'], quietly);
const others = async () => {
  const told = [];
  const steps = [
    ['format and lint', () => run('@biomejs/biome', 'biome', ['check', '.'], quietly)],
    [
      'boundaries',
      () =>
        run(
          'dependency-cruiser',
          'depcruise',
          ['--config', '.dependency-cruiser.cjs', 'packages', 'examples'],
          quietly,
        ),
    ],
  ];
  for (const [name, step] of only.length > 0 ? [] : steps) told.push([name, await step()]);
  told.push(['build', await started([join(root, 'scripts/build.mjs')], true)]);
  return told;
};
const fault = (name, { status, said }) => {
  process.stdout.write(`\n== ${name}\n${said}`);
  if (status === 0) return false;
  process.stdout.write(`\n${name}: failed\n0 passed, 1 failed\n`);
  return true;
};
for (const [name, outcome] of await others()) if (fault(name, outcome)) process.exit(1);
const { status } = await run('vitest', 'vitest', ['run', ...only]);
// what the tests said stays the last word, unless there is a fault
const typed = types === null ? null : await types;
process.exit(typed !== null && typed.status !== 0 && fault('types', typed) ? 1 : status);
