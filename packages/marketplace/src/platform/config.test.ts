/** Configuration is read once: each wrong value is named, and production refuses what only a sandbox may have. */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const JISHI_MASTER_KEYS = `k1:${randomBytes(32).toString('base64')}`;
const JISHI_DATABASE_URL = 'postgres://jishi:k7hQ2pXv9s@db.example:5432/jishi';
const complete = { JISHI_MASTER_KEYS, JISHI_DATABASE_URL };

function faultsOf(env: Record<string, string>, mode: 'sandbox' | 'production' = 'sandbox', generated?: string) {
  const result = readConfig(env, mode, generated);
  return result.ok ? [] : result.faults.map((fault) => fault.name);
}

describe('configuration', () => {
  it('has a default for everything but the secrets', () => {
    const result = readConfig(complete, 'production');
    expect(result).toMatchObject({
      ok: true,
      config: {
        mode: 'production',
        site: 'CN',
        host: '127.0.0.1',
        port: 8080,
        publicUrl: 'http://127.0.0.1:8080',
        callTimeoutMs: 20_000,
        probeTimes: ['09:00', '15:00'],
        unpaidOrderHours: 24,
        openApiFailureLock: true,
        retryPolicies: {},
        mail: null,
        sms: null,
        payments: null,
        sessions: { hours: 12, idleMinutes: 120 },
        secondFactor: 'optional',
        identityProvider: null,
        pausePoints: '',
      },
    });
  });

  it('leaves to other commands what is theirs', () => {
    expect(faultsOf({ ...complete, JISHI_ACCESS_KEY: 'for jishi conformance' })).toEqual([]);
    expect(faultsOf({ ...complete, JISHI_ACCES_KEY: 'misspelt' })).toEqual(['JISHI_ACCES_KEY']);
  });

  it.each([
    ['JISHI_SITE', 'US'],
    ['JISHI_PROBE_TIMES', '9:00,15:00'],
    ['JISHI_PROBE_TIMES', '15:00,09:00'],
    ['JISHI_PROBE_TIMES', '09:00,24:00'],
    ['JISHI_DATABASE_URL', 'mysql://x'],
    ['JISHI_HOST', ''],
    ['JISHI_PORT', '65536'],
    ['JISHI_SESSION_HOURS', '0'],
    ['JISHI_SESSION_IDLE_MINUTES', '-1'],
    ['JISHI_SECOND_FACTOR', 'all'],
    ['JISHI_OIDC_DOMAINS', 'a@example.com'],
    ['JISHI_PORT', '-1'],
    ['JISHI_PORT', '80a'],
    ['JISHI_PUBLIC_URL', 'market.example'],
    ['JISHI_PUBLIC_URL', 'https://market.example/shop'],
    ['JISHI_LOG_LEVEL', 'verbose'],
    ['JISHI_DATABASE_POOL', '1'],
    ['JISHI_CALL_CONCURRENCY', '0'],
    ['JISHI_CALLS_PER_SELLER', '501'],
    ['JISHI_CALL_TIMEOUT_MS', '99'],
    ['JISHI_UNPAID_ORDER_HOURS', '0'],
    ['JISHI_OPEN_API_FAILURE_LOCK', 'yes'],
    ['JISHI_OPEN_API_RATE', '1.5'],
    ['JISHI_SIGN_ON_RATE', '-1'],
    ['JISHI_RETRY_POLICIES', '{'],
    ['JISHI_RETRY_POLICIES', '{"saas-v2":{"newInstance":{"windowMs":-1,"intervalMs":1000}}}'],
    ['JISHI_RETRY_POLICIES', '{"saas-v2":{"newInstance":{"windowMs":1000,"intervalMs":0}}}'],
    ['JISHI_SMTP_URL', 'https://mail.example'],
    ['JISHI_SMTP_URL', 'smtp://mail.example/path'],
    ['JISHI_MAIL_FROM', 'nobody'],
    ['JISHI_MAIL_FROM', 'Market <a@b.example>\r\nBcc: <c@d.example>'],
    ['JISHI_SMS_URL', 'ftp://sms.example'],
    ['JISHI_SMS_SECRET', 'short'],
    ['JISHI_MASTER_KEYS', 'secret'],
  ])('names %s=%s', (name, value) => {
    expect(faultsOf({ ...complete, [name]: value })).toEqual([name]);
  });

  it('takes the way of e-mails and text messages, both halves of it', () => {
    const mail = { JISHI_SMTP_URL: 'smtp://u:p@mail.example:587', JISHI_MAIL_FROM: 'Market <no-reply@market.example>' };
    const sms = { JISHI_SMS_URL: 'https://sms.example/send', JISHI_SMS_SECRET: 'sixteen letters!' };
    expect(readConfig({ ...complete, ...mail, ...sms }, 'sandbox')).toMatchObject({
      ok: true,
      config: {
        mail: { smtpUrl: mail.JISHI_SMTP_URL, from: mail.JISHI_MAIL_FROM },
        sms: { url: sms.JISHI_SMS_URL, secret: sms.JISHI_SMS_SECRET },
      },
    });
    expect(faultsOf({ ...complete, JISHI_SMTP_URL: mail.JISHI_SMTP_URL })).toEqual(['JISHI_MAIL_FROM']);
    expect(faultsOf({ ...complete, JISHI_MAIL_FROM: mail.JISHI_MAIL_FROM })).toEqual(['JISHI_SMTP_URL']);
    expect(faultsOf({ ...complete, JISHI_SMS_URL: sms.JISHI_SMS_URL })).toEqual(['JISHI_SMS_SECRET']);
    expect(faultsOf({ ...complete, JISHI_SMS_SECRET: sms.JISHI_SMS_SECRET })).toEqual(['JISHI_SMS_URL']);
    const plain = { ...complete, ...sms, JISHI_SMS_URL: 'http://sms.example/send' };
    expect(faultsOf(plain)).toEqual([]);
    expect(faultsOf(plain, 'production')).toEqual(['JISHI_SMS_URL']);
  });

  it('names every fault at once, and an unknown setting', () => {
    const faults = faultsOf({ JISHI_SITE: 'US', JISHI_PORT: 'x', JISHI_COLOUR: 'red', HOME: '/root' });
    expect(faults.toSorted()).toEqual(['JISHI_COLOUR', 'JISHI_MASTER_KEYS', 'JISHI_PORT', 'JISHI_SITE']);
  });

  it('never repeats a secret in a fault', () => {
    const result = readConfig(
      { JISHI_MASTER_KEYS: 'k1:c2VjcmV0LXBhc3N3b3Jk', JISHI_DATABASE_URL: 'mysql://u:hidden-pw@h' },
      'production',
    );
    expect(JSON.stringify(result)).not.toMatch(/c2VjcmV0|hidden-pw/);
  });

  it('takes retry policies by protocol and activity', () => {
    const JISHI_RETRY_POLICIES = '{"saas-v2":{"newInstance":{"windowMs":3000,"intervalMs":1000}}}';
    const result = readConfig({ ...complete, JISHI_RETRY_POLICIES }, 'sandbox');
    expect(result.ok && result.config.retryPolicies['saas-v2']?.newInstance).toEqual({
      windowMs: 3000,
      intervalMs: 1000,
    });
  });
});

describe('production', () => {
  it('refuses missing secrets', () => {
    expect(faultsOf({}, 'production')).toEqual(['JISHI_MASTER_KEYS']);
    expect(faultsOf({ JISHI_MASTER_KEYS }, 'production')).toEqual(['JISHI_DATABASE_URL']);
  });

  it('refuses to be reached over plain HTTP, unless it does not leave this machine', () => {
    const address = (JISHI_PUBLIC_URL: string) => faultsOf({ ...complete, JISHI_PUBLIC_URL }, 'production');
    for (const good of ['https://market.example', 'http://localhost:8080', 'http://127.0.0.1:8080', 'http://[::1]:80'])
      expect([good, address(good)]).toEqual([good, []]);
    for (const bad of ['http://market.example', 'http://127.0.0.1.market.example', 'http://localhost.example'])
      expect([bad, address(bad)]).toEqual([bad, ['JISHI_PUBLIC_URL']]);
    expect(faultsOf({ ...complete, JISHI_HOST: '0.0.0.0' }, 'production')).toEqual(['JISHI_PUBLIC_URL']);
    expect(faultsOf({ ...complete, JISHI_HOST: '0.0.0.0' }, 'sandbox')).toEqual([]);
  });

  it('refuses a weak master key', () => {
    const weak = `k1:${Buffer.from('correct horse battery staple 123').toString('base64')}`;
    expect(faultsOf({ ...complete, JISHI_MASTER_KEYS: weak }, 'production')).toEqual(['JISHI_MASTER_KEYS']);
  });

  it.each(['postgres', 'password', 'admin', 'JISHI', 'Secret', '123456', 'changeme', ''])(
    'refuses the database password %j',
    (password) => {
      const url = `postgres://jishi:${password}@db.example/jishi`;
      expect(faultsOf({ JISHI_MASTER_KEYS, JISHI_DATABASE_URL: url }, 'production')).toEqual(['JISHI_DATABASE_URL']);
      expect(faultsOf({ JISHI_MASTER_KEYS, JISHI_DATABASE_URL: url })).toEqual([]);
    },
  );

  it('needs no password where the operating system vouches for the user (Unix socket)', () => {
    const url = 'postgres:///jishi?host=/var/run/postgresql';
    expect(faultsOf({ JISHI_MASTER_KEYS, JISHI_DATABASE_URL: url }, 'production')).toEqual([]);
  });

  it('refuses settings of the sandbox', () => {
    const env = { ...complete, JISHI_PAUSE_POINTS: 'fulfilment.answered=kill@1' };
    expect(faultsOf(env, 'production')).toEqual(['JISHI_PAUSE_POINTS']);
    expect(faultsOf(env)).toEqual([]);
  });
});

describe('sandbox', () => {
  it('may use a key that was made for it; an own one goes first', () => {
    expect(faultsOf({}, 'sandbox', JISHI_MASTER_KEYS)).toEqual([]);
    expect(faultsOf({ JISHI_MASTER_KEYS: 'bad' }, 'sandbox', JISHI_MASTER_KEYS)).toEqual(['JISHI_MASTER_KEYS']);
  });
});
