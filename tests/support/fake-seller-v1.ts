/** A V1.0 seller: a real HTTP server that records what it is asked, answers as it is told, and signs its answers (saas-v1.md). */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodySign, encryptAccountData, receiveRequestV1 } from '@jishi/protocol';

export interface ReceivedCallV1 {
  readonly activity: string;
  /** decoded once */
  readonly parameters: Readonly<Record<string, string>>;
  readonly tokenFits: boolean;
}
export type BehaviourV1 = (call: ReceivedCallV1) => object;
export interface FakeSellerV1 {
  readonly url: string;
  readonly received: ReceivedCallV1[];
  behave(behaviour: BehaviourV1): void;
  /** the header of the next answers, given the right one; null = none */
  sign(header: (right: string) => [name: string, value: string] | null): void;
  close(): Promise<void>;
}

export const DONE = { resultCode: '000000', resultMsg: 'success.' };
const IV = 'A1b2C3d4E5f6G7h8';

/** Creates at once: instance id = `v1-` + order; the same for each repeat. */
export const promptV1 =
  (key: string): BehaviourV1 =>
  ({ activity, parameters }) => {
    const appInfo = {
      frontEndUrl: 'https://v1.example.com/t',
      userName: encryptAccountData('admin@v1.example', key, '1', IV),
      password: encryptAccountData('Init-Pass-1', key, '1', IV),
    };
    if (activity === 'newInstance')
      return { ...DONE, encryptType: '1', instanceId: `v1-${parameters.orderId}`, appInfo };
    if (activity !== 'queryInstance') return DONE;
    const ids = (parameters.instanceId ?? '').split(',');
    return { ...DONE, encryptType: '1', info: ids.map((instanceId) => ({ instanceId, appInfo })) };
  };

export async function startFakeSellerV1(key: string): Promise<FakeSellerV1> {
  const received: ReceivedCallV1[] = [];
  let behaviour = promptV1(key);
  let header: Parameters<FakeSellerV1['sign']>[0] = (right) => ['Body-Sign', right];
  const server: Server = createServer((request, response) => {
    const query = (request.url ?? '').split('?')[1] ?? '';
    const parameters = Object.fromEntries(new URLSearchParams(query));
    const activity = parameters.activity ?? '';
    const call = { activity, parameters, tokenFits: receiveRequestV1(query, key).ok && request.method === 'GET' };
    received.push(call);
    const body = JSON.stringify(behaviour(call));
    const sign = header(bodySign(body, key).header);
    response.setHeader('Content-Type', 'application/json');
    if (sign) response.setHeader(...sign);
    response.end(body);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${isAddress(address) ? address.port : 0}/saasproduce`,
    received,
    behave(next) {
      behaviour = next;
    },
    sign(next) {
      header = next;
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
