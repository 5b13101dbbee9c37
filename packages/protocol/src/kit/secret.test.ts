import { constants, privateDecrypt, publicEncrypt } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPrivateKey, readPublicKey } from './rsa-key.ts';
import { TEST_PRIVATE_KEY, TEST_PUBLIC_KEY } from './rsa-keys.test-support.ts';
import { decryptClientSecret, encryptClientSecret, KIT_PADDINGS, secretSeedBytes } from './secret.ts';

/** A client secret comes out as it went in, with each padding, and other programs (Node, OpenSSL, Java) agree. */

const publicKey = keyOf(readPublicKey(TEST_PUBLIC_KEY));
const privateKey = keyOf(readPrivateKey(TEST_PRIVATE_KEY));

/** Made by OpenJDK 17: Cipher "RSA/ECB/OAEPWithSHA-256AndMGF1Padding", whose MGF1 takes SHA-1. */
const FROM_JAVA = [
  'mF49skkuKVrUeG48/YlRUAiR0cNBKrtrza6v7sooPGerFqa1fAZxsPA0/fEDlAXSmLEGKzb/8mgwfC2iv0JFV0v0X2zv5d71zKq6ocLorBO3fi1b',
  'f9lX695MWApPMi6o3M5chRd1XEC2L0QF7znYB1TmdEBaglw12QjnQlhTBj+wlXgWUye9LvzqVNRVxkRmz9o6glbmi2i4b8aawrjmtgjt+XfcY37G',
  'ULv2f5EVjIjE0IGWlS4E/8zrjyFHbrFy9M8O0zZaCWtXpf8JTIEQgP/7l2R8PbhOYzZXmMYxZerrXw2lgDlQBxV7B17ZS6k31Kr0LgfuX1n4lAPG',
  '3L5QwkCYy6HVlJ/gYgO1t+lsxlp//5o2H4BD/GrEul4inJrauXcUKtt3PIbY8wgujnOKPOzCKEOaSpFQLn7trxSdCi7AjjNzQk0PpLUOpA8U0KYT',
  'UXbao3m0vPkUjLZ5nD5VJInMBMWG6RPuqk9NyA5oqZ6/L+/VYX60CMjBHzYjOHdk',
].join('');

describe('a client secret', () => {
  it('comes out of decryption unchanged, with the padding it was sent with', () => {
    const anySeed = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const property = fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.constantFrom(...KIT_PADDINGS),
      anySeed,
      (text, padding, seed) => {
        const value = encryptClientSecret(text, publicKey, padding, seed.subarray(0, secretSeedBytes(padding)));
        expect(value).toMatch(/^[A-Za-z0-9+/]{512}$/);
        expect(decryptClientSecret(value, privateKey)).toEqual({ ok: true, text, padding });
      },
    );
    fc.assert(property, { numRuns: 30 });
  });

  it.each([
    ['SHA-256/MGF1-SHA-256', 'sha256', 318],
    ['SHA-1/MGF1-SHA-1', 'sha1', 342],
  ] as const)('%s is what Node’s own OAEP writes and reads, up to the longest text', (padding, oaepHash, most) => {
    const options = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash };
    for (const text of ['', 's3cret-中文', 'x'.repeat(most)]) {
      const theirs = publicEncrypt({ key: publicKey, ...options }, Buffer.from(text)).toString('base64');
      expect(decryptClientSecret(theirs, privateKey)).toEqual({ ok: true, text, padding });
      const ours = encryptClientSecret(text, publicKey, padding, seedOf(padding));
      expect(privateDecrypt({ key: privateKey, ...options }, Buffer.from(ours, 'base64')).toString()).toBe(text);
    }
    expect(() => encryptClientSecret('x'.repeat(most + 1), publicKey, padding, seedOf(padding))).toThrow(
      `the secret has ${most + 1} bytes, this key takes at most ${most}`,
    );
  });

  it('is read as Java writes it', () => {
    expect(decryptClientSecret(FROM_JAVA, privateKey)).toEqual({
      ok: true,
      text: 's3cret-中文',
      padding: 'SHA-256/MGF1-SHA-1',
    });
  });

  it('is the same text for the same seed, and takes a seed of the right length only', () => {
    const once = encryptClientSecret('a', publicKey, 'SHA-256/MGF1-SHA-1', seedOf('SHA-256/MGF1-SHA-1'));
    expect(encryptClientSecret('a', publicKey, 'SHA-256/MGF1-SHA-1', seedOf('SHA-256/MGF1-SHA-1'))).toBe(once);
    expect(() => encryptClientSecret('a', publicKey, 'SHA-1/MGF1-SHA-1', Buffer.alloc(32))).toThrow('20 bytes');
  });

  it('may have line breaks and URL-safe letters in its base64', () => {
    const broken = FROM_JAVA.replaceAll('+', '-').replaceAll('/', '_').replace(/.{76}/g, '$&\r\n');
    expect(decryptClientSecret(broken, privateKey)).toMatchObject({ ok: true, text: 's3cret-中文' });
  });
});

describe('a secret that cannot be decrypted is 000101', () => {
  const good = Buffer.from(FROM_JAVA, 'base64');
  it.each<[string, string, string]>([
    ['clear text', 'plain secret!', 'no base64'],
    ['nothing', '', 'no base64'],
    ['a ciphertext of another key size', good.subarray(0, 256).toString('base64'), '256 bytes, this key makes 384'],
    ['a number above the modulus', Buffer.alloc(384, 0xff).toString('base64'), 'not decrypted'],
    ['zeros', Buffer.alloc(384).toString('base64'), 'not decrypted'],
    [
      'PKCS#1 v1.5',
      publicEncrypt({ key: publicKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.from('x')).toString('base64'),
      'not decrypted',
    ],
    [
      'one bit changed',
      Buffer.from(good.map((byte, index) => (index === 9 ? byte ^ 1 : byte))).toString('base64'),
      'not decrypted',
    ],
  ])('%s', (_, value, summary) => {
    const refused = decryptClientSecret(value, privateKey);
    expect(refused).toMatchObject({ ok: false, resultCode: '000101', diagnosis: [{ code: 'kit.secret' }] });
    expect(refused.ok ? '' : refused.diagnosis[0]?.summary.en).toContain(summary);
  });

  it.each([
    ['no zero in front', (block: Buffer) => block.fill(1, 0, 1)],
    ['another label', (block: Buffer) => block.fill(0xaa, 40, 41)],
  ])('a block with %s', (_, spoil) => {
    const block = spoil(blockOf(FROM_JAVA));
    const value = publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, block).toString('base64');
    expect(decryptClientSecret(value, privateKey).ok).toBe(false);
  });
});

function blockOf(value: string): Buffer {
  return privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, Buffer.from(value, 'base64'));
}

function seedOf(padding: (typeof KIT_PADDINGS)[number]): Buffer {
  return Buffer.alloc(secretSeedBytes(padding), 7);
}

function keyOf(reading: ReturnType<typeof readPublicKey>) {
  if (!reading.ok) throw new Error(reading.diagnosis[0]?.summary.en);
  return reading.key;
}
