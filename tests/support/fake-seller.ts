/** A seller's server without SDK: plain node:http, answers what the test tells it to, and remembers what it was asked. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedCall {
  readonly activity: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
}
/** Returns the JSON to answer, or handles the response itself and returns null. */
export type Behaviour = (call: ReceivedCall, response: ServerResponse) => object | null | Promise<object | null>;

export interface FakeSeller {
  readonly url: string;
  readonly received: ReceivedCall[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export const ready = (instanceId: string, more: object = {}) => ({
  resultCode: '000000',
  resultMsg: 'success.',
  info: [
    {
      instanceId,
      appInfo: {
        frontEndUrl: `https://app.example.com/t/${instanceId}`,
        userName: 'admin',
        password: 'Init-Pass-1',
        ...more,
      },
    },
  ],
});

/** Creates at once: instance id = `inst-` + order line. */
export const prompt: Behaviour = ({ activity, body }) => {
  if (activity === 'newInstance')
    return { resultCode: '000000', resultMsg: 'success.', instanceId: `inst-${body.orderLineId}` };
  if (activity === 'queryInstance') return ready(String(body.instanceId));
  return { resultCode: '000002', resultMsg: 'unknown activity' };
};

export async function startFakeSeller(behaviour: Behaviour = prompt): Promise<FakeSeller> {
  const received: ReceivedCall[] = [];
  let current = behaviour;
  const server: Server = createServer((request, response) => void answer(request, response));
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const body: Record<string, unknown> = JSON.parse(Buffer.concat(parts).toString() || '{}');
    const call: ReceivedCall = {
      activity: String(body.activity),
      body,
      url: new URL(request.url ?? '/', 'http://seller'),
      headers: request.headers,
    };
    received.push(call);
    const json = await current(call, response);
    if (json !== null)
      response.writeHead(200, { 'content-type': 'application/json;charset=utf-8' }).end(JSON.stringify(json));
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = isAddress(address) ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/saasproduce`,
    received,
    behave(next) {
      current = next;
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

const isAddress = (address: AddressInfo | string | null): address is AddressInfo =>
  typeof address === 'object' && address !== null;
