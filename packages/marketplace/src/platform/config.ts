/**
 * Configuration: read once from the environment by the start file, typed, each wrong value named. Nothing else reads
 * the environment.
 */
import { resolve } from 'node:path';
import { z } from 'zod';
import { type MasterKey, parseMasterKeys } from './key-ring.ts';
import type { Site } from './site.ts';

export interface Config {
  readonly mode: 'sandbox' | 'production';
  readonly site: Site;
  readonly databaseUrl: string | null;
  readonly masterKeys: readonly MasterKey[];
  readonly host: string;
  readonly port: number;
  /** address that people and sellers reach this server at, without a trailing slash */
  readonly publicUrl: string;
  /** proxies in front of this server whose X-Forwarded-For is believed; 0 = the peer is the client */
  readonly trustedProxies: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly databasePoolSize: number;
  /** seller calls in flight in one process, and at one seller over all processes */
  readonly callConcurrency: number;
  readonly callsPerSeller: number;
  /** the marketplace waits this long for a seller's answer (saas-v2.md 2: 20 s) */
  readonly callTimeoutMs: number;
  /** overrides of the policy table, by protocol and activity (saas-v2.md 9: window and interval are configurable) */
  readonly retryPolicies: RetryPolicyOverrides;
  /** production-interface messages are kept so long (X16: 180 days) */
  readonly messageRetentionDays: number;
  /** single days of members who used a product; their counts stay */
  readonly activitySignalDays: number;
  /** an unpaid order is cancelled after this long (C24: 24 h) */
  readonly unpaidOrderHours: number;
  /** when probes replay saved cases, in the site's zone: morning, afternoon (saas-v2.md 1.5) */
  readonly probeTimes: readonly [morning: string, afternoon: string];
  readonly openApiFailureLock: boolean;
  /** requests a second and burst per access key; 0 = off (openapi.md 2.3) */
  readonly openApiRatePerSecond: number;
  /** single sign-on: requests a second per address, twice as many per client; 0 = off */
  readonly signOnRatePerSecond: number;
  /** which of the two printed code tables a usage push is answered by (openapi.md 5.2, O7) */
  readonly openApiUsageCodes: '2023' | '2025';
  /** e-mail leaves through this SMTP server; null = the sandbox's outbox, in production none */
  readonly mail: { readonly smtpUrl: string; readonly from: string } | null;
  /** text messages are handed to this address as signed JSON; null = the sandbox's outbox, in production none */
  readonly sms: { readonly url: string; readonly secret: string } | null;
  /** online payments: the gateway's cashier, and the secret of addresses and notices; null = the sandbox's own, in production none */
  readonly payments: { readonly url: string; readonly secret: string } | null;
  /** how often the running instances of a product are compared with its seller's; 0 = never */
  readonly comparisonHours: number;
  /** private offers down to this part of the list price need no approval (C52, S9-1) */
  readonly offerFreeRate: string;
  /** how long a sign-in to the consoles lasts at most, and without being used (0 = that does not end it) */
  readonly sessions: { readonly hours: number; readonly idleMinutes: number };
  /** who has to have a second factor: asked to set one up at sign-in, and let do nothing else before */
  readonly secondFactor: 'optional' | 'operators' | 'everybody';
  /** sign-in through the company's identity provider (OpenID Connect); null = by password only */
  readonly identityProvider: IdentityProvider | null;
  /** uploaded files lie in this folder; several machines share one (absolute path) */
  readonly files: { readonly dir: string };
  /** holidays of years that did not come with the program (absolute path); null = none */
  readonly calendarFile: string | null;
  readonly pausePoints: string;
}

export interface IdentityProvider {
  /** its discovery document lies at `<issuer>/.well-known/openid-configuration` */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** what people know it by; on the button */
  readonly name: string;
  /** verified e-mail addresses of these domains are taken for login names; empty = identities are linked by hand only */
  readonly domains: readonly string[];
  /** it stands in the inside network, which is closed to all other calls */
  readonly internal: boolean;
}

const retryPolicyOverrides = z.record(
  z.string(),
  z.record(z.string(), z.strictObject({ windowMs: z.number().int().min(0), intervalMs: z.number().int().min(10) })),
);
export type RetryPolicyOverrides = z.infer<typeof retryPolicyOverrides>;

function isTwoTimes(value: string): boolean {
  const time = '([01]\\d|2[0-3]):[0-5]\\d';
  return new RegExp(`^${time},${time}$`).test(value) && value.slice(0, 5) < value.slice(6);
}

export interface ConfigFault {
  readonly name: string;
  readonly message: string;
}

const integer = (min: number, max: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.number().min(min).max(max));

const text = {
  JISHI_SITE: z.enum(['CN', 'INTL', 'EU'], 'must be CN, INTL or EU').default('CN'),
  JISHI_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres://')
    .optional(),
  JISHI_HOST: z.string().min(1).default('127.0.0.1'),
  JISHI_PORT: integer(0, 65535).default(8080),
  JISHI_PUBLIC_URL: z
    .string()
    .regex(/^https?:\/\/[^/]+$/, 'must be http(s)://host[:port] without a path')
    .optional(),
  JISHI_TRUSTED_PROXIES: integer(0, 10).default(0),
  JISHI_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  JISHI_DATABASE_POOL: integer(2, 200).default(12),
  JISHI_CALL_CONCURRENCY: integer(1, 2000).default(128),
  JISHI_CALLS_PER_SELLER: integer(1, 500).default(16),
  JISHI_CALL_TIMEOUT_MS: integer(100, 120_000).default(20_000),
  JISHI_MESSAGE_RETENTION_DAYS: integer(1, 3650).default(180),
  // a late report corrects the days of two months; less would count its members twice
  JISHI_ACTIVITY_SIGNAL_DAYS: integer(90, 3650).default(730),
  JISHI_UNPAID_ORDER_HOURS: integer(1, 720).default(24),
  JISHI_PROBE_TIMES: z
    .string()
    .refine(isTwoTimes, 'must be two times of the day, the earlier first, e.g. 09:00,15:00')
    .default('09:00,15:00')
    .transform((value): [string, string] => [value.slice(0, 5), value.slice(6)]),
  JISHI_OPEN_API_FAILURE_LOCK: z
    .enum(['on', 'off'])
    .default('on')
    .transform((value) => value === 'on'),
  JISHI_OPEN_API_RATE: integer(0, 100_000).default(0),
  JISHI_SIGN_ON_RATE: integer(0, 100_000).optional(),
  JISHI_OPEN_API_USAGE_CODES: z.enum(['2023', '2025']).default('2025'),
  JISHI_RETRY_POLICIES: z
    .string()
    .transform((value, context) => {
      try {
        return retryPolicyOverrides.parse(JSON.parse(value));
      } catch (error) {
        context.addIssue({
          code: 'custom',
          message: `must be {"protocol":{"activity":{"windowMs":…,"intervalMs":…}}}: ${faultOf(error)}`,
        });
        return z.NEVER;
      }
    })
    .optional(),
  JISHI_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/]+$/, 'must be smtp(s)://[user:password@]host[:port]')
    .refine((url) => URL.canParse(url), 'cannot be parsed as an address')
    .optional(),
  JISHI_MAIL_FROM: z
    .string()
    .regex(
      /^([^<>"\r\n]+ <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
      'must be a mailbox: name@example.com or Name <name@example.com>',
    )
    .optional(),
  JISHI_SMS_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  JISHI_SMS_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  JISHI_CASHIER_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  JISHI_CASHIER_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  JISHI_COMPARISON_HOURS: z.coerce.number().int().min(0).max(720).default(24),
  JISHI_OFFER_FREE_RATE: z
    .string()
    .regex(/^(0\.\d{1,4}|1)$/, 'must be a decimal from 0.0001 to 1 with at most 4 decimals')
    .default('0.8'),
  JISHI_SESSION_HOURS: integer(1, 720).default(12),
  JISHI_SESSION_IDLE_MINUTES: integer(0, 10_080).default(120),
  JISHI_SECOND_FACTOR: z.enum(['optional', 'operators', 'everybody']).default('optional'),
  JISHI_OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  JISHI_OIDC_CLIENT_ID: z.string().min(1).optional(),
  JISHI_OIDC_CLIENT_SECRET: z.string().min(8, 'must have at least 8 characters').optional(),
  JISHI_OIDC_NAME: z.string().min(1).max(40).optional(),
  JISHI_OIDC_DOMAINS: z
    .string()
    .regex(
      /^[a-z0-9.-]+\.[a-z]{2,}(,[a-z0-9.-]+\.[a-z]{2,})*$/,
      'must be domains in small letters: a.example,b.example',
    )
    .optional(),
  JISHI_OIDC_INTERNAL: z.enum(['on', 'off']).default('off'),
  JISHI_FILES_DIR: z.string().min(1, 'must name a folder').default('jishi-files'),
  JISHI_CALENDAR_FILE: z.string().min(1, 'must name a file').optional(),
  JISHI_PAUSE_POINTS: z.string().default(''),
};
const environment = z.object(text);
/** The keys are parsed on their own; the access key is for `jishi conformance`. */
const READ_ELSEWHERE = new Set(['JISHI_MASTER_KEYS', 'JISHI_ACCESS_KEY', 'JISHI_SANDBOX_URL', 'JISHI_SANDBOX_TOKEN']);

/** The member at fault and its rule, in one line. */
function faultOf(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  return error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
}

/**
 * @param mode production refuses missing, weak or default secrets and sandbox-only settings, and says which.
 * @param generated a master key that the start file made (sandbox); production never has one.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  mode: Config['mode'],
  generated?: string,
): { ok: true; config: Config } | { ok: false; faults: ConfigFault[] } {
  const faults: ConfigFault[] = Object.keys(env)
    .filter((name) => name.startsWith('JISHI_') && !(name in text) && !READ_ELSEWHERE.has(name))
    .map((name) => ({ name, message: 'is not a setting of this program' }));
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.push({ name: String(issue.path[0]), message: issue.message });
  }
  const keyText = env.JISHI_MASTER_KEYS ?? generated;
  const masterKeys =
    keyText === undefined
      ? { fault: 'is missing: "k1:<base64 of 32 random bytes>", e.g. k1:$(openssl rand -base64 32)' }
      : parseMasterKeys(keyText);
  if ('fault' in masterKeys) faults.push({ name: 'JISHI_MASTER_KEYS', message: masterKeys.fault });
  if (!parsed.success || 'fault' in masterKeys) return { ok: false, faults };
  const values = parsed.data;
  faults.push(...pairFaults(values));
  const publicUrl = values.JISHI_PUBLIC_URL ?? defaultPublicUrl(values.JISHI_HOST, values.JISHI_PORT);
  if (mode === 'production') {
    if (values.JISHI_PAUSE_POINTS !== '')
      faults.push({ name: 'JISHI_PAUSE_POINTS', message: 'is for the sandbox only' });
    const fault = databaseSecretFault(values.JISHI_DATABASE_URL);
    if (fault) faults.push({ name: 'JISHI_DATABASE_URL', message: fault });
    if (!isPrivate(publicUrl))
      faults.push({
        name: 'JISHI_PUBLIC_URL',
        message: `must be https://… in production, not ${publicUrl}: passwords and sessions travel over it (http only for localhost)`,
      });
  }
  if (mode === 'production' && values.JISHI_SMS_URL !== undefined && !isPrivate(values.JISHI_SMS_URL))
    faults.push({ name: 'JISHI_SMS_URL', message: 'must be https://… in production (http only for localhost)' });
  if (mode === 'production' && values.JISHI_CASHIER_URL !== undefined && !isPrivate(values.JISHI_CASHIER_URL))
    faults.push({ name: 'JISHI_CASHIER_URL', message: 'must be https://… in production (http only for localhost)' });
  if (mode === 'production' && values.JISHI_OIDC_ISSUER !== undefined && !isPrivate(values.JISHI_OIDC_ISSUER))
    faults.push({ name: 'JISHI_OIDC_ISSUER', message: 'must be https://… in production (http only for localhost)' });
  if (faults.length > 0) return { ok: false, faults };
  return {
    ok: true,
    config: {
      mode,
      site: values.JISHI_SITE,
      databaseUrl: values.JISHI_DATABASE_URL ?? null,
      masterKeys: masterKeys.keys,
      host: values.JISHI_HOST,
      port: values.JISHI_PORT,
      publicUrl,
      trustedProxies: values.JISHI_TRUSTED_PROXIES,
      logLevel: values.JISHI_LOG_LEVEL,
      databasePoolSize: values.JISHI_DATABASE_POOL,
      callConcurrency: values.JISHI_CALL_CONCURRENCY,
      callsPerSeller: values.JISHI_CALLS_PER_SELLER,
      callTimeoutMs: values.JISHI_CALL_TIMEOUT_MS,
      retryPolicies: values.JISHI_RETRY_POLICIES ?? {},
      messageRetentionDays: values.JISHI_MESSAGE_RETENTION_DAYS,
      activitySignalDays: values.JISHI_ACTIVITY_SIGNAL_DAYS,
      unpaidOrderHours: values.JISHI_UNPAID_ORDER_HOURS,
      probeTimes: values.JISHI_PROBE_TIMES,
      openApiFailureLock: values.JISHI_OPEN_API_FAILURE_LOCK,
      openApiRatePerSecond: values.JISHI_OPEN_API_RATE,
      // a sandbox's clock may stand still, and with it what refills
      signOnRatePerSecond: values.JISHI_SIGN_ON_RATE ?? (mode === 'production' ? 50 : 0),
      openApiUsageCodes: values.JISHI_OPEN_API_USAGE_CODES,
      mail: both(values.JISHI_SMTP_URL, values.JISHI_MAIL_FROM, (smtpUrl, from) => ({ smtpUrl, from })),
      sms: both(values.JISHI_SMS_URL, values.JISHI_SMS_SECRET, (url, secret) => ({ url, secret })),
      payments: both(values.JISHI_CASHIER_URL, values.JISHI_CASHIER_SECRET, (url, secret) => ({ url, secret })),
      comparisonHours: values.JISHI_COMPARISON_HOURS,
      offerFreeRate: values.JISHI_OFFER_FREE_RATE,
      sessions: { hours: values.JISHI_SESSION_HOURS, idleMinutes: values.JISHI_SESSION_IDLE_MINUTES },
      secondFactor: values.JISHI_SECOND_FACTOR,
      identityProvider: identityProviderOf(values),
      files: { dir: resolve(values.JISHI_FILES_DIR) },
      calendarFile: values.JISHI_CALENDAR_FILE === undefined ? null : resolve(values.JISHI_CALENDAR_FILE),
      pausePoints: values.JISHI_PAUSE_POINTS,
    },
  };
}

/** Settings that make sense together only. */
function pairFaults(values: Readonly<Record<string, unknown>>): ConfigFault[] {
  const pairs = [
    ['JISHI_SMTP_URL', 'JISHI_MAIL_FROM'],
    ['JISHI_SMS_URL', 'JISHI_SMS_SECRET'],
    ['JISHI_CASHIER_URL', 'JISHI_CASHIER_SECRET'],
    ['JISHI_OIDC_ISSUER', 'JISHI_OIDC_CLIENT_ID'],
    ['JISHI_OIDC_CLIENT_ID', 'JISHI_OIDC_CLIENT_SECRET'],
  ] as const;
  return pairs.flatMap(([one, other]) => {
    if ((values[one] === undefined) === (values[other] === undefined)) return [];
    const [missing, given] = values[one] === undefined ? [one, other] : [other, one];
    return [{ name: missing, message: `is missing: ${given} needs it` }];
  });
}

function identityProviderOf(values: z.infer<typeof environment>): IdentityProvider | null {
  const { JISHI_OIDC_ISSUER: issuer, JISHI_OIDC_CLIENT_ID: clientId, JISHI_OIDC_CLIENT_SECRET: clientSecret } = values;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return null;
  return {
    ...{ issuer, clientId, clientSecret },
    name: values.JISHI_OIDC_NAME ?? new URL(issuer).host,
    domains: values.JISHI_OIDC_DOMAINS?.split(',') ?? [],
    internal: values.JISHI_OIDC_INTERNAL === 'on',
  };
}

function both<T>(
  one: string | undefined,
  other: string | undefined,
  make: (one: string, other: string) => T,
): T | null {
  return one === undefined || other === undefined ? null : make(one, other);
}

/** Where a server is reached when nothing else is set. */
export const defaultPublicUrl = (host: string, port: number): string => `http://${host}:${port}`;

/** Nobody reads along: TLS, or an address that does not leave this machine. */
function isPrivate(publicUrl: string): boolean {
  return publicUrl.startsWith('https:') || /^http:\/\/(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/.test(publicUrl);
}

const WEAK_PASSWORDS = new Set(['postgres', 'password', 'admin', 'jishi', 'secret', '123456', 'changeme']);

/** A password is needed unless the server is reached over a Unix socket (peer authentication). */
function databaseSecretFault(url: string | undefined): string | null {
  if (url === undefined) return 'is missing: postgres://user:password@host:5432/database (PostgreSQL 15 or newer)';
  if (!URL.canParse(url)) return 'cannot be parsed as an address';
  const parsed = new URL(url);
  if (parsed.hostname === '' || parsed.searchParams.get('host')?.startsWith('/')) return null;
  if (parsed.password === '') return 'has no password';
  if (WEAK_PASSWORDS.has(decodeURIComponent(parsed.password).toLowerCase()))
    return 'has a default password; choose another';
  return null;
}
