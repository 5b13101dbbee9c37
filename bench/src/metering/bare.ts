/**
 * The least that a server of this interface does, in a process of its own: both signatures, `JSON.parse`, and a COPY of the call into
 * the table of {@link copyRaw}, committed before it answers. It judges nothing, knows no meters and rates nothing: what lies between it and
 * the marketplace is what the rules cost, what lies between it and the COPY is what HTTP costs here. `node bare.ts DATABASE_URL SELLER`.
 */
import { createServer, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { usageCodeText, verifyAkSk, verifyUsagePush } from '@jishi/protocol';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { z } from 'zod';
import { onTold, tellParent } from '../process.ts';
import { createRawTable, rawLines } from './copy.ts';
import { meteredSellerShape } from './seller.ts';

const TABLE = 'bare_usage';
/** twice as many make no difference */
const CONNECTIONS = 4;

const [url = '', given = ''] = process.argv.slice(2);
const seller = meteredSellerShape.parse(JSON.parse(given));
const pool = new pg.Pool({ connectionString: url, max: CONNECTIONS });
await createRawTable(pool, TABLE);
const taken = JSON.stringify({ error_code: 'MKT.0000', error_msg: usageCodeText('MKT.0000').text });
const server = createServer((request, response) => {
  take(request).then(
    () => response.end(taken),
    (error: unknown) => response.writeHead(500).end(String(error)),
  );
});
server.listen(0, '127.0.0.1', () => tellParent({ port: z.object({ port: z.number() }).parse(server.address()).port }));
onTold(() => {});

/** @throws when a signature is wrong, or something is there already */
async function take(request: IncomingMessage): Promise<void> {
  const body = await buffer(request);
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const now = new Date();
  const caller = verifyAkSk({
    method: 'POST',
    rawPath: request.url ?? '',
    headers,
    body,
    sk: seller.sk,
    nowMs: now.getTime(),
    explain: false,
  });
  const usage = verifyUsagePush({ accessKeys: [seller.accessKey], headers, body, nowMs: now.getTime() });
  if (!caller.ok || !usage.ok) throw new Error('a signature is wrong');
  const client = await pool.connect();
  try {
    await pipeline(Readable.from([rawLines(body.toString())]), client.query(from(`COPY ${TABLE} FROM STDIN`)));
  } finally {
    client.release();
  }
}
