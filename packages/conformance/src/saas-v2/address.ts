/** The production address itself: HTTPS and a domain name, once it leaves the developer's machine (saas-v2.md 1.3). */
import { isIP } from 'node:net';
import { type Diagnosis, diagnose } from '@jishi/protocol';
import type { ConformanceCase } from '../case.ts';
import { caseOf } from './case-of.ts';

export function addressCase(): ConformanceCase {
  return caseOf(
    'address.production',
    ['The address is HTTPS with a domain name, or on this machine', '地址使用 HTTPS 和域名，或在本机'],
    '1.3',
    async ({ target }) => addressProblems(target),
  );
}

export function addressProblems({ protocol, hostname, href }: URL): readonly Diagnosis[] {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isForDevelopment(host)) return [];
  return [
    ...(protocol === 'https:' ? [] : [diagnose('transport.plain-http', { seen: href })]),
    ...(isIP(host) === 0 ? [] : [diagnose('transport.bare-ip', { seen: host })]),
  ];
}

/** This machine, its network, and the names that never lead anywhere else. */
function isForDevelopment(host: string): boolean {
  if (isIP(host) === 4) return /^(127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|0\.0\.0\.0$)/.test(host);
  if (isIP(host) === 6) return /^(::1$|::$|f[cd]|fe[89ab])/i.test(host);
  return !host.includes('.') || /\.(localhost|local|test|internal|lan|home\.arpa)$/i.test(host);
}
