/** Codes of an authenticator app (RFC 6238: SHA-1, 6 digits, 30 s, as the apps take them) and codes for when it is lost. */
import { createHash } from 'node:crypto';
import { generateURI, ScureBase32Plugin, verifySync } from 'otplib';
import { type Random, randomText } from '../platform/random.ts';

/** RFC 4226, 4: at least 128 bits, 160 recommended */
const SECRET_BYTES = 20;
/** one step to either side: a telephone's clock is not ours (RFC 6238, 5.2 allows one) */
const TOLERANCE_SECONDS = 30;
const base32 = new ScureBase32Plugin();

/** A new secret in Base32, as people type it into an app that can not see the picture. */
export const newSecret = (random: Random): string => base32.encode(random.bytes(SECRET_BYTES), { padding: false });

/** What an app reads from the picture. */
export const appAddress = (issuer: string, loginName: string, secret: string): string =>
  generateURI({ issuer, label: loginName, secret });

/** The time step of a right code, for which it is never taken again; null = wrong. */
export function stepOf(secret: string, code: string, at: Date): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const epoch = Math.floor(at.getTime() / 1000);
  const found = verifySync({ secret, token: code, epoch, epochTolerance: TOLERANCE_SECONDS });
  return found.valid && 'timeStep' in found ? found.timeStep : null;
}

export const RECOVERY_CODES = 10;
/** without the signs that are read for one another: 0 and O, 1, I and L, U and V */
const READABLE = 'abcdefghjkmnpqrstwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 4;

/** Ten codes of 77 bits each: too many to try, so a fast hash keeps them. */
export const newRecoveryCodes = (random: Random): string[] =>
  Array.from({ length: RECOVERY_CODES }, () =>
    Array.from({ length: GROUPS }, () => randomText(random, GROUP_LENGTH, READABLE)).join('-'),
  );

/** Hyphens, blanks and capitals are how people write it down. */
export const recoveryHash = (code: string): string =>
  createHash('sha256')
    .update(`recovery:${code.toLowerCase().replaceAll(/[\s-]/g, '')}`)
    .digest('hex');
