/** From raw HTTP to a verified, well-formed request, or to the refusal that it deserves (saas-v2.md 3.1, 8). */
import { type BaseRequest, type Diagnosis, diagnose, parseRequest } from '@jishi/protocol';
import { decodeUtf8, readLimited } from './body.ts';
import { redact } from './keys.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import type { SellerStore } from './store.ts';
import { verifyRequest } from './verify.ts';

export type Reception =
  /** `accessKey` is the one of `keys` that the request was signed with. */
  | { readonly ok: true; readonly request: BaseRequest; readonly accessKey: string }
  | {
      readonly ok: false;
      readonly resultCode: '000001' | '000002';
      /** Without keys: an explained signature quotes the string that was signed, which begins with the key. */
      readonly diagnosis: readonly Diagnosis[];
      /** Known when only the body was wrong. */
      readonly accessKey?: string;
    };

export interface ReceptionTools {
  readonly keys: readonly string[];
  readonly store: SellerStore;
  readonly nowMs: number;
  /** Recompute a wrong signature with known mistakes: for developers, it costs milliseconds that strangers could ask for. */
  readonly explain: boolean;
}

export async function receive(request: Request, { keys, store, nowMs, explain }: ReceptionTools): Promise<Reception> {
  const turnAway = (
    resultCode: '000001' | '000002',
    diagnosis: readonly Diagnosis[],
    accessKey?: string,
  ): Reception => ({
    ok: false,
    resultCode,
    diagnosis: diagnosis.map((one) => withoutKeys(one, keys)),
    ...(accessKey ? { accessKey } : {}),
  });
  const read = await readLimited(request.body, MAX_BODY_BYTES);
  if (read.truncated)
    return turnAway('000002', [diagnose('http.too-large', { seen: `more than ${MAX_BODY_BYTES} bytes` })]);
  const body = decodeUtf8(read.bytes);
  if (body === null) return turnAway('000002', [diagnose('http.charset')]);
  const verified = await verifyRequest({ url: new URL(request.url), body }, keys, store, { nowMs, explain });
  if (!verified.ok) return turnAway(verified.resultCode, verified.diagnosis);
  const { accessKey } = verified;
  const parsed = parseRequest(body);
  return parsed.ok ? { ok: true, request: parsed.request, accessKey } : turnAway('000002', parsed.diagnosis, accessKey);
}

function withoutKeys(diagnosis: Diagnosis, keys: readonly string[]): Diagnosis {
  const hide = (text: string) => redact(text, keys);
  const words = ({ zh, en }: { zh: string; en: string }) => ({ zh: hide(zh), en: hide(en) });
  return {
    ...diagnosis,
    summary: words(diagnosis.summary),
    expected: hide(diagnosis.expected),
    seen: hide(diagnosis.seen),
    fix: words(diagnosis.fix),
  };
}
