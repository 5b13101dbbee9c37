/** From raw HTTP to a verified, well-formed request of V2.0 (saas-v2.md 3.1, 8). */
import { type BaseRequest, type Diagnosis, diagnose, parseRequest } from '@jishi/protocol';
import { decodeUtf8, readLimited } from './body.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import { type Reception, type ReceptionTools, turnedAway } from './reception.ts';
import type { SellerStore } from './store.ts';
import { verifyRequest } from './verify.ts';

export async function receive(
  request: Request,
  { keys, store, nowMs, explain }: ReceptionTools & { readonly store: SellerStore },
): Promise<Reception<BaseRequest>> {
  const malformed = (diagnosis: readonly Diagnosis[], key?: string) => turnedAway(keys, '000002', diagnosis, key);
  const read = await readLimited(request.body, MAX_BODY_BYTES);
  if (read.truncated) return malformed([diagnose('http.too-large', { seen: `more than ${MAX_BODY_BYTES} bytes` })]);
  const body = decodeUtf8(read.bytes);
  if (body === null) return malformed([diagnose('http.charset')]);
  const verified = await verifyRequest({ url: new URL(request.url), body }, keys, store, { nowMs, explain });
  if (!verified.ok) return turnedAway(keys, verified.resultCode, verified.diagnosis);
  const { accessKey } = verified;
  const parsed = parseRequest(body);
  return parsed.ok ? { ok: true, request: parsed.request, accessKey } : malformed(parsed.diagnosis, accessKey);
}
