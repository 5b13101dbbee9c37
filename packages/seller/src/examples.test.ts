/** The examples in the documentation of the public functions, taken out of their comments and run. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { mockOrder } from '@jishi/protocol';
import { expect, it } from 'vitest';
import {
  bothProtocols,
  createOpenApiClient,
  createSellerServer,
  createSellerServerV1,
  memoryStore,
  refuse,
  signedRequest,
  signedRequestV1,
  toNodeHandler,
} from './index.ts';
import { call, KEY, NOW, PRODUCTION_URL, seller } from './testing.ts';
import { KEY as KEY_V1, sellerV1 } from './v1/testing.ts';

/** The code of the only `@example` in a file. */
function example(file: string): string {
  const source = readFileSync(new URL(file, import.meta.url), 'utf8');
  const comment = /@example\n([\s\S]*?)\n? \*\//.exec(source)?.[1] ?? '';
  const code = comment.replace(/^ \* ?/gm, '');
  expect(code, `${file} has an example`).not.toBe('');
  return code;
}

/** Runs code with the given names in scope and gives back what `result` evaluates to at its end. */
async function run(code: string, scope: Record<string, unknown>, result: string): Promise<unknown> {
  const body = `return (async () => { ${code}\n; return ${result}; })();`;
  const outcome: unknown = Reflect.apply(new Function(...Object.keys(scope), body), undefined, Object.values(scope));
  return outcome;
}

it('createSellerServer', async () => {
  const request = signedRequest({
    url: PRODUCTION_URL,
    accessKey: KEY,
    body: { activity: 'newInstance', orderId: 'o', orderLineId: 'l', businessId: 'biz-1' },
  });
  const response = await run(example('./server.ts'), { createSellerServer, memoryStore, request }, 'response.json()');
  expect(response).toEqual({ resultCode: '000000', resultMsg: 'success.', instanceId: 'biz-1' });
});

it('createSellerServerV1', async () => {
  const parameters = { activity: 'newInstance', businessId: 'biz-1', customerId: 'c', orderId: 'o', productId: 'p' };
  const request = signedRequestV1({ url: PRODUCTION_URL, accessKey: KEY_V1, parameters });
  const scope = { createSellerServerV1, memoryStore, request };
  const response = await run(example('./v1/server.ts'), scope, 'response.json()');
  expect(response).toMatchObject({ resultCode: '000000', encryptType: '1', instanceId: 'biz-1' });
});

it('bothProtocols', async () => {
  const scope = {
    bothProtocols,
    createSellerServerV1: () => sellerV1().server,
    createSellerServer: () => seller().server,
  };
  const parameters = { activity: 'queryInstance', instanceId: 'none' };
  const request = signedRequestV1({ url: PRODUCTION_URL, accessKey: KEY_V1, parameters });
  const code = example('./v1/both-protocols.ts');
  const response = await run(code, { ...scope, request, old: {}, current: {} }, '(await server.fetch(request)).json()');
  expect(response).toMatchObject({ resultCode: '000003' });
});

it('signedRequestV1', async () => {
  const { server, instances } = sellerV1();
  instances.set('inst-7f3a', 'active');
  const scope = { signedRequestV1, server, accessKey: KEY_V1 };
  const response = await run(example('./v1/signed-request.ts'), scope, 'response.json()');
  expect(response).toMatchObject({ resultCode: '000000' });
});

it('createOpenApiClient', async () => {
  const lines: unknown[] = [];
  const orderInfo = mockOrder('MOCKPERIODYEARNEW');
  const fetch = async () => Response.json({ resultCode: 'MKT.0000', resultMsg: 'Success', orderInfo });
  const scope = {
    createOpenApiClient: (options: Parameters<typeof createOpenApiClient>[0]) =>
      createOpenApiClient({ ...options, fetch }),
    console: { log: (...words: unknown[]) => lines.push(...words) },
  };
  await run(example('./open-api/client.ts'), scope, 'undefined');
  expect(lines).toEqual(['PERIOD']);
});

it('memoryStore', async () => {
  const code = example('./memory-store.ts').replace(/^await (.*); \/\/ (\{.*)$/gm, 'compare(await $1, $2);');
  const compared: boolean[] = [];
  const compare = (seen: unknown, told: unknown) => {
    expect(seen).toEqual(told);
    compared.push(true);
  };
  await run(code, { memoryStore, compare }, 'undefined');
  expect(compared).toHaveLength(3);
});

it('refuse', async () => {
  const [code = '', told = ''] = example('./refuse.ts').split(' // ');
  expect(await run('', { refuse }, code.replace(/;$/, ''))).toEqual(await run('', {}, `(${told})`));
});

it('signedRequest', async () => {
  const { server, instances } = seller({ clock: () => Date.now() });
  instances.set('inst-7f3a', 'active');
  const scope = { signedRequest, server, accessKey: KEY };
  expect(await run(example('./signed-request.ts'), scope, 'response.json()')).toMatchObject({ resultCode: '000000' });
});

it('toNodeHandler', async () => {
  const { server } = seller();
  expect(await call(server, { activity: 'queryInstance', instanceId: 'none' })).toMatchObject({ resultCode: '000003' });
  const listening = await new Promise<ReturnType<typeof createServer>>((resolve) => {
    const scope = {
      createServer: (handler: Parameters<typeof createServer>[1]) => {
        const created = createServer(handler ?? (() => {}));
        created.on('listening', () => resolve(created));
        // The example's port may be taken on the machine that runs this test.
        return { listen: () => created.listen(0, '127.0.0.1') };
      },
      toNodeHandler,
      server,
    };
    void run(example('./node.ts'), scope, 'undefined');
  });
  const address = listening.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/`;
  const body = { activity: 'queryInstance', instanceId: 'none' };
  const response = await fetch(signedRequest({ url, accessKey: KEY, body, nowMs: NOW }));
  expect(await response.json()).toMatchObject({ resultCode: '000003' });
  listening.closeAllConnections();
  listening.close();
});
