import { formatUtc17, signAuthToken } from '@jishi/protocol';
import { systemClock } from '../system.ts';

/**
 * A call as the marketplace sends it (saas-v1.md 2.1, 3.1), for a seller's own tests. `parameters` are in clear; `timeStamp` is
 * added where it is not given.
 *
 * @example
 * const parameters = { activity: 'queryInstance', instanceId: 'inst-7f3a' };
 * const request = signedRequestV1({ url: 'https://seller.example.com/saasproduce', accessKey, parameters });
 * const response = await server.fetch(request);
 */
export function signedRequestV1(input: {
  readonly url: string;
  readonly accessKey: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly nowMs?: number;
}): Request {
  const timeStamp = formatUtc17(new Date(input.nowMs ?? systemClock()));
  const query = Object.entries({ timeStamp, ...input.parameters })
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&');
  const url = new URL(input.url);
  url.search = signAuthToken(query, input.accessKey).url;
  return new Request(url, { headers: { accept: 'application/json' } });
}

/** RFC 3986: everything but letters, digits and `-._~`. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (unit) => `%${unit.charCodeAt(0).toString(16).toUpperCase()}`);
