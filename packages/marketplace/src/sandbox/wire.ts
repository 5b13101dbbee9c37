/**
 * A call to a seller as it stands on the wire: which protocol and activity it is, how its signature came about, and how
 * to sign it anew or spoil it. Pure. The access key itself never stands in what is shown.
 */
import { formatUtc17, signAuthToken, signBase } from '@jishi/protocol';
import type { FaultKind, SignatureStep } from './schemas.ts';

export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** empty for GET */
  readonly body: string;
}
export interface Described {
  /** null = it is no signed call: a look for the proof that an address is its seller's */
  readonly protocol: 'saas-v1' | 'saas-v2' | null;
  readonly activity: string;
}

export function describe({ method, url, body }: WireRequest): Described {
  const query = new URL(url).searchParams;
  if (method === 'GET') {
    const activity = query.get('activity');
    return activity === null ? { protocol: null, activity: 'proof' } : { protocol: 'saas-v1', activity };
  }
  return { protocol: 'saas-v2', activity: textMember(body, 'activity') ?? '' };
}

/** A member of a JSON object that is a text; null = there is none. */
export function textMember(body: string, name: string): string | null {
  try {
    const parsed: unknown = JSON.parse(body);
    const members = new Map<string, unknown>(typeof parsed === 'object' && parsed ? Object.entries(parsed) : []);
    const value = members.get(name);
    return typeof value === 'string' ? value : null;
  } catch {
    return null;
  }
}

/** `<accessKey>` stands for the key, which is nobody's to see. */
export const KEY_PLACE = '<accessKey>';
const KEYS_WORTH_HIDING = 8; // a shorter one would be found in the middle of words
export const withoutKey = (text: string, key: string | null): string =>
  key === null || key.length < KEYS_WORTH_HIDING ? text : text.replaceAll(key, KEY_PLACE);

const labels = {
  payload: { zh: '规范化请求体（发送的正是这段文本）', en: 'Canonical payload: exactly the text that is sent' },
  bodyMac: { zh: '请求体摘要：以密钥对请求体做 HMAC-SHA256', en: 'Body MAC: HMAC-SHA256 of the payload with the key' },
  canonicalRequest: {
    zh: '待签名串：密钥 + nonce + timestamp + 请求体摘要',
    en: 'Canonical request: key + nonce + timestamp + body MAC',
  },
  signature: { zh: '签名：以密钥对待签名串做 HMAC-SHA256', en: 'Signature: HMAC-SHA256 of the canonical request' },
  stringToSign: {
    zh: '待签名串：除 authToken 外的参数按名称排序，以 & 连接，不编码',
    en: 'String to sign: all parameters but authToken, sorted by name, joined by &, not encoded',
  },
  authToken: {
    zh: 'authToken：以“密钥 + timeStamp”做 HMAC-SHA256，再做 Base64',
    en: 'authToken: HMAC-SHA256 with key + timeStamp, in Base64',
  },
  sent: { zh: '实际发送的签名', en: 'The signature that was sent' },
};
const step = (name: keyof typeof labels, value: string): SignatureStep => ({ name, label: labels[name], value });

/** How the signature comes about; what was sent instead stands last where it differs (saas-v2.md 3.1, saas-v1.md 3.1). */
export function signatureSteps(request: WireRequest, key: string | null): SignatureStep[] {
  if (key === null) return [];
  const { protocol } = describe(request);
  const url = new URL(request.url);
  if (protocol === 'saas-v2') {
    const nonce = url.searchParams.get('nonce') ?? '';
    const timestamp = url.searchParams.get('timestamp') ?? '';
    const signed = signBase({ accessKey: key, payload: request.body, timestamp, nonce });
    return [
      step('payload', signed.payload),
      step('bodyMac', signed.bodyMac),
      step('canonicalRequest', `${KEY_PLACE}${nonce}${timestamp}${signed.bodyMac}`),
      step('signature', signed.signature),
      ...sentInstead(url.searchParams.get('signature'), signed.signature),
    ];
  }
  if (protocol === null) return [];
  const { stringToSign, authToken } = signAuthToken(url.search.slice(1), key);
  return [
    step('stringToSign', stringToSign),
    step('authToken', authToken),
    ...sentInstead(tokenOf(url.search), authToken),
  ];
}

const sentInstead = (sent: string | null, right: string): SignatureStep[] =>
  sent === right ? [] : [step('sent', sent ?? '–')];

/** The key, of several, that a request is signed with; null when none fits. */
export const keyOf = (request: WireRequest, keys: readonly string[]): string | null =>
  keys.find((key) => !signatureSteps(request, key).some(({ name }) => name === 'sent')) ?? null;

export interface Signing {
  readonly key: string;
  readonly at: Date;
  /** V2.0 only */
  readonly nonce: string;
}

/** The same request with another time, nonce and signature. */
export function signAgain(request: WireRequest, { key, at, nonce }: Signing): WireRequest {
  const url = new URL(request.url);
  if (describe(request).protocol === 'saas-v1') {
    const query = url.search.slice(1).replace(/(^|&)timeStamp=[^&]*/, `$1timeStamp=${formatUtc17(at)}`);
    url.search = signAuthToken(query, key).url;
    return { ...request, url: url.href };
  }
  const timestamp = String(at.getTime());
  url.searchParams.set('signature', signBase({ accessKey: key, payload: request.body, timestamp, nonce }).signature);
  url.searchParams.set('timestamp', timestamp);
  url.searchParams.set('nonce', nonce);
  return { ...request, url: url.href };
}

/** Older than any window: 60 s in V2.0 (saas-v2.md 3.2), as sellers choose in V1.0 (saas-v1.md 2.3). */
const OLD_MS = 10 * 60_000;

/** What a fault makes of a request; those that change no request leave it as it is. */
export function spoiled(kind: FaultKind, request: WireRequest, signing: Signing): WireRequest {
  if (kind === 'old-timestamp') return signAgain(request, { ...signing, at: new Date(signing.at.getTime() - OLD_MS) });
  if (kind === 'wrong-signature') return { ...request, url: replaceSignature(request, alter) };
  if (kind === 'missing-signature') return { ...request, url: replaceSignature(request, () => null) };
  return request;
}

/** One character of it is another; length and alphabet stay. */
const alter = (signature: string): string => `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;

function replaceSignature(request: WireRequest, by: (signature: string) => string | null): string {
  const url = new URL(request.url);
  const name = describe(request).protocol === 'saas-v1' ? 'authToken' : 'signature';
  // The rest of the query stays as it was encoded: V1.0 signs it decoded, and nothing else is to differ.
  const parts = url.search.slice(1).split('&');
  const kept = parts.flatMap((part) => {
    if (!part.startsWith(`${name}=`)) return [part];
    const value = by(decodeURIComponent(part.slice(name.length + 1)));
    return value === null ? [] : [`${name}=${encodeURIComponent(value)}`];
  });
  url.search = kept.join('&');
  return url.href;
}

/** As it stands in a query, where a `+` is a plus. */
function tokenOf(search: string): string | null {
  const part = search
    .slice(1)
    .split('&')
    .find((each) => each.startsWith('authToken='));
  return part === undefined ? null : decodeURIComponent(part.slice('authToken='.length));
}
