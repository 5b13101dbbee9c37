/** A marketplace for the demo's tests: answers the order query over real HTTP and calls with real signatures. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { signedRequest, signedRequestV1 } from '@jishi/seller';
import { z } from 'zod';
import { type DemoSeller, type DemoSellerOptions, startDemoSeller } from './index.ts';

export const KEY = 'koo-demo-access-key-0001';

const appInfo = z.object({
  frontEndUrl: z.string(),
  adminUrl: z.string().optional(),
  userName: z.string().optional(),
  password: z.string().optional(),
  memo: z.string().optional(),
});
const answer = z.object({
  resultCode: z.string(),
  resultMsg: z.string(),
  instanceId: z.string().optional(),
  appInfo: appInfo.optional(),
  info: z.array(z.object({ instanceId: z.string(), appInfo })).optional(),
});

export interface Market {
  readonly demo: DemoSeller;
  /** What the order query answers: the quantity by order line; absent = 500 MKT.0100. */
  readonly quantities: Map<string, number>;
  call(body: Record<string, string | { linearValue: number }>): Promise<z.infer<typeof answer>>;
  send(body: Record<string, string>, signal?: AbortSignal): Promise<Response>;
  callV1(parameters: Record<string, string>): Promise<z.infer<typeof answer>>;
  sendV1(parameters: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export const lineOf = (orderId: string): string => `${orderId}-000001`;

export async function startMarket(options: Partial<DemoSellerOptions> = {}): Promise<Market> {
  const quantities = new Map<string, number>();
  const { clock = () => Date.now() } = options;
  const openApi = createServer((req, res) => {
    const orderId = new URL(req.url ?? '/', 'http://localhost').searchParams.get('orderId') ?? '';
    const quantity = quantities.get(lineOf(orderId));
    res.writeHead(quantity === undefined ? 500 : 200, { 'content-type': 'application/json' });
    res.end(
      JSON.stringify(
        quantity === undefined ? { resultCode: 'MKT.0100', resultMsg: 'unknown' } : order(orderId, quantity),
      ),
    );
  }).listen(0, '127.0.0.1');
  await once(openApi, 'listening');
  const address = openApi.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const demo = await startDemoSeller({
    port: 0,
    accessKey: KEY,
    openApi: { baseUrl: `http://127.0.0.1:${port}`, ak: 'AKDEMO', sk: 'SKDEMO' },
    control: true,
    ...options,
  });
  const request = (body: Record<string, string | { linearValue: number }>) =>
    signedRequest({ url: demo.productionUrl, accessKey: KEY, body, nowMs: clock() });
  const sendV1 = (parameters: Record<string, string>) =>
    fetch(signedRequestV1({ url: demo.productionUrl, accessKey: KEY, parameters, nowMs: clock() }), {
      redirect: 'manual',
    });
  return {
    demo,
    quantities,
    call: async (body) => answer.parse(await (await fetch(request(body))).json()),
    send: (body, signal) => fetch(request(body), { redirect: 'manual', ...(signal ? { signal } : {}) }),
    sendV1,
    callV1: async (parameters) => answer.parse(await (await sendV1(parameters)).json()),
    async close() {
      await demo.close();
      openApi.closeAllConnections();
      openApi.close();
    },
  };
}

function order(orderId: string, linearValue: number) {
  const productInfo = [
    { productId: 'OFFI100000000000000001', skuCode: 'sku-1', linearValue, productName: 'Acme Workspace,Team' },
  ];
  const line = {
    orderLineId: lineOf(orderId),
    chargingMode: 'PERIOD',
    periodType: 'year',
    periodNumber: 1,
    expireTime: '20270131155959',
    productInfo,
  };
  const orderInfo = {
    orderId,
    orderType: 'NEW',
    createTime: '20260101000000',
    orderLine: [line],
    buyerInfo: { customerName: 'Acme GmbH' },
  };
  return { resultCode: 'MKT.0000', resultMsg: 'Success', orderInfo };
}

/** A browser without scripts: keeps cookies, follows what a form answers. */
export function browser() {
  const cookies = new Map<string, string>();
  async function go(url: string, init: RequestInit = {}): Promise<{ status: number; text: string; headers: Headers }> {
    const headers = new Headers(init.headers);
    headers.set('accept-language', 'en');
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    const location = response.headers.get('location');
    if (response.status === 303 && location) return go(new URL(location, url).href);
    return { status: response.status, text: await response.text(), headers: response.headers };
  }
  return {
    open: (url: string) => go(url),
    submit: (url: string, fields: Record<string, string>) =>
      go(url, { method: 'POST', headers: { origin: new URL(url).origin }, body: new URLSearchParams(fields) }),
  };
}
