import type { OpenApiClientOptions } from './client.ts';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Throws a `TypeError` with a sentence that tells what to do; never shows a key. */
export function checkClientOptions({
  baseUrl,
  fallbackBaseUrl,
  ak,
  sk,
  timeoutMs,
  allowHttp,
}: OpenApiClientOptions): void {
  checkHost('baseUrl', baseUrl, allowHttp === true);
  if (fallbackBaseUrl !== undefined) checkHost('fallbackBaseUrl', fallbackBaseUrl, allowHttp === true);
  for (const [name, key] of Object.entries({ ak, sk })) {
    if (typeof key !== 'string' || key.length === 0 || key !== key.trim()) {
      throw new TypeError(
        `${name}: expected the ${name.toUpperCase()} of "My Credentials > Access Keys" as a text without blanks around ` +
          'it; is the environment variable that holds it set?',
      );
    }
  }
  if (timeoutMs !== undefined && !(Number.isFinite(timeoutMs) && timeoutMs > 0)) {
    throw new TypeError(`timeoutMs: expected a positive number of milliseconds, got ${timeoutMs}.`);
  }
}

function checkHost(name: string, value: string, allowHttp: boolean): void {
  if (!URL.canParse(value)) {
    throw new TypeError(`${name}: expected scheme and host such as https://mkt.myhuaweicloud.com, got "${value}".`);
  }
  const url = new URL(value);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new TypeError(
      `${name}: give scheme and host only, the SDK adds the path; got "${url.origin}${url.pathname}".`,
    );
  }
  if (url.protocol === 'https:') return;
  if (url.protocol === 'http:' && (allowHttp || LOOPBACK.test(url.hostname))) return;
  throw new TypeError(
    `${name}: use https:// (openapi.md 2.1). Plain HTTP is accepted for 127.0.0.1 and localhost; for a private network ` +
      'set allowHttp: true.',
  );
}
