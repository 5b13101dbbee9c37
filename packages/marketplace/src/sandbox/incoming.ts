/** A call of the seller to the Open API, as an exchange: whole, with the signature as we compute it. Pure. */
import { type Diagnosis, parseAuthorization, signAkSk } from '@jishi/protocol';
import { storable } from '../fulfilment/index.ts';
import type { NewExchange } from './exchange-store.ts';
import type { SignatureStep } from './schemas.ts';
import { textMember } from './wire.ts';

export interface ReceivedCall {
  readonly at: Date;
  readonly wireAt: Date;
  readonly method: string;
  /** absolute, path and query as they came */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly durationMs: number;
  readonly answer: {
    readonly status: number;
    readonly headers: readonly { readonly name: string; readonly value: string }[];
    readonly body: string;
  };
  /** of the access key that it names; null = unknown */
  readonly sk: string | null;
  readonly diagnosis: readonly Diagnosis[];
}

const OPERATIONS: Readonly<Record<string, string>> = {
  '/v1/order/query': 'queryOrder',
  '/v1/license/activate': 'activateLicense',
  '/v2/license/activate': 'activateLicense',
  '/v1/license/heartbeat': 'queryLicense',
  '/v2/license/heartbeat': 'queryLicense',
};

/** @param prefix of the Open API, which says nothing about the operation */
export function exchangeOf(call: ReceivedCall, prefix: string): NewExchange {
  const path = new URL(call.url).pathname.replace(prefix, '');
  const body = new TextDecoder().decode(call.body);
  return {
    direction: 'from-seller',
    at: call.at.toISOString(),
    wireAt: call.wireAt.toISOString(),
    activity: storable(OPERATIONS[path] ?? path),
    protocol: 'open-api',
    method: call.method,
    url: call.url,
    status: call.answer.status,
    resultCode: textMember(call.answer.body, 'resultCode') ?? textMember(call.answer.body, 'error_code'),
    durationMs: call.durationMs,
    callId: null,
    resourceId: null,
    fault: null,
    replayOf: null,
    diagnosis: call.diagnosis.map(({ code }) => code),
    request: {
      headers: Object.entries(call.headers).map(([name, value]) => ({ name, value: storable(value) })),
      body: storable(body),
    },
    signature: call.sk === null ? [] : stepsOf(call, call.sk),
    response: { headers: [...call.answer.headers], body: storable(call.answer.body), truncated: false },
    transportFault: null,
    diagnosisDetails: [...call.diagnosis],
  };
}

const labels = {
  canonicalRequest: { zh: '规范请求', en: 'Canonical request' },
  stringToSign: { zh: '待签名串', en: 'String to sign' },
  signature: { zh: '签名', en: 'Signature' },
  sent: { zh: '收到的签名', en: 'The signature that came' },
};
const step = (name: keyof typeof labels, value: string): SignatureStep => ({ name, label: labels[name], value });

/** As the marketplace computes it from what came (openapi.md 3.3). */
function stepsOf({ method, url, headers, body }: ReceivedCall, sk: string): SignatureStep[] {
  const authorization = parseAuthorization(headers.authorization);
  if (!authorization.ok) return [];
  const { ak, signedHeaders, signature } = authorization;
  const signed = Object.fromEntries(signedHeaders.flatMap((name) => (headers[name] ? [[name, headers[name]]] : [])));
  const right = signAkSk({ ak, sk, method, url, headers: signed, body, date: new Date(0) });
  return [
    step('canonicalRequest', right.canonicalRequest),
    step('stringToSign', right.stringToSign),
    step('signature', right.signature),
    ...(signature === right.signature ? [] : [step('sent', signature)]),
  ];
}
