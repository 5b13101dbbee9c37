import { createCipheriv, createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decryptAccountData, type EncryptType, encryptAccountData } from './account-data.ts';
import { sha1PrngBytes } from './sha1prng.ts';

/** Encrypted account data: the vectors of saas-v2.md 4.3 and saas-v1.md 5.4, the round trip, and each bad value by name. */

const accessKey = 'koo-demo-access-key-0001';
const v1Key = 'koo-v1-demo-key-0001';
const types: EncryptType[] = ['1', '2'];

describe('SHA1PRNG', () => {
  it.each([
    ['saas-v2.md 4.3', accessKey, '49da4ca3d616565407d7796bba2cda0f60a0d27654e3f65d9bd06a11d40916a4'],
    ['saas-v1.md 5.4', v1Key, 'ed5fbe2b9ed64309e707fd8a9ce1d717be58da99c86e5db2643bfd9d6d63eab0'],
  ])('gives the key of %s', (_, seed, hex) => {
    const bytes = new TextEncoder().encode(seed);
    expect(Buffer.from(sha1PrngBytes(bytes, 32)).toString('hex')).toBe(hex);
    expect(Buffer.from(sha1PrngBytes(bytes, 16)).toString('hex')).toBe(hex.slice(0, 32));
  });

  it('is one stream: a shorter request is a beginning of a longer one', () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.nat(100), fc.nat(100), (seed, a, b) => {
        const [short, long] = [Math.min(a, b), Math.max(a, b)];
        expect(sha1PrngBytes(seed, long).subarray(0, short)).toEqual(sha1PrngBytes(seed, short));
      }),
    );
  });
});

describe('encryptAccountData', () => {
  it.each<[string, string, EncryptType, string, string, string]>([
    [
      'saas-v2.md 4.3 type 1',
      accessKey,
      '1',
      'A1b2C3d4E5f6G7h8',
      'admin@example.com',
      'AOluf9yxQc6FfJisz0agRAC6/qZlohWs2FVKa3GL6uY=',
    ],
    [
      'saas-v2.md 4.3 type 2',
      accessKey,
      '2',
      'A1b2C3d4E5f6G7h8',
      'admin@example.com',
      'OmtpmqJUOMvpPwOkxdN4n4huykP8ynSVniJfiv6xcLQ=',
    ],
    [
      'saas-v1.md 5.4 row 1',
      v1Key,
      '1',
      'A1b2C3d4E5f6G7h8',
      'admin@acme.example',
      'JVce8rcr7wQTGOkq44IgXzgBkf/jX2O/c8MIBuCob58=',
    ],
    [
      'saas-v1.md 5.4 row 2',
      v1Key,
      '2',
      'A1b2C3d4E5f6G7h8',
      'admin@acme.example',
      'UfYR0Ljxo2vwYU1PR8tgGEGJkdKuTFs5c/Ti7+FVj0s=',
    ],
    ['saas-v1.md 5.4 row 3', v1Key, '1', 'Z9y8X7w6V5u4T3s2', 'Init-Pass-1', 'gbedG+gwCyLRxLdRyvB1mQ=='],
    ['saas-v1.md 5.4 row 4', v1Key, '1', 'Q7w8E9r0T1y2U3i4', '13800000001', '1PYQqUfgQ5TBHz116VpuWA=='],
  ])('gives the value of %s', (_, key, type, iv, text, base64) => {
    expect(encryptAccountData(text, key, type, iv)).toBe(iv + base64);
    expect(decryptAccountData(iv + base64, key, type)).toEqual({ ok: true, text });
  });

  it('is undone by decryptAccountData', () => {
    const iv = fc.stringMatching(/^[A-Za-z0-9]{16}$/);
    const text = fc.string({ unit: 'grapheme', maxLength: 15 }).filter((each) => Buffer.byteLength(each) <= 79);
    fc.assert(
      fc.property(text, fc.string(), fc.constantFrom(...types), iv, (clear, key, type, each) => {
        expect(decryptAccountData(encryptAccountData(clear, key, type, each), key, type)).toEqual({
          ok: true,
          text: clear,
        });
      }),
    );
  });

  it('refuses an IV that is not 16 letters and digits', () => {
    expect(() => encryptAccountData('a', accessKey, '1', 'short')).toThrow(RangeError);
  });
});

describe('decryptAccountData refuses', () => {
  const value = encryptAccountData('admin@example.com', accessKey, '1', 'A1b2C3d4E5f6G7h8');
  it.each([
    ['a value without IV', value.slice(16), 'secret.no-iv'],
    ['another key', encryptAccountData('admin@example.com', 'another-key', '1', 'A1b2C3d4E5f6G7h8'), 'secret.key'],
    ['the other algorithm', encryptAccountData('admin@example.com', accessKey, '2', 'A1b2C3d4E5f6G7h8'), 'secret.type'],
    ['clear text', 'admin@example.com', 'secret.plain'],
    ['short clear text', 'Init-Pass-1', 'secret.plain'],
    ['80 bytes of text', encryptAccountData('x'.repeat(80), accessKey, '1', 'A1b2C3d4E5f6G7h8'), 'secret.length'],
    ['an altered IV', `!${value.slice(1)}`, 'secret.plain'],
    ['altered base64', `${value.slice(0, -2)}!=`, 'secret.plain'],
  ])('%s', (_, given, code) => {
    const refusal = decryptAccountData(given, accessKey, '1');
    expect(refusal).toMatchObject({ ok: false, diagnosis: [{ code }] });
    expect(JSON.stringify(refusal)).not.toContain(given);
  });

  /** saas-v1.md 5.4: the first text encrypted with the key text, padded with zeros. */
  const zeroPadded = 'A1b2C3d4E5f6G7h82DFCA7kAUSo0s+rQm2bW7VkMxTP3OBUDrzxvWooT574=';
  const right = encryptAccountData('admin@acme.example', v1Key, '1', 'A1b2C3d4E5f6G7h8');
  const iv = right.slice(0, 16);
  const bytes = Buffer.from(right.slice(16), 'base64');
  it.each([
    ['the key text itself, saas-v1.md 5.4 (F7b)', zeroPadded, 'secret.key', 'the key text itself'],
    [
      'SHA-256 of the key (F7b)',
      aes('aes-256-cbc', createHash('sha256').update(v1Key).digest(), iv),
      'secret.key',
      'SHA-256',
    ],
    ['MD5 of the key (F7b)', aes('aes-128-cbc', createHash('md5').update(v1Key).digest(), iv), 'secret.key', 'MD5'],
    ['ECB (F7b)', aes('aes-256-ecb', sha1PrngBytes(Buffer.from(v1Key), 32), null), 'secret.key', 'ECB'],
    [
      'an IV of zeros (F7b)',
      aes('aes-256-cbc', sha1PrngBytes(Buffer.from(v1Key), 32), '\0'.repeat(16)),
      'secret.key',
      'zeros',
    ],
    ['a key with a newline', encryptAccountData('admin@acme.example', `${v1Key}\n`, '1', iv), 'secret.key', 'newline'],
    ['hex (F7d)', iv + bytes.toString('hex'), 'secret.form', 'hex'],
    ['URL-safe base64 (F7d)', iv + bytes.toString('base64url'), 'secret.form', 'URL-safe'],
    [
      'a + that became a blank (F6)',
      encryptAccountData('13800000011', v1Key, '1', plusIv()).replaceAll('+', ' '),
      'secret.form',
      'blank',
    ],
  ])('and names the mistake: %s', (_, value, code, seen) => {
    const refusal = decryptAccountData(value, v1Key, '1');
    expect(refusal).toMatchObject({ ok: false, diagnosis: [{ code, seen: expect.stringContaining(`fits: `) }] });
    expect(JSON.stringify(refusal)).toContain(seen);
    expect(JSON.stringify(refusal)).not.toContain('acme');
  });

  it('row 2 of saas-v1.md 5.4 read with type 1 (F7c)', () => {
    const value = 'A1b2C3d4E5f6G7h8UfYR0Ljxo2vwYU1PR8tgGEGJkdKuTFs5c/Ti7+FVj0s=';
    expect(decryptAccountData(value, v1Key, '1')).toMatchObject({ ok: false, diagnosis: [{ code: 'secret.type' }] });
  });

  it('takes another limit for another member', () => {
    const long = encryptAccountData('x'.repeat(100), accessKey, '1', 'A1b2C3d4E5f6G7h8');
    expect(decryptAccountData(long, accessKey, '1', 256)).toMatchObject({ ok: true });
  });

  it('takes 79 bytes of text', () => {
    const longest = encryptAccountData('x'.repeat(79), accessKey, '1', 'A1b2C3d4E5f6G7h8');
    expect(longest).toHaveLength(124);
    expect(decryptAccountData(longest, accessKey, '1')).toMatchObject({ ok: true });
  });
});

/** The IV in front, then base64 of the first text of saas-v1.md 5.4, encrypted in another way. */
function aes(algorithm: string, aesKey: Uint8Array, iv: string | null): string {
  const cipher = createCipheriv(algorithm, aesKey, iv === null ? null : Buffer.from(iv, 'latin1'));
  const bytes = Buffer.concat([cipher.update('admin@acme.example', 'utf8'), cipher.final()]);
  return `A1b2C3d4E5f6G7h8${bytes.toString('base64')}`;
}

/** An IV with which the ciphertext has a `+`. */
function plusIv(): string {
  const all = Array.from({ length: 500 }, (_, index) => `A1b2C3d4E5f6G${String(index).padStart(3, '0')}`);
  return all.find((each) => encryptAccountData('13800000011', v1Key, '1', each).includes('+')) ?? '';
}
