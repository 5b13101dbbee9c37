/** What an endpoint's address may be. Where it leads is checked once more at each connection (platform/outbound.ts). */
import { isIP } from 'node:net';
import { ok, type Result, refuse } from '../platform/result.ts';
import { LONGEST_URL } from './definition.ts';

/**
 * In production https and a public domain name; the sandbox also takes http, this machine and bare addresses.
 * Refuses WEBHOOK_ADDRESS. @returns the address as URLs write it
 */
export function parseWebhookUrl(text: string, mode: 'sandbox' | 'production'): Result<string> {
  const bad = (message: string) => refuse('WEBHOOK_ADDRESS', message);
  if (text.length > LONGEST_URL) return bad(`an address has at most ${LONGEST_URL} characters`);
  if (!/^https?:\/\/[\x21-\x7e]+$/i.test(text) || !URL.canParse(text))
    return bad('write the whole address, e.g. https://example.com/webhooks');
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return bad('an address carries no user name');
  if (url.hash !== '') return bad('an address has no part after #');
  if (mode === 'sandbox') return ok(url.href);
  if (url.protocol !== 'https:') return bad('https is required');
  if (isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0) return bad('a domain name is required, no bare IP address');
  if (!/^[^.]+(\.[^.]+)+$/.test(url.hostname) || /(^|\.)(localhost|local|internal)\.?$/.test(url.hostname))
    return bad('a public domain name is required');
  return ok(url.href);
}
