/**
 * The HTTP client for calls to sellers. It can not be turned against the inside network: in production a private
 * address is refused both as a literal and as what a name resolves to, on the very connection that is opened;
 * redirects are never followed; an answer is read up to a limit.
 */
import type { LookupAddress } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { Agent, buildConnector, request } from 'undici';

export type TransportFault = 'dns' | 'refused' | 'reset' | 'timeout' | 'tls' | 'blocked';

export interface HttpAnswer {
  readonly status: number;
  /** names in lower case */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** names as they stood on the wire: V1.0 wants `Body-Sign` spelt so (saas-v1.md 4) */
  readonly rawHeaders: readonly (readonly [name: string, value: string])[];
  readonly contentType: string | null;
  readonly location: string | null;
  readonly body: Uint8Array;
  /** true = longer than the limit; `body` is its beginning */
  readonly truncated: boolean;
}
export type OutboundResult =
  | { readonly ok: true; readonly answer: HttpAnswer }
  | { readonly ok: false; readonly fault: TransportFault; readonly message: string };

/** The seller call that something is an attempt of. */
export interface CallAbout {
  readonly callId: string;
  readonly resourceId: string | null;
}

export interface Outbound {
  /** @param about for whoever watches; nothing of it is sent */
  post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    about?: CallAbout,
  ): Promise<OutboundResult>;
  /** calls of V1.0 and the proof that an address is its seller's */
  get(url: string, headers: Readonly<Record<string, string>>, about?: CallAbout): Promise<OutboundResult>;
  close(): Promise<void>;
}

export interface OutboundOptions {
  /** sandbox: sellers on this machine are welcome; production: never */
  readonly allowInternal: boolean;
  /** from the first byte sent to the last byte read */
  readonly timeoutMs: number;
  readonly maxBodyBytes?: number;
  readonly connectionsPerOrigin?: number;
}

/** contracts/diagnosis.md `http.too-large`: 1 MiB */
export const MOST_BODY_BYTES = 1_048_576;

export function createOutbound(options: OutboundOptions): Outbound {
  const maxBytes = options.maxBodyBytes ?? MOST_BODY_BYTES;
  const connect = buildConnector({
    timeout: Math.min(options.timeoutMs, 10_000),
    minVersion: 'TLSv1.2',
    ...(options.allowInternal ? {} : { lookup: guardedLookup }),
  });
  const agent = new Agent({
    connections: options.connectionsPerOrigin ?? 64,
    keepAliveTimeout: 30_000,
    headersTimeout: options.timeoutMs,
    bodyTimeout: options.timeoutMs,
    connect: (target, callback) => {
      const literal = target.hostname.replace(/^\[|\]$/g, '');
      if (!options.allowInternal && isIP(literal) !== 0 && isInternal(literal))
        return callback(new Blocked(literal), null);
      return connect(target, callback);
    },
  });
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string | null,
  ): Promise<OutboundResult> => {
    const limit = AbortSignal.timeout(options.timeoutMs);
    try {
      const how = { dispatcher: agent, method, headers, body, signal: limit, responseHeaders: 'raw' as const };
      const response = await request(url, how);
      const { bytes, truncated } = await readUpTo(response.body, maxBytes);
      const rawHeaders = pairsOf(response.headers);
      const list = rawHeaders.map(([name, value]) => ({ name: name.toLowerCase(), value }));
      const first = (name: string) => list.find((header) => header.name === name)?.value ?? null;
      return {
        ok: true,
        answer: {
          status: response.statusCode,
          headers: list,
          rawHeaders,
          contentType: first('content-type'),
          location: first('location'),
          body: bytes,
          truncated,
        },
      };
    } catch (error) {
      return { ok: false, ...faultOf(error, limit.aborted) };
    }
  };
  return {
    post: (url, headers, body) => send('POST', url, headers, body),
    get: (url, headers) => send('GET', url, headers, null),
    close: () => agent.close(),
  };
}

/** Raw headers come as name, value, name, value …, whatever the types say. */
function pairsOf(headers: unknown): (readonly [string, string])[] {
  const flat = Array.isArray(headers) ? headers.map(String) : [];
  return flat.flatMap((name, place) => (place % 2 === 0 ? [[name, flat[place + 1] ?? ''] as const] : []));
}

async function readUpTo(
  body: AsyncIterable<Uint8Array> & { destroy(): unknown },
  maxBytes: number,
): Promise<{ bytes: Uint8Array; truncated: boolean }> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    if (length + part.length > maxBytes) {
      parts.push(part.subarray(0, maxBytes - length));
      body.destroy();
      return { bytes: Buffer.concat(parts), truncated: true };
    }
    parts.push(part);
    length += part.length;
  }
  return { bytes: Buffer.concat(parts), truncated: false };
}

// --- guard --------------------------------------------------------------------------------------------------

class Blocked extends Error {
  override name = 'Blocked';
  constructor(address: string) {
    super(`${address} is an internal address`);
  }
}

// IPv4: what is not for the public internet, and Azure's host address, which looks public and is not.
const internal4 = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  internal4.addSubnet(network, prefix, 'ipv4');
}
// IPv6: only 2000::/3 is the public internet, and of it not what carries IPv4 inside or is for documentation.
const public6 = new BlockList();
public6.addSubnet('2000::', 3, 'ipv6');
const notPublic6 = new BlockList();
for (const [network, prefix] of [
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  notPublic6.addSubnet(network, prefix, 'ipv6');
}

/** Loopback, private, link-local, documentation, multicast …, and every way to write IPv4 inside IPv6: no name needs one. */
export function isInternal(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return internal4.check(address, 'ipv4');
  if (family !== 6) return true;
  return !public6.check(address, 'ipv6') || notPublic6.check(address, 'ipv6');
}

// c-ares asks the name servers itself: getaddrinfo would hold one of libuv's four threads for as long as one seller's
// name server is silent, and with it every other seller's call. The hosts file is not read; a seller's name is public.
const resolver = new Resolver({ timeout: 2_000, tries: 2 });
/** TXT records of a name, each in one piece; none when there is no such name or record. */
export async function resolveTxt(name: string): Promise<string[]> {
  try {
    return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
  } catch {
    return [];
  }
}

const RESOLVED_FOR_MS = 30_000;
const resolved = new Map<string, { readonly at: number; readonly addresses: Promise<LookupAddress[]> }>();

function addressesOf(hostname: string): Promise<LookupAddress[]> {
  const at = performance.now();
  const known = resolved.get(hostname);
  if (known && at - known.at < RESOLVED_FOR_MS) return known.addresses;
  if (resolved.size > 10_000) resolved.clear();
  const addresses = resolveBoth(hostname);
  resolved.set(hostname, { at, addresses });
  addresses.catch(() => resolved.delete(hostname));
  return addresses;
}

async function resolveBoth(hostname: string): Promise<LookupAddress[]> {
  if (/(^|\.)localhost\.?$/i.test(hostname)) throw new Blocked(hostname);
  const [four, six] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
  const found = [
    ...(four.status === 'fulfilled' ? four.value : []).map((address) => ({ address, family: 4 })),
    ...(six.status === 'fulfilled' ? six.value : []).map((address) => ({ address, family: 6 })),
  ];
  if (found.length === 0) throw four.status === 'rejected' ? four.reason : new Error(`${hostname} has no address`);
  return found;
}

/** Resolves, and refuses when any of the addresses is internal: the connection is made to exactly these. */
const guardedLookup: LookupFunction = (hostname, options, callback) => {
  addressesOf(hostname).then(
    (addresses) => {
      const bad = addresses.find(({ address }) => isInternal(address));
      const wanted = addresses.filter(({ family }) => !options.family || options.family === family);
      const [first] = wanted;
      if (bad || !first) callback(new Blocked(bad?.address ?? hostname), '', 0);
      else if (options.all) callback(null, wanted);
      else callback(null, first.address, first.family);
    },
    (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), '', 0),
  );
};

function faultOf(error: unknown, timedOut: boolean): { fault: TransportFault; message: string } {
  const cause = innermost(error);
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const { message } = cause;
  if (timedOut || /TIMEOUT|ETIMEDOUT/.test(code)) return { fault: 'timeout', message };
  if (cause instanceof Blocked) return { fault: 'blocked', message };
  if (/ENOTFOUND|EAI_|ENODATA/.test(code)) return { fault: 'dns', message };
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL/.test(code)) return { fault: 'refused', message };
  if (/CERT|TLS|SSL|UNABLE_TO_|SELF_SIGNED|ALTNAME|EPROTO/.test(code)) return { fault: 'tls', message };
  return { fault: 'reset', message };
}

function innermost(error: unknown): Error {
  if (error instanceof AggregateError && error.errors[0] instanceof Error) return error.errors[0];
  if (error instanceof Error && error.cause instanceof Error) return innermost(error.cause);
  return error instanceof Error ? error : new Error(String(error));
}
