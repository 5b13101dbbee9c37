/** What the calls that tell an order say of it: V1.0's newInstance (saas-v1.md 6.0.1), online License's getLicense (license-and-other-types.md 3.2). */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../platform/random.ts';
import type { Purchase } from '../purchase.ts';
import { adapterOf, type CallSubject } from './index.ts';

const purchase: Purchase = {
  customerId: 'c-1',
  customerName: 'acme',
  customer: { mobilePhone: '', email: '', userId: 'u-1', userName: undefined },
  authorised: { mobilePhone: false, email: false, iamUser: false },
  encryptType: '1',
  skuCode: 'sku-1',
  productId: 'OFFI1',
  trial: false,
  supervised: false,
  expireAt: new Date('2027-01-05T15:59:59Z'),
  chargingMode: 'PERIOD',
  periodType: 'year',
  periodNumber: 1,
  amount: '12.00',
  quantity: 30,
  linearCode: 'amount',
  parameters: [],
};
function sent(protocol: string, activity: string, more: Partial<Purchase> = {}): Record<string, string> {
  const subject: CallSubject = {
    id: 'call-1',
    ...{ protocol, activity, orderId: 'CS1', orderLineId: 'CS1-000001', resourceId: 'CS1-000001' },
    ...{ instanceId: null, details: null, purchase: { ...purchase, ...more }, code: null },
  };
  const target = { productionUrl: 'https://seller.example/produce', accessKey: 'key-0001' };
  const { url } = adapterOf(protocol).build(subject, target, new Date('2026-01-05T02:00:00Z'), seededRandom('r'));
  return Object.fromEntries(new URL(url).searchParams);
}

describe('newInstance of V1.0', () => {
  it('tells whether the order is supervised (Q4)', () => {
    expect(sent('saas-v1', 'newInstance').provisionType).toBe('1');
    expect(sent('saas-v1', 'newInstance', { supervised: true }).provisionType).toBe('2');
  });
});

describe('getLicense', () => {
  it('of a period has an end and no chargingMode (Q3)', () => {
    const members = sent('license-identification', 'getLicense');
    expect(members).toMatchObject({
      periodType: 'year',
      periodNumber: '1',
      expireTime: '20270105155959',
      amount: '30',
    });
    expect(members).not.toHaveProperty('chargingMode');
  });

  it('of a perpetual licence has neither (L15); without the attribute there is no amount (L13)', () => {
    const once = { chargingMode: 'ONE_TIME' as const, periodType: null, periodNumber: null, expireAt: null };
    const members = sent('license-identification', 'getLicense', { ...once, linearCode: null });
    expect(members.chargingMode).toBe('3');
    for (const absent of ['periodType', 'periodNumber', 'expireTime', 'amount'])
      expect(members).not.toHaveProperty(absent);
  });
});
