/** The database in the data folder outlives kill -9, has one owner, and tidies up what a dead owner left behind. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { DatabaseUnusable } from '../database/database.ts';
import { systemRandom } from '../random.ts';
import { findBinaries } from './binaries.ts';
import { type EmbeddedServer, startEmbedded } from './server.ts';

const OWNER = `
  import { startEmbedded } from ${JSON.stringify(new URL('./server.ts', import.meta.url).href)};
  import { systemRandom } from ${JSON.stringify(new URL('../random.ts', import.meta.url).href)};
  const server = await startEmbedded({ random: systemRandom, folder: process.argv[1] });
  console.log(server.url);
  setInterval(() => {}, 1_000_000);`;

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
async function start(folder?: string): Promise<EmbeddedServer> {
  const server = await startEmbedded({ random: systemRandom, ...(folder === undefined ? {} : { folder }) });
  onTestFinished(() => server.stop());
  return server;
}
/** Another process that owns the folder. */
async function owner(folder: string): Promise<{ url: string; process: ChildProcess }> {
  const child = spawn(
    process.execPath,
    ['--conditions=jishi-source', '--import', 'tsx', '--input-type=module', '-e', OWNER, folder],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const [chunk] = await once(child.stdout, 'data');
  return { url: String(chunk).trim(), process: child };
}
async function query(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
const postmaster = (folder: string) =>
  Number(readFileSync(join(folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
const write = (url: string) => query(url, "CREATE TABLE kept AS SELECT 'still here' AS text");
const read = (url: string) => query(url, 'SELECT text FROM kept');

describe('a data folder', () => {
  it('keeps its data over a stop; its password is for the owner only', async () => {
    const folder = emptyFolder();
    const first = await startEmbedded({ random: systemRandom, folder });
    expect(first.folder).toBe(join(folder, 'postgres'));
    await write(first.url);
    await first.stop();
    expect(statSync(join(folder, 'postgres-password')).mode & 0o777).toBe(0o600);
    expect(await read((await start(folder)).url)).toEqual([{ text: 'still here' }]);
  });

  it('keeps its data over kill -9 of its owner, and the database does not stay behind', async () => {
    const folder = emptyFolder();
    const victim = await owner(folder);
    await write(victim.url);
    const database = postmaster(folder);
    victim.process.kill('SIGKILL');
    await vi.waitFor(() => expect(isAlive(database)).toBe(false), 20_000);
    expect(await read((await start(folder)).url)).toEqual([{ text: 'still here' }]);
  });

  it('has one owner: a second is refused in one sentence, and harms nothing', async () => {
    const folder = emptyFolder();
    const { url } = await owner(folder);
    await write(url);
    const second = startEmbedded({ random: systemRandom, folder });
    await expect(second).rejects.toThrow(DatabaseUnusable);
    await expect(second).rejects.toThrow(/in use by another running jishi.*--data/);
    expect(await read(url)).toEqual([{ text: 'still here' }]);
  });

  it('with a database that outlived owner and guard is taken over, cleanly', async () => {
    const folder = emptyFolder();
    const victim = await owner(folder);
    await write(victim.url);
    const database = postmaster(folder);
    const guard = Number(execFileSync('ps', ['-o', 'ppid=', '-p', String(database)], { encoding: 'utf8' }));
    process.kill(guard, 'SIGKILL');
    victim.process.kill('SIGKILL');
    await once(victim.process, 'exit');
    expect(isAlive(database)).toBe(true);
    const next = await start(folder);
    expect(postmaster(folder)).not.toBe(database);
    expect(await read(next.url)).toEqual([{ text: 'still here' }]);
  });

  it('whose making was interrupted is made anew', async () => {
    const folder = emptyFolder();
    mkdirSync(join(folder, 'postgres.new'));
    writeFileSync(join(folder, 'postgres.new', 'PG_VERSION'), 'half');
    const server = await start(folder);
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(existsSync(join(folder, 'postgres.new'))).toBe(false);
  });

  it('that can not be one is refused with what to do', async () => {
    const folder = emptyFolder();
    writeFileSync(join(folder, 'file'), '');
    const refused = startEmbedded({ random: systemRandom, folder: join(folder, 'file', 'data') });
    await expect(refused).rejects.toThrow(DatabaseUnusable);
    await expect(refused).rejects.toThrow(/can not be used .*--data DIR/);
  });
});

describe('without a data folder', () => {
  it('everything is gone after the stop', async () => {
    const server = await startEmbedded({ random: systemRandom });
    expect(server.folder).toBeNull();
    const [row] = await query(server.url, "SELECT current_setting('data_directory') AS folder");
    const folder = typeof row === 'object' && row !== null && 'folder' in row ? String(row.folder) : '';
    expect(existsSync(folder)).toBe(true);
    await server.stop();
    expect(existsSync(folder)).toBe(false);
    expect(existsSync(join(folder, '..'))).toBe(false);
  });

  it('the server listens on this machine only, and asks for the password', async () => {
    const server = await start();
    expect(await query(server.url, "SELECT current_setting('listen_addresses') AS at")).toEqual([{ at: '127.0.0.1' }]);
    const wrong = server.url.replace(/jishi:[^@]+@/, 'jishi:wrong@');
    await expect(query(wrong, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });
});

describe('its socket', () => {
  const folderOf = (url: string) => decodeURIComponent(new URL(url).hostname);

  it('is for the server’s user alone, and is gone after the stop', async () => {
    const server = await startEmbedded({ random: systemRandom });
    const folder = folderOf(server.url);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(await query(server.url, 'SELECT inet_client_addr() AS from_where')).toEqual([{ from_where: null }]);
    await server.stop();
    expect(existsSync(folder)).toBe(false);
  });

  it('is gone after kill -9 of the owner too', async () => {
    const victim = await owner(emptyFolder());
    const folder = folderOf(victim.url);
    expect(existsSync(folder)).toBe(true);
    victim.process.kill('SIGKILL');
    await vi.waitFor(() => expect(existsSync(folder)).toBe(false), 20_000);
  });

  it('is left out when an address is asked for', async () => {
    const server = await startEmbedded({ random: systemRandom, reachedBy: 'address' });
    onTestFinished(() => server.stop());
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect(await query(server.url, "SELECT current_setting('unix_socket_directories') AS at")).toEqual([{ at: '' }]);
  });
});

describe('the programs', () => {
  it('come with npm, or the refusal says what to do', () => {
    expect(findBinaries().version).toMatch(/^18\./);
    expect(() => findBinaries('no-such-package')).toThrow(/JISHI_DATABASE_URL/);
  });
});
