import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalPayload, parseObject } from '../json.ts';
import { signKit } from '../kit/sign.ts';
import { verifyKit } from '../kit/verify.ts';
import { bodySign } from '../signing/body-sign.ts';
import { signBase } from './sign.ts';
import { verifyBase } from './verify.ts';

/** Signatures of calls to a seller: the vectors of saas-v2.md 3.4, and that what is signed verifies and nothing else does. */

const accessKey = 'koo-demo-access-key-0001';
const nonce = 'Zx81Qp0aLm55Rt7w';
const timestamp = '1767225600000';
const nowMs = 1_767_225_600_000;

describe('vectors of saas-v2.md 3.4', () => {
  it('base', () => {
    const payload =
      '{"activity":"newInstance","businessId":"3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10","orderId":"CS2601010000TESTA","orderLineId":"CS2601010000TESTA-000001","testFlag":"1"}';
    const signed = signBase({ accessKey, payload, timestamp, nonce });
    expect(signed.bodyMac).toBe('deb807c81285f95ff70ec01684074bc3dca1240e05116b423bf96c506967d7e4');
    expect(signed.signature).toBe('C60A1C2E36EDA8FE9BF480A5FB6DAF715ED107F9DB219A7ED16770D5249C2D39');
    expect(signed.canonicalRequest).toBe(accessKey + nonce + timestamp + signed.bodyMac);
  });

  it('kit', () => {
    const payload =
      '{"domainName":"https://acme.example.com","flag":1,"instanceId":"3f0c8f1e-7b1d-4c55-9a53-0c3c5d1f2a10","name":"Acme GmbH","orderId":"CS2601010000TESTA","tenantCode":"acme","tenantId":"8d3c0b6f5f0d4e2f9a77d1c2b3a49586","testFlag":0,"timeStamp":"20260101080000000"}';
    expect(signKit({ accessKey, payload, timestamp, nonce }).signature.toLowerCase()).toBe(
      '57ec549f7b3e3ccf51cd6c0470de3180caee6edeab561e60ab755bcffd6b4f56',
    );
  });

  it('Body-Sign', () => {
    expect(bodySign('{"resultCode":"000000","resultMsg":"success."}', accessKey)).toEqual({
      signature: '6i6Qlt7ZSL5D+jL/PUYJbwD5+OEhQKcC61Kfcjtpc3w=',
      header: 'sign_type="HMAC-SHA256", signature="6i6Qlt7ZSL5D+jL/PUYJbwD5+OEhQKcC61Kfcjtpc3w="',
    });
  });

  it('Body-Sign of saas-v1.md 4', () => {
    const body = new TextEncoder().encode('{"resultCode":"000000","resultMsg":"success."}');
    expect(bodySign(body, 'koo-v1-demo-key-0001').signature).toBe('YX/A5k6qztysDNWv8QMbBJHkfIETAWVEz24QpMfzhok=');
  });
});

describe.each([['base', signBase, verifyBase] as const, ['kit', signKit, verifyKit] as const])(
  '%s calls',
  (_, sign, verify) => {
    const anyBody = fc.dictionary(fc.string({ minLength: 1 }), fc.jsonValue(), { maxKeys: 6 });

    it('verify when signed, in either case of hex, over the wire text or its canonical form', () => {
      fc.assert(
        fc.property(anyBody, fc.string({ minLength: 1 }), fc.boolean(), (object, key, lower) => {
          const body = JSON.stringify(object);
          for (const payload of [body, canonicalPayload(parseObject(body) ?? {})]) {
            const signed = sign({ accessKey: key, payload, timestamp, nonce }).signature;
            const signature = lower ? signed.toLowerCase() : signed;
            expect(verify({ accessKey: key, body, signature, timestamp, nonce, nowMs })).toMatchObject({ ok: true });
          }
        }),
        { numRuns: 50 },
      );
    });

    it('are refused when one byte of the body is changed', () => {
      const payload = '{"activity":"newInstance","orderId":"CS2601010000TESTA","note":"集市"}';
      const { signature } = sign({ accessKey, payload, timestamp, nonce });
      fc.assert(
        fc.property(fc.nat(payload.length - 1), fc.integer({ min: 1, max: 126 }), (at, shift) => {
          const changed = String.fromCharCode((payload.charCodeAt(at) + shift) % 127);
          const body = payload.slice(0, at) + changed + payload.slice(at + 1);
          fc.pre(body !== payload);
          expect(verify({ accessKey, body, signature, timestamp, nonce, nowMs })).toMatchObject({
            ok: false,
            resultCode: '000001',
          });
        }),
        { numRuns: 40 },
      );
    });
  },
);
