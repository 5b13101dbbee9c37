import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { decryptAccountData, type EncryptType, encryptAccountData } from '../secrets/account-data.ts';
import { IV_CHARACTERS } from '../secrets/cipher.ts';
import type { NewInstanceRequestV1 } from './requests.ts';
import { inWordsOfV1 } from './words.ts';

/** Limit of `mobilePhone` and `email`, IV included (`saas-v1.md` 6.0.1, Q6). */
export const PRIVATE_MEMBER_MAX_CHARACTERS = 256;

/** The boxes under "user authorisation" of the publishing form (`saas-v1.md` 2.4). */
export interface UserAuthorisation {
  readonly mobilePhone?: boolean | undefined;
  readonly email?: boolean | undefined;
  readonly iamUser?: boolean | undefined;
}

export interface PrivateDataV1 {
  readonly mobilePhone?: string | undefined;
  readonly email?: string | undefined;
  readonly userId?: string | undefined;
  readonly userName?: string | undefined;
}

/**
 * The private members of a newInstance: those whose box is ticked and that the customer has; mobilePhone and email encrypted
 * with the size chosen when publishing, the IAM user in clear (`saas-v1.md` 2.4, 5.2). `newIv` gives 16 fresh random letters
 * and digits for each value.
 */
export function privateMembersV1(
  customer: PrivateDataV1,
  authorised: UserAuthorisation,
  cipher: { readonly key: string; readonly encryptType: EncryptType; newIv(): string },
): Pick<NewInstanceRequestV1, 'mobilePhone' | 'email' | 'userId' | 'userName'> {
  const { mobilePhone, email, userId, userName } = customer;
  const hide = (text: string) => encryptAccountData(text, cipher.key, cipher.encryptType, cipher.newIv());
  return {
    ...(authorised.mobilePhone && mobilePhone ? { mobilePhone: hide(mobilePhone) } : {}),
    ...(authorised.email && email ? { email: hide(email) } : {}),
    ...(authorised.iamUser && userId ? { userId } : {}),
    ...(authorised.iamUser && userName ? { userName } : {}),
  };
}

/**
 * Decrypts mobilePhone or email of a newInstance. The request does not tell the key size: the configured one is tried, then the
 * other (`saas-v1.md` 5.2). Null for a value of 16 characters or fewer, which holds nothing. Blanks are repaired to `+` (F6).
 */
export function decryptPrivateMemberV1(
  value: string,
  key: string,
  configured: EncryptType,
): { ok: true; text: string | null; encryptType: EncryptType } | { ok: false; diagnosis: Diagnosis[] } {
  if (value.length <= IV_CHARACTERS) return { ok: true, text: null, encryptType: configured };
  const repaired = value.replaceAll(' ', '+');
  const first = decryptAccountData(repaired, key, configured, PRIVATE_MEMBER_MAX_CHARACTERS);
  if (first.ok) return { ...first, encryptType: configured };
  const other = configured === '1' ? '2' : '1';
  const second = decryptAccountData(repaired, key, other, PRIVATE_MEMBER_MAX_CHARACTERS);
  return second.ok ? { ...second, encryptType: other } : { ok: false, diagnosis: first.diagnosis.map(inWordsOfV1) };
}
