/** Chromium from npm, with what it needs from npm too: its own libraries where the system has none, a Chinese font. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

const cache = fileURLToPath(new URL('../../node_modules/.cache/jishi/browser', import.meta.url));
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
];

export async function launchBrowser(): Promise<Browser> {
  const executablePath = await unpackBrowser();
  return chromium.launch({ executablePath, args: ARGS, env: { ...process.env, FONTCONFIG_FILE: fontConfiguration() } });
}

/** Unpacks once; not safe in two processes at the same time. @returns the browser's path */
export async function unpackBrowser(): Promise<string> {
  mkdirSync(cache, { recursive: true });
  // The package unpacks into the temporary folder; a folder of our own keeps versions apart.
  const before = { TMPDIR: process.env.TMPDIR, AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV };
  process.env.TMPDIR = cache;
  // Told that it runs where no libraries are, the package unpacks libnss3 and friends and points LD_LIBRARY_PATH there.
  if (!hasLibraries()) process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  const executablePath = await packaged.executablePath();
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  return executablePath;
}

function hasLibraries(): boolean {
  const listing = spawnSync('ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  return ['libnss3.so', 'libnspr4.so', 'libexpat.so.1'].every((name) => listing.includes(name));
}

/** Latin from the browser's own fonts, Chinese from the npm package; the same everywhere, whatever is installed. */
function fontConfiguration(): string {
  const chinese = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'));
  const file = join(cache, 'fonts.conf');
  const folders = [400, 500, 700]
    .map((weight) => join(chinese, `${weight}${{ 400: 'Regular', 500: 'Medium', 700: 'Bold' }[weight]}`))
    .filter((folder) => existsSync(folder));
  const text = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
${[join(cache, 'fonts'), ...folders].map((folder) => `  <dir>${folder}</dir>`).join('\n')}
  <cachedir>${join(cache, 'font-cache')}</cachedir>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family><family>Noto Sans SC</family></prefer></alias>
</fontconfig>\n`;
  // another browser may be reading it
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
  return file;
}
