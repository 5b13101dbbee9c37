/** The gateway is believed by its signature only, and its cashier can check where the buyer comes from. */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signedGateway } from './signed.ts';

const secret = 'a-secret-of-the-gateway';
const gateway = signedGateway({ url: 'https://pay.example/cashier', secret });
const notice = { paymentId: 'p1', outcome: 'PAID', amount: '10.00', currency: 'CNY', gatewayReference: 'g1' };
const sign = (text: string) => `sha256=${createHmac('sha256', secret).update(text).digest('hex')}`;

describe('a signed gateway', () => {
  it('signs the address of its cashier over all that is asked', () => {
    const url = gateway.cashierUrl({
      paymentId: 'p1',
      amount: '10.00',
      currency: 'CNY',
      returnUrl: 'https://m.example/wallet',
    });
    const [query, signature] = new URL(url).search.slice(1).split('&signature=');
    expect(`sha256=${signature}`).toBe(sign(query ?? ''));
    expect(new URLSearchParams(query).get('returnUrl')).toBe('https://m.example/wallet');
  });

  it('reads a notice with the right signature, and no other', () => {
    const body = JSON.stringify(notice);
    expect(gateway.readNotice(body, sign(body))).toMatchObject({ ok: true, value: notice });
    expect(gateway.readNotice(`${body} `, sign(body))).toMatchObject({
      ok: false,
      refusal: { code: 'SIGNATURE_WRONG' },
    });
    expect(gateway.readNotice(body, '')).toMatchObject({ ok: false, refusal: { code: 'SIGNATURE_WRONG' } });
  });

  it.each([['not json'], [JSON.stringify({ ...notice, amount: '10' })], [JSON.stringify({ ...notice, more: 1 })]])(
    'refuses what is not as agreed: %s',
    (body) => {
      expect(gateway.readNotice(body, sign(body))).toMatchObject({ ok: false, refusal: { code: 'VALIDATION' } });
    },
  );
});
