/** A product that takes in users: a process of its own, plain node:http, that answers every kit call at once. */
import { createServer } from 'node:http';
import { onTold, tellParent } from '../process.ts';

const body = JSON.stringify({ resultCode: '000000', resultMsg: 'success.' });
const headers = { 'content-type': 'application/json;charset=utf-8', 'content-length': Buffer.byteLength(body) };
let users = 0;

const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
  const parts: Buffer[] = [];
  incoming.on('data', (part: Buffer) => parts.push(part));
  incoming.on('end', () => {
    const told: { userList?: unknown } = JSON.parse(Buffer.concat(parts).toString());
    if (Array.isArray(told.userList)) users += told.userList.length;
    response.writeHead(200, headers).end(body);
  });
});
await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
const address = server.address();
onTold(() => tellParent({ users }));
tellParent({ port: address !== null && typeof address === 'object' ? address.port : 0 });
