/**
 * The seller: a process of its own, plain node:http, that answers at once. One port a seller, so that each is an origin
 * of its own; a seller can be told to hang (it never answers). Arrivals are kept when asked for.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { onTold, tellParent } from './process.ts';

/** what the parent may say */
const order = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hang'), seller: z.number(), hang: z.boolean() }),
  z.object({ kind: z.literal('arrivals') }),
]);
const request = z.object({
  activity: z.string(),
  orderLineId: z.string().optional(),
  instanceId: z.string().optional(),
});

const [countText = '1', keepText] = process.argv.slice(2);
const hanging = new Set<number>();
const arrivals: { line: string; activity: string; atMs: number }[] = [];
const ports: number[] = [];

for (let seller = 0; seller < Number(countText); seller += 1) {
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => serve(seller, incoming, response));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  ports.push(address !== null && typeof address === 'object' ? address.port : 0);
}
onTold((message) => {
  const told = order.parse(message);
  if (told.kind === 'arrivals') tellParent({ kind: 'arrivals', arrivals });
  else if (told.hang) hanging.add(told.seller);
  else hanging.delete(told.seller);
});
tellParent({ kind: 'ports', ports });

function serve(seller: number, incoming: IncomingMessage, response: ServerResponse): void {
  const parts: Buffer[] = [];
  incoming.on('data', (part: Buffer) => parts.push(part));
  incoming.on('end', () => {
    const call = request.parse(JSON.parse(Buffer.concat(parts).toString()));
    if (keepText === 'keep')
      arrivals.push({ line: call.orderLineId ?? call.instanceId ?? '', activity: call.activity, atMs: Date.now() });
    if (hanging.has(seller)) return;
    const body = JSON.stringify(call.orderLineId ? accepted(call.orderLineId) : delivered(call.instanceId ?? ''));
    response
      .writeHead(200, { 'content-type': 'application/json;charset=utf-8', 'content-length': Buffer.byteLength(body) })
      .end(body);
  });
}

function accepted(orderLineId: string): object {
  return { resultCode: '000000', resultMsg: 'success.', instanceId: `i-${orderLineId}` };
}

function delivered(instanceId: string): object {
  const appInfo = { frontEndUrl: `https://app.example.com/${instanceId}`, userName: 'admin', password: 'Init-Pass-1' };
  return { resultCode: '000000', resultMsg: 'success.', info: [{ instanceId, appInfo }] };
}
