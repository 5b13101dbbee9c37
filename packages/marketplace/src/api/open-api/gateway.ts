/**
 * The API gateway in front of the Open API: AK/SK signature, 15-minute window, five-failures lock, limits, and the
 * gateway's error bodies (openapi.md 3.6). It verifies from the wire: raw path and query, raw header values, raw bytes.
 */
import {
  AKSK_WINDOW_MS,
  type AkSkVerdict,
  type Diagnosis,
  diagnose,
  parseAuthorization,
  verifyAkSk,
} from '@jishi/protocol';
import type { Context } from 'hono';
import { type ApiCaller, apiCaller, apiKeyFailed, apiKeySucceeded, useApiKey } from '../../directory/index.ts';
import type { Platform } from '../../platform/platform.ts';
import { type AppEnv, rawTarget } from '../http.ts';

export interface GatewayError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}
export type Admission = { readonly caller: ApiCaller } | { readonly error: GatewayError };

/** openapi.md 2.3 */
export const MOST_BODY_BYTES = 12 * 1024 * 1024;
/** A GET has no body; a signature may still cover one, and whoever has no key may not make us hold megabytes. */
export const MOST_BODY_BYTES_OF_GET = 64 * 1024;
const MOST_FAILURES = 5;
const LOCK_MS = 5 * 60_000;

const denied = (detail: string): { error: GatewayError } => ({
  error: { status: 401, code: 'APIGW.0301', message: `Incorrect IAM authentication information: ${detail}` },
});

/** S4-7: who it is was proven, so the reason is told. */
const LEFT = {
  error: {
    status: 403,
    code: 'APIGW.0302',
    message: 'The IAM user is not allowed to access the API: the seller has left the marketplace.',
  },
} as const satisfies Admission;

/** Checks in the order of openapi.md 3.6. A failure of a known key counts towards its lock; a success resets it. */
export async function admit(c: Context<AppEnv>, platform: Platform, body: Uint8Array): Promise<Admission> {
  const authorization = parseAuthorization(c.req.header('authorization'));
  if (!authorization.ok) {
    c.set('openApi', { body, sk: null, ak: null, sellerId: null, diagnosis: [authorization.diagnosis] });
    return denied(authorization.diagnosis.summary.en);
  }
  const now = platform.clock.now();
  const caller = await apiCaller(platform, authorization.ak);
  const checked = { body, sk: caller?.sk ?? null, ak: authorization.ak, sellerId: caller?.sellerId ?? null };
  c.set('openApi', { ...checked, diagnosis: [] });
  if (caller && platform.config.openApiFailureLock && caller.lockedUntil && caller.lockedUntil > now) {
    return denied('AK access failed to reach the limit, forbidden.');
  }
  const verdict = verifyAkSk({
    // An unknown key still goes through the date check first (3.6): any secret will do, the signature is not looked at.
    sk: caller?.sk ?? 'unknown',
    method: c.req.method,
    rawPath: rawTarget(c),
    headers: rawHeaders(c),
    body,
    nowMs: platform.wireClock.now().getTime(),
    windowMs: AKSK_WINDOW_MS,
    allowUnsignedPayload: true,
    // An explanation tries many variants. It is for developers: in the sandbox, or while an operator looks for a fault;
    // never for a key that we do not know.
    explain: caller !== null && (platform.config.mode === 'sandbox' || platform.config.logLevel === 'debug'),
  });
  c.set('openApi', { ...checked, diagnosis: findings(verdict, caller) });
  if (!verdict.ok && verdict.reason === 'date')
    return failed(platform, caller, 'calc ak sk signature fail:signature expired');
  if (!caller || caller.disabled) return denied('Get secretKey failed');
  if (!verdict.ok) {
    platform.log.info(
      { ak: caller.ak, diagnosis: verdict.diagnosis.map((each) => each.code) },
      'open api signature refused',
    );
    const canonical =
      verdict.canonicalRequest === null ? '' : `, canonicalRequest:${verdict.canonicalRequest.replaceAll('\n', '|')}`;
    return failed(platform, caller, `verify aksk signature fail${verdict.reason === 'signature' ? canonical : ''}`);
  }
  if (!(await useApiKey(platform.db, caller.ak, now))) {
    c.set('openApi', { ...checked, diagnosis: [diagnose('aksk.disabled-key', { seen: caller.ak })] });
    return denied('Get secretKey failed');
  }
  if (caller.left) return LEFT;
  if (caller.failures > 0 || caller.lockedUntil) await apiKeySucceeded(platform.db, caller.ak);
  return { caller };
}

/** Why it is refused; of a key that nobody knows, or that was revoked, nothing else is worth saying. */
function findings(verdict: AkSkVerdict, caller: ApiCaller | null): readonly Diagnosis[] {
  if (!verdict.ok && verdict.reason === 'date') return verdict.diagnosis;
  if (!caller) return [diagnose('aksk.unknown-key')];
  if (caller.disabled) return [diagnose('aksk.disabled-key', { seen: caller.ak })];
  return verdict.ok ? [] : verdict.diagnosis;
}

async function failed(platform: Platform, caller: ApiCaller | null, detail: string): Promise<Admission> {
  if (caller)
    await apiKeyFailed(platform.db, caller.ak, MOST_FAILURES, new Date(platform.clock.now().getTime() + LOCK_MS));
  return denied(detail);
}

/** Values as they were sent. HTTP hands them over byte by byte; what is UTF-8 was signed as that. */
function rawHeaders(c: Context<AppEnv>): Record<string, string> {
  return Object.fromEntries([...c.req.raw.headers].map(([name, value]) => [name, textOfBytes(value)]));
}

function textOfBytes(value: string): string {
  if (!/[\u0080-\u00ff]/.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    return value;
  }
}
