/** Wrong options fail at construction, with a sentence that tells what to do and never shows a key. */
import { describe, expect, it } from 'vitest';
import { memoryStore } from './memory-store.ts';
import { createOpenApiClient } from './open-api/client.ts';
import { refuse } from './refuse.ts';
import { createSellerServer } from './server.ts';
import { KEY, seller } from './testing.ts';

describe('createSellerServer', () => {
  it.each([
    ['an empty key', { accessKey: '' }, /accessKey: .*environment variable/],
    ['no key at all', { accessKey: { base: [] } }, /accessKey: the list is empty/],
    ['a key with a line end', { accessKey: `${KEY}\n` }, /white space/],
    ['an unknown encryptType', { encryptType: loose('3') }, /encryptType: use "1" \(AES-256\) or "2"/],
    ['an unknown mode', { mode: loose('dev') }, /mode: use "production" or "development"/],
    ['a missing handler', { handlers: loose({ newInstance() {} }) }, /handlers.queryInstance is missing/],
    ['a misspelt handler', { handlers: loose({ ...handlers(), upgrade() {} }) }, /no such activity.*upgradeInstance/],
    ['no store', { store: loose(null) }, /store.claim is missing. Pass memoryStore\(\)/],
    ['a half store', { store: loose({ claim() {}, complete() {}, abandon() {} }) }, /store.rememberNonce/],
    ['a budget of zero', { orderBudgetMs: 0 }, /orderBudgetMs: expected a positive number/],
    ['something else as client', { openApi: loose({}) }, /openApi: pass the client/],
  ])('refuses %s', (_, change, message) => {
    expect(() => seller(change)).toThrow(message);
    expect(() => seller(change)).toThrow(TypeError);
    expect(() => seller(change)).not.toThrow(KEY);
  });

  it('takes a store written as a class', () => {
    const plain = memoryStore();
    class Store {
      claim = plain.claim;
      complete = plain.complete;
      rememberNonce = plain.rememberNonce;
      abandon(key: string, attempt: number) {
        return plain.abandon(key, attempt);
      }
    }
    expect(() => createSellerServer({ accessKey: KEY, handlers: handlers(), store: new Store() })).not.toThrow();
  });
});

describe('createOpenApiClient', () => {
  const good = { baseUrl: 'https://mkt.myhuaweicloud.com', ak: 'AK', sk: 'the-secret' };

  it.each([
    ['a host without scheme', { baseUrl: 'mkt.myhuaweicloud.com' }, /baseUrl: expected scheme and host/],
    ['a path', { baseUrl: 'https://mkt.myhuaweicloud.com/api' }, /scheme and host only/],
    ['plain HTTP on the network', { baseUrl: 'http://mkt.myhuaweicloud.com' }, /use https/],
    ['a bad fallback', { fallbackBaseUrl: 'ftp://x' }, /fallbackBaseUrl/],
    ['no AK', { ak: '' }, /ak: expected the AK/],
    ['an SK with a blank', { sk: 'the-secret ' }, /sk: expected the SK/],
    ['a time-out of zero', { timeoutMs: 0 }, /timeoutMs/],
  ])('refuses %s', (_, change, message) => {
    expect(() => createOpenApiClient({ ...good, ...change })).toThrow(message);
    expect(() => createOpenApiClient({ ...good, ...change })).not.toThrow('the-secret');
  });

  it.each([
    'http://127.0.0.1:8080',
    'http://localhost:8080',
    'http://[::1]:8080',
    'https://mkt-intl.myhuaweicloud.com/',
  ])('takes %s', (baseUrl) => {
    expect(() => createOpenApiClient({ ...good, baseUrl })).not.toThrow();
  });
});

describe('refuse', () => {
  it('takes only codes of the protocol that refuse', () => {
    expect(() => refuse('E42')).toThrow(/no result code.*000106/);
    expect(() => refuse('000000')).toThrow(/no refusal/);
    expect(() => refuse('000004')).toThrow(/pending: true/);
  });

  it('cuts its message at 255 characters without halving one', () => {
    const { resultMsg } = refuse('000005', '𠮷'.repeat(200));
    expect(resultMsg.length).toBeLessThanOrEqual(255);
    expect(encodeURIComponent(resultMsg)).toMatch(/^(%F0%A0%AE%B7){127}%E2%80%A6$/);
  });
});

function handlers() {
  const done = async () => undefined;
  return {
    newInstance: async () => ({ instanceId: 'i' }),
    queryInstance: async () => [],
    refreshInstance: done,
    updateInstanceStatus: done,
    releaseInstance: done,
  };
}

/** What a caller without a type checker may pass. */
function loose(value: unknown) {
  const text = JSON.stringify(value, (_, member: unknown) => (typeof member === 'function' ? '()' : member));
  return JSON.parse(text, (_, member: unknown) => (member === '()' ? () => undefined : member));
}
