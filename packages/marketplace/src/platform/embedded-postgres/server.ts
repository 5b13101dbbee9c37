/**
 * PostgreSQL from npm, run in the data folder by our own process (design.md 4.9). It listens on a free loopback port
 * with a password and, where there are such, on a Unix socket, which costs half the processor time a round trip; it stops when we stop, and, because a small shell waits on a pipe that we hold, also when we are
 * killed. A server left over all the same is stopped cleanly at the next start; a living owner is refused.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { DatabaseUnusable } from '../database/database.ts';
import type { Random } from '../random.ts';
import { ALPHANUMERIC, randomText } from '../random.ts';
import { type Binaries, findBinaries, isReachable, runsAsRoot, UNPRIVILEGED_ID } from './binaries.ts';

export interface EmbeddedServer {
  /** address of the maintenance database `postgres` */
  readonly adminUrl: string;
  /** address of the marketplace's database `jishi` */
  readonly url: string;
  /** where the data are; null when in memory only */
  readonly folder: string | null;
  /** something a person should know about where things were put */
  readonly notes: readonly string[];
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly random: Random;
  /** data folder; absent = a temporary one without durability, removed at the end */
  readonly folder?: string;
  readonly binaries?: Binaries;
  /** `address` = over TCP like any other server; absent = over its socket */
  readonly reachedBy?: 'socket' | 'address';
}

const START_TIMEOUT_MS = 30_000;
const OWNER_LOCK = 7_215_002;

export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedServer> {
  const binaries = options.binaries ?? findBinaries();
  const temporary = options.folder === undefined;
  const place = temporary ? temporaryFolder() : dataFolder(resolve(options.folder ?? '.'));
  await stopLeftOver(place);
  if (!existsSync(join(place.data, 'PG_VERSION'))) await createCluster(binaries, place, options.random);
  const port = await freePort();
  const sockets = options.reachedBy === 'address' ? null : socketFolder();
  const child = launch(binaries, place, port, temporary, sockets);
  const password = readFileSync(place.passwordFile, 'utf8');
  const host = sockets === null ? '127.0.0.1' : encodeURIComponent(sockets);
  const address = (database: string) => `postgres://jishi:${password}@${host}:${port}/${database}`;
  const owner = await waitUntilReady(child, address('postgres'));
  await owner.query('SELECT pg_advisory_lock($1)', [OWNER_LOCK]);
  const { rowCount } = await owner.query("SELECT 1 FROM pg_database WHERE datname = 'jishi'");
  if (rowCount === 0) await owner.query('CREATE DATABASE jishi');
  return {
    adminUrl: address('postgres'),
    url: address('jishi'),
    folder: temporary ? null : place.data,
    notes: place.notes,
    async stop() {
      await owner.end().catch(() => {});
      await stopChild(child);
      if (temporary) rmSync(dirname(place.data), { recursive: true, force: true });
    },
  };
}

// --- folders ------------------------------------------------------------------------------------------------

interface Place {
  readonly data: string;
  readonly passwordFile: string;
  readonly notes: string[];
}

function temporaryFolder(): Place {
  const base = mkdtempSync(join(tmpdir(), 'jishi-'));
  if (runsAsRoot()) chmodSync(base, 0o711);
  return { data: join(base, 'postgres'), passwordFile: join(base, 'postgres-password'), notes: [] };
}

const LONGEST_SOCKET_PATH = 103; // macOS; Linux takes four more

/** For the server's user alone; the guard removes it. null = this system has no such sockets, or no short enough place */
function socketFolder(): string | null {
  if (process.platform === 'win32' || join(tmpdir(), 'jishi-abcdef', '.s.PGSQL.65535').length > LONGEST_SOCKET_PATH)
    return null;
  const folder = mkdtempSync(join(tmpdir(), 'jishi-'));
  if (runsAsRoot()) chownSync(folder, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
  return folder;
}

function dataFolder(folder: string): Place {
  const notes: string[] = [];
  try {
    mkdirSync(folder, { recursive: true });
    let data = join(folder, 'postgres');
    if (runsAsRoot()) {
      // The unprivileged server must be able to enter the folder; below a closed home it can not.
      if (!isReachable(resolve(folder, '..'))) {
        data = join('/var/lib/jishi', folder.replaceAll('/', '_'));
        notes.push(`PostgreSQL can not run as root and can not enter ${folder}: its files are in ${data}`);
        mkdirSync('/var/lib/jishi', { recursive: true, mode: 0o711 });
      } else chmodSync(folder, 0o711);
    }
    return { data, passwordFile: join(folder, 'postgres-password'), notes };
  } catch (error) {
    throw new DatabaseUnusable(
      `the data folder ${folder} can not be used (${error instanceof Error ? error.message : error}): choose another with --data DIR`,
    );
  }
}

/** Made beside its place and then renamed: a crash in the middle leaves nothing that looks like a database. */
async function createCluster(binaries: Binaries, place: Place, random: Random): Promise<void> {
  const password = randomText(random, 32, ALPHANUMERIC);
  const unfinished = `${place.data}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  // initdb reads it beside the data, which it can always enter; our own copy may be where only root can look.
  const handedOver = `${place.data}.password`;
  for (const file of [place.passwordFile, handedOver]) writeFileSync(file, password, { mode: 0o600 });
  if (runsAsRoot()) for (const path of [unfinished, handedOver]) chownSync(path, UNPRIVILEGED_ID, UNPRIVILEGED_ID);
  const settings = ['--auth=scram-sha-256', `--pwfile=${handedOver}`, '--encoding=UTF8', '--locale=C', '-N'];
  const fault = await new Promise<string | null>((done) => {
    execFile(
      binaries.initdb,
      ['-D', unfinished, '-U', 'jishi', ...settings],
      { ...identity(), env: environment(), cwd: '/' },
      (error, _said, complaint) => done(error === null ? null : lastLine(complaint) || error.message),
    );
  });
  rmSync(handedOver, { force: true });
  if (fault !== null) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new DatabaseUnusable(`PostgreSQL could not be set up in ${place.data}: ${fault}`);
  }
  renameSync(unfinished, place.data);
}

// --- processes ----------------------------------------------------------------------------------------------

// The shell ends PostgreSQL when the pipe closes, i.e. also after a kill -9 of our process; "-INT" = fast shutdown.
const GUARD =
  '"$0" "$@" </dev/null & pid=$!; trap : INT TERM; cat >/dev/null; kill -INT $pid 2>/dev/null; wait $pid; [ -z "$SOCKETS" ] || rmdir "$SOCKETS"';

function launch(
  binaries: Binaries,
  place: Place,
  port: number,
  temporary: boolean,
  sockets: string | null,
): ChildProcess {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: sockets ?? '',
    max_connections: '120',
    shared_buffers: '128MB',
    log_min_messages: 'warning',
    // one transaction's commit should not wait for an idle checkpoint; WAL of a busy hour fits
    max_wal_size: '2GB',
    ...(temporary ? { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' } : {}),
  };
  const args = ['-D', place.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const guarded = process.platform !== 'win32';
  return spawn(guarded ? '/bin/sh' : binaries.postgres, guarded ? ['-c', GUARD, binaries.postgres, ...args] : args, {
    ...identity(),
    env: { ...environment(), ...(sockets === null ? {} : { SOCKETS: sockets }) },
    cwd: place.data,
    stdio: ['pipe', 'ignore', 'pipe'],
    // its own group: Ctrl-C reaches us first, and we need the database to shut down in order
    detached: guarded,
  });
}

const identity = () => (runsAsRoot() ? { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID } : {});
const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' });
const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';

async function waitUntilReady(child: ChildProcess, url: string): Promise<pg.Client> {
  let complaint = '';
  let ended = false;
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000);
  });
  child.on('exit', () => {
    ended = true;
  });
  child.on('error', (error) => {
    ended = true;
    complaint += error.message;
  });
  for (let waited = 0; waited < START_TIMEOUT_MS && !ended; waited += 25) {
    const client = new pg.Client({ connectionString: url, application_name: 'jishi owner' });
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch {
      await new Promise((done) => setTimeout(done, 25));
    }
  }
  child.stdin?.end();
  throw new DatabaseUnusable(`the embedded PostgreSQL did not start: ${lastLine(complaint) || 'no answer in time'}`);
}

function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  if (process.platform === 'win32') child.kill();
  else child.stdin?.end();
  return gone;
}

/** After a kill -9 the server may still run: a living owner is refused, an orphan is stopped and waited for. */
async function stopLeftOver(place: Place): Promise<void> {
  const pidFile = join(place.data, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const [pidText, , , port] = readFileSync(pidFile, 'utf8').split('\n');
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return;
  const client = new pg.Client({
    connectionString: `postgres://jishi:${readFileSync(place.passwordFile, 'utf8')}@127.0.0.1:${port}/postgres`,
    connectionTimeoutMillis: 2000,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [OWNER_LOCK]);
    if (rows[0]?.free === false) {
      throw new DatabaseUnusable(
        `the data folder ${place.data} is in use by another running jishi: stop it, or choose another with --data DIR`,
      );
    }
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if (error instanceof DatabaseUnusable) throw error;
    // It does not let us in: shutting down, still recovering, or the pid belongs to another program by now.
  } finally {
    await client.end().catch(() => {});
  }
  for (let waited = 0; waited < START_TIMEOUT_MS && existsSync(pidFile) && isAlive(pid); waited += 20) {
    await new Promise((done) => setTimeout(done, 20));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? done(address.port) : fail(new Error('no free port')),
      );
    });
  });
}
