import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readPrivateKey, readPublicKey } from './rsa-key.ts';
import { privatePem, publicPem, SHORT_PUBLIC_KEY, TEST_PRIVATE_KEY, TEST_PUBLIC_KEY } from './rsa-keys.test-support.ts';

/** Keys are read in every form that consoles and files give them, and refused with the reason. */

const pkcs1 = createPublicKey(publicPem(TEST_PUBLIC_KEY)).export({ type: 'pkcs1', format: 'pem' }).toString();
const pkcs1Private = createPrivateKey(privatePem(TEST_PRIVATE_KEY)).export({ type: 'pkcs1', format: 'pem' }).toString();
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ecPublic = ec.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const ecPrivate = ec.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' });

describe('a public key', () => {
  it.each([
    ['PEM', publicPem(TEST_PUBLIC_KEY)],
    ['base64 without header lines', TEST_PUBLIC_KEY],
    ['base64 in lines', `${TEST_PUBLIC_KEY.replace(/.{64}/g, '$&\r\n')}\n`],
    ['PKCS#1', pkcs1],
    ['PKCS#1 without header lines', pkcs1.replace(/-----.*-----/g, '')],
    ['an environment variable with \\n', publicPem(TEST_PUBLIC_KEY).replaceAll('\n', '\\n')],
  ])('is read as %s', (_, text) => {
    expect(readPublicKey(text)).toMatchObject({ ok: true, bits: 3072 });
  });

  it.each([
    ['nothing', '', 'no RSA public key'],
    ['rubbish', 'not a key at all', 'no RSA public key'],
    ['a cut key', TEST_PUBLIC_KEY.slice(0, 200), 'no RSA public key'],
    ['a very long text', 'A'.repeat(1_000_000), 'no RSA public key'],
    ['2048 bits', SHORT_PUBLIC_KEY, 'the key has 2048 bits, at least 3072 are needed'],
    ['another algorithm', ecPublic, 'of type ec, not RSA'],
    ['a private key', privatePem(TEST_PRIVATE_KEY), 'a private key'],
    ['a bare private key', TEST_PRIVATE_KEY, 'a private key'],
    ['a bare private key of PKCS#1', pkcs1Private.replace(/-----.*-----/g, ''), 'a private key'],
  ])('is refused: %s', (_, text, reason) => {
    const refused = readPublicKey(text);
    expect(refused).toMatchObject({ ok: false, diagnosis: [{ code: 'kit.secret', severity: 'error' }] });
    expect(refused.ok ? '' : refused.diagnosis[0]?.summary.en).toContain(reason);
    expect(refused.ok ? '' : refused.diagnosis[0]?.fix.en).toContain('rsa_keygen_bits:3072');
  });
});

describe('a private key', () => {
  it.each([
    ['PEM', privatePem(TEST_PRIVATE_KEY)],
    ['base64 without header lines', TEST_PRIVATE_KEY],
  ])('is read as %s', (_, text) => {
    expect(readPrivateKey(text)).toMatchObject({ ok: true, bits: 3072 });
  });

  it.each([
    ['rubbish', 'x', 'no RSA private key'],
    ['a public key', publicPem(TEST_PUBLIC_KEY), 'a public key'],
    ['a passphrase', String(ecPrivate), 'a passphrase'],
  ])('is refused: %s', (_, text, reason) => {
    const refused = readPrivateKey(text);
    expect(refused.ok ? '' : refused.diagnosis[0]?.summary.en).toContain(reason);
  });
});
