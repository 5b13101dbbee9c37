/** The five kit interfaces behind one address, V2.0 and V1.0 told apart by their paths (saas-v2.md 7, saas-v1.md 6). */
import {
  type Diagnosis,
  decryptClientSecret,
  diagnose,
  parseKitRequest,
  type ReceivedKitRequest,
  readPrivateKey,
  verifyKit,
  verifyKitTokenV1,
} from '@jishi/protocol';
import { type Answer, refused, success, toResponse } from '../answer.ts';
import { decodeUtf8, readLimited } from '../body.ts';
import { type SellerServer, wrongMethod } from '../engine.ts';
import { type KeySource, keyReader } from '../keys.ts';
import { MAX_BODY_BYTES, WINDOW_MS } from '../limits.ts';
import type { CommonOptions } from '../options.ts';
import { mostTelling, type Reception, turnedAway } from '../reception.ts';
import { isRefusal, refuse } from '../refuse.ts';
import { reporter } from '../report.ts';
import type { SellerStore } from '../store.ts';
import { systemClock } from '../system.ts';
import { serveKit } from './dispatch.ts';
import type { KitHandlers } from './handlers.ts';

export interface KitServerOptions extends Pick<CommonOptions, 'clock' | 'mode' | 'language' | 'onEvent'> {
  /** The key that is bound to the kit interfaces. */
  readonly accessKey: KeySource;
  /** PEM of the RSA key whose public half was uploaded: at least 3072 bits. */
  readonly privateKey: string;
  /** Remembers nonces, so that no call of V2.0 is played again. */
  readonly store: Pick<SellerStore, 'rememberNonce'>;
  readonly handlers: KitHandlers;
}

type Understood = Extract<ReceivedKitRequest, { ok: true }>;
type Received = Understood & { readonly v1: boolean };

/**
 * Creates the server of the kit. Mount it below the production address, at `/produceAPI/*`.
 *
 * @throws TypeError when the private key can not be read, or the access key is missing
 * @example
 * const kit = createKitServer({ accessKey, privateKey, store: memoryStore(), handlers: {
 *   tenant: async ({ action, tenantId, name }) => { action === 'delete' ? tenants.delete(tenantId) : tenants.set(tenantId, name); },
 *   application: async () => {},
 *   users: async ({ users }) => { for (const each of users) table.set(each.userName, each); },
 *   department: async () => {},
 *   departments: async () => {},
 * } });
 * const response = await kit.fetch(request); // {"resultCode":"000000","resultMsg":"success."}
 */
export function createKitServer(options: KitServerOptions): SellerServer {
  const key = readPrivateKey(options.privateKey);
  if (!key.ok) throw new TypeError(`privateKey: ${key.diagnosis[0]?.summary.en ?? 'it can not be read'}`);
  const readKeys = keyReader(options.accessKey);
  const { clock = systemClock, mode = 'production', language = 'en', handlers, store } = options;
  const report = reporter(options.onEvent);
  const decrypt = (value: string) => decryptClientSecret(value, key.key);
  const tell = (diagnosis: readonly Diagnosis[]) =>
    mode === 'development' ? diagnosis[0]?.summary[language] : undefined;

  async function answer(request: Request): Promise<Response> {
    const keys = await readKeys();
    const v1 = !new URL(request.url).pathname.includes('/v2/');
    const startedMs = clock();
    const received = await receive(request, { keys, nowMs: startedMs, explain: mode === 'development', v1, store });
    const signedWith = received.ok ? received.accessKey : (received.accessKey ?? keys[0]);
    const bodySignKey = v1 ? signedWith : undefined;
    if (!received.ok) {
      const { resultCode, diagnosis } = received;
      report({ kind: 'rejected', resultCode, diagnosis });
      return toResponse(refused(refuse(resultCode, tell(diagnosis))), { bodySignKey });
    }
    const { request: call } = received;
    const done = await served(call);
    report({
      kind: 'answered',
      activity: call.interface,
      ...{ resultCode: done.resultCode, resultMsg: done.resultMsg, durationMs: clock() - startedMs },
      ...{ test: call.request.testFlag === 1, instanceId: call.request.instanceId },
    });
    return toResponse(done, { bodySignKey });
  }

  async function served(call: Received): Promise<Answer> {
    try {
      const result = await serveKit(call, handlers, decrypt);
      return isRefusal(result) ? refused(result) : success();
    } catch (error) {
      report({ kind: 'failed', activity: call.interface, error });
      return refused(refuse('000005'));
    }
  }

  return {
    fetch: async (request) =>
      request.method === 'POST'
        ? answer(request).catch((error: unknown) => {
            report({ kind: 'failed', activity: null, error });
            return toResponse(refused(refuse('000005')));
          })
        : wrongMethod('POST'),
  };
}

interface Tools {
  readonly keys: readonly string[];
  readonly nowMs: number;
  readonly explain: boolean;
  readonly v1: boolean;
  readonly store: Pick<SellerStore, 'rememberNonce'>;
}

async function receive(request: Request, { keys, nowMs, explain, v1, store }: Tools): Promise<Reception<Received>> {
  const read = await readLimited(request.body, MAX_BODY_BYTES);
  if (read.truncated)
    return turnedAway(keys, '000002', [diagnose('http.too-large', { seen: `more than ${MAX_BODY_BYTES} bytes` })]);
  const body = decodeUtf8(read.bytes);
  if (body === null) return turnedAway(keys, '000002', [diagnose('http.charset')]);
  const header = (name: string) => request.headers.get(name) ?? undefined;
  const [signature, timestamp, nonce] = [header('x-sign'), header('x-timestamp'), header('x-nonce')];
  const verdicts = keys.map((accessKey) => ({
    accessKey,
    verdict: v1
      ? verifyKitTokenV1({ key: accessKey, body, authToken: header('authToken'), explain })
      : verifyKit({ accessKey, body, signature, timestamp, nonce, nowMs, windowMs: WINDOW_MS, explain }),
  }));
  const fitting = verdicts.find(({ verdict }) => verdict.ok);
  if (!fitting) {
    const refusals = verdicts.flatMap(({ verdict }) => (verdict.ok ? [] : [verdict]));
    const told = mostTelling(refusals);
    return turnedAway(keys, told?.resultCode ?? '000001', told?.diagnosis ?? []);
  }
  const { accessKey } = fitting;
  if (!v1 && !(await store.rememberNonce(nonce ?? '', { nowMs, untilMs: Number(timestamp) + WINDOW_MS })))
    return turnedAway(keys, '000001', [diagnose('request.nonce-replayed', { seen: `nonce ${nonce}` })], accessKey);
  const parsed = parseKitRequest(new URL(request.url).pathname, body);
  return parsed.ok
    ? { ok: true, request: { ...parsed, v1 }, accessKey }
    : turnedAway(keys, parsed.resultCode, parsed.diagnosis, accessKey);
}
