// `npm run dev` = marketplace from the sources, restarted on change, and the console with hot reload beside it.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const children = [
  spawn(
    process.execPath,
    [
      '--conditions=jishi-source',
      '--import',
      'tsx',
      '--watch-path=packages',
      '--watch-preserve-output',
      'packages/cli/src/main.ts',
      'start',
      '--port',
      '8080',
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit' },
  ),
  spawn('npm', ['run', 'dev', '-w', '@jishi/console'], { cwd: root, stdio: 'inherit' }),
];
const stop = () => {
  for (const child of children) child.kill();
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
for (const child of children) child.on('exit', stop);
