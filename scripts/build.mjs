// Builds everything that is out of date: packages for sellers, the command, the console. Prose goes to stderr.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const require = createRequire(import.meta.url);
const binOf = (name) => {
  const manifest = require.resolve(`${name}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[name]);
};

const parts = [
  {
    name: 'packages and command',
    inputs: [
      'tsdown.config.ts',
      'package-lock.json',
      'packages/protocol',
      'packages/seller',
      'packages/conformance',
      'packages/marketplace',
      'packages/cli',
      'examples/demo-seller',
    ],
    output: 'packages/cli/dist/main.mjs',
    run: () => node(root, binOf('tsdown'), '--logLevel', 'error'),
  },
  {
    name: 'console',
    inputs: ['package-lock.json', 'packages/console', 'packages/marketplace/src/api/console-api'],
    output: 'packages/console/dist/index.html',
    run: () => node(join(root, 'packages/console'), binOf('vite'), 'build', '--logLevel', 'warn'),
  },
  {
    name: 'documentation',
    inputs: ['docs', 'scripts/docs-html.ts', 'scripts/docs-pages.ts', 'scripts/docs-style.css'],
    output: 'packages/cli/dist/docs/README.html', // after the command, which empties its folder
    run: () => node(root, '--conditions=jishi-source', '--import', 'tsx', 'scripts/docs-html.ts'),
  },
];

/** Built for `npm run bench` alone: its dozen processes start in two seconds instead of seven. */
export const benchmarks = {
  name: 'benchmarks',
  inputs: ['package-lock.json', 'bench', 'packages/protocol', 'packages/marketplace'],
  output: 'bench/dist/main.mjs',
  run: () => node(join(root, 'bench'), binOf('tsdown'), '--logLevel', 'error'),
};

export function build(wanted = parts) {
  for (const part of wanted) {
    const stamp = join(root, 'node_modules/.cache/jishi', `${part.name.replaceAll(' ', '-')}.sha256`);
    const digest = digestOf(part.inputs);
    if (existsSync(join(root, part.output)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) continue;
    process.stderr.write(`building ${part.name} …\n`);
    part.run();
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, digest);
  }
  if (wanted !== parts) return;
  // The command finds the console beside itself, also when it is installed as a package.
  const console = join(root, 'packages/cli/dist/console');
  if (
    !existsSync(console) ||
    statSync(console).mtimeMs < statSync(join(root, 'packages/console/dist/index.html')).mtimeMs
  ) {
    cpSync(join(root, 'packages/console/dist'), console, { recursive: true, force: true });
  }
}

function node(cwd, ...args) {
  const { status } = spawnSync(process.execPath, args, { cwd, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}

/** Contents of the sources, not their times: a fresh clone and a switched branch are told apart. */
function digestOf(inputs) {
  const hash = createHash('sha256').update(process.version);
  const visit = (path) => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort())
        if (name !== 'dist' && name !== 'node_modules' && !name.endsWith('.test.ts')) visit(join(path, name));
    } else hash.update(path.slice(root.length)).update(readFileSync(path));
  };
  for (const input of inputs) visit(join(root, input));
  return hash.digest('hex');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) build();
