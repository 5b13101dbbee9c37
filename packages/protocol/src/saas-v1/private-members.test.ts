import { describe, expect, it } from 'vitest';
import { encryptAccountData } from '../secrets/account-data.ts';
import { decryptPrivateMemberV1, privateMembersV1 } from './private-members.ts';

/** Who gets which private member, and in which form (saas-v1.md 2.4, 5.2). */

const key = 'koo-v1-demo-key-0001';
/** saas-v1.md 5.4, row 4. */
const MOBILE = 'Q7w8E9r0T1y2U3i41PYQqUfgQ5TBHz116VpuWA==';
const customer = { mobilePhone: '13800000001', email: 'li@acme.example', userId: 'u-1', userName: 'li' };
const cipher = { key, encryptType: '1' as const, newIv: () => 'Q7w8E9r0T1y2U3i4' };

describe('privateMembersV1', () => {
  it('sends what the ticked boxes allow, mobilePhone as in saas-v1.md 5.4', () => {
    expect(privateMembersV1(customer, {}, cipher)).toEqual({});
    expect(privateMembersV1(customer, { mobilePhone: true }, cipher)).toEqual({ mobilePhone: MOBILE });
    expect(privateMembersV1(customer, { iamUser: true }, cipher)).toEqual({ userId: 'u-1', userName: 'li' });
    expect(privateMembersV1({}, { mobilePhone: true, email: true, iamUser: true }, cipher)).toEqual({});
  });

  it('encrypts the e-mail with an IV of its own', () => {
    const ivs = ['Q7w8E9r0T1y2U3i4', 'A1b2C3d4E5f6G7h8'];
    const newIv = () => ivs.shift() ?? '';
    const { email } = privateMembersV1(customer, { mobilePhone: true, email: true }, { ...cipher, newIv });
    expect(email).toMatch(/^A1b2C3d4E5f6G7h8/);
    expect(decryptPrivateMemberV1(email ?? '', key, '1')).toMatchObject({ text: customer.email });
  });
});

describe('decryptPrivateMemberV1', () => {
  it.each(['1', '2'] as const)('tries the configured size (%s), then the other', (configured) => {
    expect(decryptPrivateMemberV1(MOBILE, key, configured)).toEqual({
      ok: true,
      text: '13800000001',
      encryptType: '1',
    });
  });

  it('takes up to 256 characters, and repairs blanks', () => {
    const long = encryptAccountData('>'.repeat(175), key, '2', 'A1b2C3d4E5f6G7h8');
    expect([long.length, long.includes('+')]).toEqual([252, true]);
    expect(decryptPrivateMemberV1(long.replaceAll('+', ' '), key, '1')).toMatchObject({ encryptType: '2' });
    expect(decryptPrivateMemberV1('x'.repeat(257), key, '1')).toMatchObject({ diagnosis: [{ code: 'secret.length' }] });
  });

  it('yields nothing of 16 characters or fewer', () => {
    expect(decryptPrivateMemberV1(MOBILE.slice(0, 16), key, '1')).toMatchObject({ ok: true, text: null });
    expect(decryptPrivateMemberV1(`${MOBILE.slice(0, 16)}=`, key, '1')).toMatchObject({ ok: false });
  });

  it('says why it cannot', () => {
    expect(decryptPrivateMemberV1(MOBILE, 'another', '1')).toMatchObject({
      ok: false,
      diagnosis: [{ code: 'secret.key', reference: 'saas-v1.md 11 F7b' }],
    });
  });
});
