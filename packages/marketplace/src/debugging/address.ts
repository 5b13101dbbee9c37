/** What a production address may be (S-20, saas-v2.md 1.3). */
import { isIP } from 'node:net';
import { ok, type Result, refuse } from '../platform/result.ts';

export type Mode = 'sandbox' | 'production';

const LONGEST = 255;

/**
 * Scheme and domain, no path. In production https and a domain name; the sandbox also takes http, this machine and
 * bare addresses. @returns the origin as URLs write it: lower case, default port left out
 */
export function parseAddress(text: string, mode: Mode): Result<string> {
  const bad = (message: string) => refuse('ADDRESS_INVALID', message);
  if (text.length > LONGEST) return bad(`an address has at most ${LONGEST} characters`);
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text))
    return bad('write scheme and domain, e.g. https://console.example.com');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return bad('an address carries no user name');
  if (url.search !== '' || url.hash !== '' || url.pathname !== '/')
    return bad('write scheme and domain without a path; the path is given when debugging');
  if (mode === 'sandbox') return ok(url.origin);
  if (url.protocol !== 'https:') return bad('https is required (saas-v2.md 1.3)');
  if (isIP(hostOf(url.origin)) !== 0) return bad('a domain name is required, no bare IP address (saas-v2.md 1.3)');
  if (!/^[^.]+(\.[^.]+)+$/.test(url.hostname)) return bad('a public domain name is required (saas-v2.md 1.3)');
  return ok(url.origin);
}

/** Domain or IP address of an origin, without brackets and port. */
export const hostOf = (origin: string): string => new URL(origin).hostname.replace(/^\[|\]$/g, '');

/** An address of this machine needs no proof in a sandbox: nobody else can answer there. */
export const isLocal = (origin: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/.test(hostOf(origin));

/** Whether a web address lies at an origin. */
export const isAt = (origin: string, url: string): boolean => URL.canParse(url) && new URL(url).origin === origin;

/** Origin and path as one web address. @param path begins with a slash */
export function joinPath(origin: string, path: string): Result<string> {
  const bad = refuse('PATH_INVALID', 'a path begins with / and has no blanks, e.g. /saasproduce');
  if (!/^\/[\x21-\x7e]{0,500}$/.test(path) || path.startsWith('//') || !URL.canParse(origin + path)) return bad;
  return isAt(origin, origin + path) ? ok(origin + path) : bad;
}
