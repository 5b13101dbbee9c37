/** A database with nothing in it, and free ports: what processes are started on. */
import { createServer } from 'node:net';
import { openDatabase, sql } from '../../packages/marketplace/src/platform/database/database.ts';

let count = 0;
export async function emptyDatabase(adminUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `empty_${process.pid}_${++count}`;
  const run = async (statement: string) => {
    const { db, close } = openDatabase(adminUrl, { poolSize: 1 });
    await sql.raw(statement).execute(db);
    await close();
  };
  await run(`CREATE DATABASE ${name}`);
  return { url: adminUrl.replace(/\/postgres$/, `/${name}`), drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) };
}

export function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
