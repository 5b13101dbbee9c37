/** Codes are those of RFC 6238, and recovery codes are read as people write them. */
import { expect, it } from 'vitest';
import { seededRandom } from '../platform/random.ts';
import { appAddress, newRecoveryCodes, newSecret, RECOVERY_CODES, recoveryHash, stepOf } from './second-factor-code.ts';

/** the secret of RFC 6238, appendix B, for SHA-1: 12345678901234567890 */
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

it.each([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_111_111_111, '050471', 37_037_037],
  [1_234_567_890, '005924', 41_152_263],
  [2_000_000_000, '279037', 66_666_666],
])('RFC 6238, appendix B: at %i s the code is %s', (seconds, code, step) => {
  expect(stepOf(SECRET, code, new Date(seconds * 1000))).toBe(step);
  // a telephone that is a step behind or ahead, and none that is further away
  expect(stepOf(SECRET, code, new Date((seconds + 30) * 1000))).toBe(step);
  expect(stepOf(SECRET, code, new Date((seconds + 90) * 1000))).toBeNull();
});

it.each(['', '28708', '2870822', 'abcdef', '２８７０８２'])('takes no “%s” for a code', (code) => {
  expect(stepOf(SECRET, code, new Date(59_000))).toBeNull();
});

it('makes secrets of 160 bits, and an address that apps read', () => {
  const secret = newSecret(seededRandom('secret'));
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const address = new URL(appAddress('market.example', 'ann@example.com', secret));
  expect([address.protocol, address.host, address.searchParams.get('secret')]).toEqual(['otpauth:', 'totp', secret]);
  expect(address.searchParams.get('issuer')).toBe('market.example');
});

it('makes ten different recovery codes, the same however they are written', () => {
  const codes = newRecoveryCodes(seededRandom('codes'));
  expect(new Set(codes).size).toBe(RECOVERY_CODES);
  for (const code of codes) {
    expect(code).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(recoveryHash(` ${code.toUpperCase().replaceAll('-', ' ')}`)).toBe(recoveryHash(code));
  }
});
