/** What both forms of signing on share: one call to the marketplace, and the user as it describes one (saas-v2.md 11.3). */
import { isJsonObject, type JsonObject, parseJson } from '@jishi/protocol';
import type { SignedOnUser, SignOnFailure } from './definition.ts';

export type Answer<T> = { readonly ok: true; readonly value: T } | SignOnFailure;
export interface SignOnCall {
  readonly url: string;
  readonly init: RequestInit;
}
export interface Asking {
  readonly fetch?: typeof globalThis.fetch;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;

export async function asked(
  { url, init }: SignOnCall,
  { fetch = globalThis.fetch, timeoutMs = TIMEOUT_MS }: Asking,
): Promise<Answer<JsonObject>> {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(timeoutMs) });
    return answerOf(response.status, parseObject(await response.text()));
  } catch (error) {
    return no('unreachable', 'CLIENT.UNREACHABLE', `no answer from ${new URL(url).origin}: ${reasonOf(error)}`);
  }
}

export const no = (kind: SignOnFailure['kind'], code: string, message: string): SignOnFailure => ({
  ok: false,
  kind,
  code,
  message,
});
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Below the tenant's `domainName`. */
export const below = (domainName: string, path: string): string => `${domainName.replace(/\/$/, '')}/api/v1/${path}`;

/** Secrets and tickets travel: TLS, or this machine. */
export function isSafe(address: string, allowHttp: boolean): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const isHere = hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
  return protocol === 'https:' || (protocol === 'http:' && (allowHttp || isHere));
}

function parseObject(text: string): JsonObject | null {
  const parsed = parseJson(text);
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : null;
}

function answerOf(status: number, body: JsonObject | null): Answer<JsonObject> {
  if (body === null) return no('malformed', 'CLIENT.MALFORMED', `HTTP ${status} without a JSON object`);
  // 429: too often, not a no
  const kind = status >= 500 || status === 429 ? 'unreachable' : 'refused';
  if (typeof body.error === 'string') return no(kind, body.error, textOf(body.error_description) || body.error);
  if (status === 200) return { ok: true, value: body };
  return no(kind, 'CLIENT.STATUS', `HTTP ${status}`);
}

/** The user of a tenant; what the address said of the tenant is what anybody can write into an address. */
export function userOfTenant(body: JsonObject, tenantId: string): Answer<SignedOnUser> {
  const [id, userName, name] = [textOf(body.id), textOf(body.userName), textOf(body.name)];
  if (id === '' || userName === '' || name === '')
    return no('malformed', 'CLIENT.MALFORMED', 'the user has no id, userName or name');
  if (body.tenant !== tenantId)
    return no('refused', 'CLIENT.OTHER_TENANT', 'the user belongs to another tenant than the redirect says');
  const value = {
    id,
    userName,
    name,
    role: body.role === 'admin' ? ('admin' as const) : ('user' as const),
    departmentCode: textOf(body.organizationCode),
    departmentName: textOf(body.organizationName),
    email: textOf(body.email) || undefined,
    mobile: textOf(body.mobile) || undefined,
  };
  return { ok: true, value };
}
