import { canonicalPayload, type JsonInputObject, signBase } from '@jishi/protocol';
import { randomText, systemClock } from './system.ts';

/**
 * A request as the marketplace signs it (saas-v2.md 3.1), for a seller's own tests.
 *
 * @example
 * const body = { activity: 'queryInstance', instanceId: 'inst-7f3a' };
 * const request = signedRequest({ url: 'https://seller.example.com/saasproduce', accessKey, body });
 * const response = await server.fetch(request);
 */
export function signedRequest(input: {
  readonly url: string;
  readonly accessKey: string;
  readonly body: JsonInputObject;
  readonly nowMs?: number;
  readonly nonce?: string;
}): Request {
  const payload = canonicalPayload(input.body);
  const timestamp = String(input.nowMs ?? systemClock());
  const nonce = input.nonce ?? randomText(32);
  const { signature } = signBase({ accessKey: input.accessKey, payload, timestamp, nonce });
  const url = new URL(input.url);
  url.search = new URLSearchParams({ signature, timestamp, nonce }).toString();
  const headers = { accept: 'application/json', 'content-type': 'application/json;charset=utf8' };
  return new Request(url, { method: 'POST', headers, body: payload });
}
