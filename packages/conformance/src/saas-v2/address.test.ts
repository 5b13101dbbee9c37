import { describe, expect, it } from 'vitest';
import { addressProblems } from './address.ts';

/** Outside of the developer's network an address is HTTPS with a name (saas-v2.md 1.3). */

describe('addressProblems', () => {
  it.each([
    'https://www.isvwebsite.com/saasproduce',
    'http://localhost:8080/p',
    'http://127.0.0.1:8080/p',
    'http://[::1]:8080/p',
    'http://192.168.1.5/p',
    'http://172.31.0.1/p',
    'http://seller/p',
    'http://shop.localhost/p',
  ])('finds nothing in %s', (url) => expect(codes(url)).toEqual([]));

  it.each([
    ['http://www.isvwebsite.com/p', ['transport.plain-http']],
    ['https://203.0.113.7/p', ['transport.bare-ip']],
    ['http://203.0.113.7/p', ['transport.plain-http', 'transport.bare-ip']],
    ['http://[2001:db8::1]/p', ['transport.plain-http', 'transport.bare-ip']],
    ['http://172.32.0.1/p', ['transport.plain-http', 'transport.bare-ip']],
  ])('%s: %j', (url, expected) => expect(codes(url)).toEqual(expected));
});

function codes(url: string): readonly string[] {
  return addressProblems(new URL(url)).map(({ code, severity }) => `${severity === 'warning' ? '' : 'error '}${code}`);
}
