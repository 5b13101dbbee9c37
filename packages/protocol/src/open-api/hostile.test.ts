import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AkSkReceived, verifyAkSk } from './verify.ts';

/** Whatever a stranger signs is answered with a verdict: nothing throws, nothing takes long. */

const nowMs = Date.UTC(2026, 0, 1, 8);
const KIB = 1_024;

describe('verifyAkSk', () => {
  it.each(['constructor', '__proto__'])('finds no header named %s', (name) => {
    expect(verifyAkSk(request({ signedHeaders: `host;x-sdk-date;${name}` }))).toMatchObject({
      ok: false,
      reason: 'header-absent',
    });
  });

  it('never throws', () => {
    const name = fc.constantFrom('host', 'x-sdk-date', 'content-type', 'authorization', 'constructor', '');
    fc.assert(
      fc.property(
        fc.array(name),
        fc.dictionary(name, fc.string({ unit: 'binary' })),
        fc.string({ unit: 'binary' }),
        fc.uint8Array(),
        (names, headers, rawPath, body) => {
          const received = request({ signedHeaders: ['x-sdk-date', ...names].join(';') });
          expect(verifyAkSk({ ...received, headers: { ...received.headers, ...headers }, rawPath, body }).ok).toBe(
            false,
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it.each<[string, Partial<AkSkReceived>]>([
    ['a header signed 4000 times', request({ signedHeaders: `x-sdk-date${';host'.repeat(4_000)}` })],
    ['a path of slashes', { rawPath: '/'.repeat(64 * KIB) }],
    ['a path of percent signs', { rawPath: '%'.repeat(64 * KIB) }],
    ['a query of names', { rawPath: `/?${'a&'.repeat(8 * KIB)}` }],
    ['a body of 1 MiB', { body: new Uint8Array(KIB * KIB).fill(0x5b) }],
    ['a deep body', { body: new Uint8Array(32 * KIB).fill(0x5b) }],
    ['an Authorization of blanks', withAuthorization(`SDK-HMAC-SHA256${' '.repeat(64 * KIB)}x`)],
    ['an Authorization of signatures', withAuthorization(`SDK-HMAC-SHA256 ${'Signature '.repeat(6 * KIB)}`)],
    [
      'the largest request that is searched',
      request({ signedHeaders: `x-sdk-date${';host'.repeat(31)}`, path: 4 * KIB }),
    ],
  ])('%s', (_, hostile) => {
    const start = process.cpuUsage();
    expect(verifyAkSk({ ...request({}), ...hostile }).ok).toBe(false);
    expect(process.cpuUsage(start).user / 1_000).toBeLessThan(1_500);
  });
});

function request({ signedHeaders = 'host;x-sdk-date', path = 1 }): AkSkReceived {
  const headers = {
    host: 'mkt.example.com',
    'x-sdk-date': '20260101T080000Z',
    authorization: `SDK-HMAC-SHA256 Access=ak, SignedHeaders=${signedHeaders}, Signature=${'0'.repeat(64)}`,
  };
  return { sk: 'sk', method: 'POST', rawPath: `/${'a'.repeat(path)}`, headers, body: new Uint8Array(), nowMs };
}

function withAuthorization(authorization: string): Partial<AkSkReceived> {
  return { headers: { ...request({}).headers, authorization } };
}
