/**
 * Links to a file for one person and one time (L21): the signature binds file, user and end, so that a link that was
 * passed on opens nothing for anybody else. The key is derived from the marketplace's key ring.
 */
import type { KeyRing } from '../key-ring.ts';

const PURPOSE = 'file-link';
/** deliveries: 24 h (L21) */
export const LINK_HOURS = 24;
const HOUR_MS = 3_600_000;

export interface FileLink {
  /** path with query, to be opened in the session of the user it was made for */
  readonly url: string;
  readonly expiresAt: Date;
}

export function fileLink(
  { keys }: { readonly keys: KeyRing },
  fileId: string,
  { forUser, now, hours = LINK_HOURS }: { readonly forUser: string; readonly now: Date; readonly hours?: number },
): FileLink {
  const until = Math.floor((now.getTime() + hours * HOUR_MS) / 1000);
  const signature = keys.sign(textOf(fileId, forUser, until), PURPOSE);
  const query = new URLSearchParams({ until: String(until), signature });
  return { url: `/api/console/files/${fileId}?${query}`, expiresAt: new Date(until * 1000) };
}

export interface GivenLink {
  readonly fileId: string;
  readonly userId: string;
  /** seconds since 1970, as text from the address */
  readonly until: string;
  readonly signature: string;
}

/** `foreign`: forged, altered, or made for somebody else; all of these are told alike. */
export function checkLink(keys: KeyRing, link: GivenLink, now: Date): 'valid' | 'expired' | 'foreign' {
  if (!/^\d{1,12}$/.test(link.until)) return 'foreign';
  const until = Number(link.until);
  if (!keys.isSigned(textOf(link.fileId, link.userId, until), link.signature, PURPOSE)) return 'foreign';
  return now.getTime() < until * 1000 ? 'valid' : 'expired';
}

const textOf = (fileId: string, userId: string, until: number): string => `${fileId}\n${userId}\n${until}`;
