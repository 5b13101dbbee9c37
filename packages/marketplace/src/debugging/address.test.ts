/** What a production address may be: scheme and domain; https and a name in production. */
import { describe, expect, it } from 'vitest';
import { isLocal, joinPath, parseAddress } from './address.ts';

const parsed = (text: string, mode: 'sandbox' | 'production') => {
  const result = parseAddress(text, mode);
  return result.ok ? result.value : result.refusal.code;
};

describe('in production', () => {
  it.each([
    ['https://console.example.com', 'https://console.example.com'],
    ['HTTPS://Console.Example.com/', 'https://console.example.com'],
    ['https://console.example.com:8443', 'https://console.example.com:8443'],
    ['https://控制台.example.com', 'https://xn--xcrx5b1z3a.example.com'],
  ])('%s is taken as %s', (text, origin) => {
    expect(parsed(text, 'production')).toBe(origin);
  });

  it.each([
    'http://console.example.com',
    'https://192.0.2.10',
    'https://3221225994',
    'https://0x7f.1',
    'https://[2001:db8::1]',
    'https://localhost',
    'https://intranet',
    'https://console.example.com/saasproduce',
    'https://console.example.com?x=1',
    'https://user:secret@console.example.com',
    'ftp://console.example.com',
    'console.example.com',
    '',
    `https://${'a'.repeat(300)}.example.com`,
  ])('%j is refused', (text) => {
    expect(parsed(text, 'production')).toBe('ADDRESS_INVALID');
  });
});

it('the sandbox takes this machine as well, but no path either', () => {
  expect(parsed('http://127.0.0.1:4000', 'sandbox')).toBe('http://127.0.0.1:4000');
  expect(parsed('http://127.0.0.1:4000/produce', 'sandbox')).toBe('ADDRESS_INVALID');
  expect([isLocal('http://127.0.0.1:4000'), isLocal('http://[::1]:4000'), isLocal('http://10.0.0.1')]).toEqual([
    true,
    true,
    false,
  ]);
});

describe('origin and path', () => {
  it('make one address', () => {
    expect(joinPath('https://a.example.com', '/saasproduce?x=1')).toEqual({
      ok: true,
      value: 'https://a.example.com/saasproduce?x=1',
    });
  });
  it.each(['', 'saasproduce', '//evil.example', '/a b', '@evil.example', '/\u0000', `/${'x'.repeat(600)}`])(
    '%j is no path',
    (path) => {
      expect(joinPath('https://a.example.com', path)).toMatchObject({ ok: false, refusal: { code: 'PATH_INVALID' } });
    },
  );
});
