/** A secret is hidden in whatever a seller writes around it, at linear cost; everything else stays as it was. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskBody, maskBytes, storable } from './mask.ts';

const S = 'Init-Pass-1';

describe('a body for people', () => {
  it.each([
    ['JSON', `{"userName":"u","password":"${S}"}`, '{"userName":"u","password":"***"}'],
    ['JSON with blanks', `{"password" :\n "${S}" }`, '{"password" :\n "***" }'],
    ['an escaped quote', `{"password":"a\\"${S}","memo":"m"}`, '{"password":"***","memo":"m"}'],
    ['a cut body', `{"password":"${S}`, '{"password":"***"'],
    ['cut inside an escape', `{"password":"${S}\\`, null],
    [
      'JSON in a string',
      `"{\\"password\\":\\"${S}\\",\\"memo\\":\\"m\\"}"`,
      '"{\\"password\\":\\"***\\",\\"memo\\":\\"m\\"}"',
    ],
    ['single quotes', `{'password':'${S}','memo':'m'}`, "{'password':'***','memo':'m'}"],
    ['a number', '{"password":123456,"memo":"m"}', '{"password":"***","memo":"m"}'],
    ['another case', `{"passWord":"${S}"}`, '{"passWord":"***"}'],
    [
      'other secrets',
      `{"clientSecret":"${S}","license":"${S}","licenseKey":"${S}"}`,
      '{"clientSecret":"***","license":"***","licenseKey":"***"}',
    ],
    [
      'licences and codes, one and many',
      `{"license_list":["${S}","${S}"],"data":{"license_code":"${S}"},"characters":"${S}"}`,
      '{"license_list":[],"data":{"license_code":"***"},"characters":"***"}',
    ],
    ['a cut list of codes', `{"license_list":["${S}","${S}`, '{"license_list":[]'],
    ['nothing secret', '{"password":null,"passwordHint":"dog"}', '{"password":null,"passwordHint":"dog"}'],
    ['an empty secret', '{"password":""}', '{"password":"***"}'],
  ])('%s', (_, body, masked) => {
    expect(maskBody(body)).not.toContain(S);
    if (masked !== null) expect(maskBody(body)).toBe(masked);
  });

  it('hides any password that JSON can carry, and the JSON stays JSON', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), fc.string(), (password, memo) => {
        const masked: unknown = JSON.parse(maskBody(JSON.stringify({ a: [{ password, memo }] })));
        expect(masked).toEqual({ a: [{ password: '***', memo }] });
      }),
    );
  });

  it('costs linear time, whatever the body', () => {
    const startedMs = performance.now();
    for (const part of ['\\', '"password":', '"password":"', "'password':\\'", '"password":\\"', '"license_list":['])
      maskBody(part.repeat(Math.floor(1_048_576 / part.length)));
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it('of bytes keeps every other byte, and is the same object when there is nothing to hide', () => {
    const plain = Uint8Array.from([0xef, 0xbb, 0xbf, 0x7b, 0xff, 0x7d]);
    expect(maskBytes(plain)).toBe(plain);
    const gbk = Buffer.concat([Buffer.from([0xd6, 0xd0]), Buffer.from(`{"password":"${S}"}`), Buffer.from([0xff])]);
    expect(Buffer.from(maskBytes(gbk)).toString('latin1')).toBe('ÖÐ{"password":"***"}ÿ');
  });
});

describe('storable text', () => {
  it('has no U+0000 and no half of a surrogate pair', () => {
    expect(storable('a\u0000b\ud800c\udc00d')).toBe('a\ufffdb\ufffdc\ufffdd');
    expect(storable('集市 😀')).toBe('集市 😀');
  });
});
