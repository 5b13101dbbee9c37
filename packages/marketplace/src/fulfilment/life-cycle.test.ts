/** Which call follows from what happened to an instance, in each protocol (the table of saas-v2.md 6, saas-v1.md 1.2, 6). */
import { describe, expect, it } from 'vitest';
import { activityOf, needOf } from './life-cycle.ts';

const ref = (chargingMode: string) => ({
  resourceId: 'CS1-000001',
  instanceId: 'inst-1',
  buyerId: 'b',
  sellerId: 's',
  goodsId: 'g',
  orderId: 'CS1',
  chargingMode,
  state: 'ACTIVE',
  productName: { zh: '', en: '' },
});
const line = { orderId: 'CS2', orderLineId: 'CS2-000001' };
const refresh = (scene: string) => ({
  ...line,
  call: {
    scene,
    productId: null,
    expireTime: '2027-01-05T15:59:59.000Z',
    periodType: 'month',
    periodNumber: 1,
    orderAmount: '-10.00',
  },
});

const TABLE: readonly [type: string, mode: string, payload: object, v2: string | null, v1: string | null][] = [
  ['period-changed', 'PERIOD', refresh('RENEWAL'), 'refreshInstance', 'refreshInstance'],
  ['period-changed', 'PERIOD', refresh('UNSUBSCRIBE_RENEWAL_PERIOD'), 'refreshInstance', 'refreshInstance'],
  [
    'change-ordered',
    'PERIOD',
    { ...line, call: { skuCode: 's', productId: 'p', quantity: 2, linearCode: null } },
    'upgradeInstance',
    'upgrade',
  ],
  ['frozen', 'PERIOD', { reason: 'EXPIRED', call: true }, 'updateInstanceStatus', 'expireInstance'],
  ['frozen', 'PERIOD', { reason: 'VIOLATION', call: true }, 'updateInstanceStatus', 'instanceStatus'],
  ['frozen', 'ON_DEMAND', { reason: 'ARREARS', call: true }, 'updateInstanceStatus', 'instanceStatus'],
  ['frozen', 'ON_DEMAND_PKG', { reason: 'EXPIRED', call: true }, 'updateInstanceStatus', 'instanceStatus'],
  ['frozen', 'PERIOD', { reason: 'EXPIRED', call: false }, null, null],
  ['unfrozen', 'PERIOD', { reason: 'RENEWED' }, 'updateInstanceStatus', null],
  ['unfrozen', 'PERIOD', { reason: 'CURED' }, 'updateInstanceStatus', 'instanceStatus'],
  ['unfrozen', 'ON_DEMAND', { reason: 'CURED' }, 'updateInstanceStatus', 'instanceStatus'],
  [
    'release-begun',
    'ONE_TIME',
    { orderId: null, orderLineId: null, amountPaid: '0.00' },
    'releaseInstance',
    'releaseInstance',
  ],
  ['renewed', 'PERIOD', {}, null, null],
];

describe('the call that follows', () => {
  it.each(TABLE)('from %s of %s %j is %s, in V1.0 %s', (type, mode, more, v2, v1) => {
    const need = needOf({ type: `instances.${type}`, payload: { ref: ref(mode), occasion: 'o', ...more } });
    expect(need && activityOf('saas-v2', need)).toBe(v2);
    expect(need && activityOf('saas-v1', need)).toBe(v1);
  });

  const LICENCES: readonly [
    type: string,
    mode: string,
    payload: object,
    identification: string | null,
    code: string,
  ][] = [
    ['period-changed', 'PERIOD', refresh('RENEWAL'), 'refreshLicense', 'refreshLicenseCode'],
    ['frozen', 'PERIOD', { reason: 'EXPIRED', call: true }, 'expireLicense', 'updateLicenseCodeStatus'],
    ['frozen', 'PERIOD', { reason: 'VIOLATION', call: true }, null, 'updateLicenseCodeStatus'],
    ['frozen', 'ONE_TIME', { reason: 'VIOLATION', call: true }, null, 'updateLicenseCodeStatus'],
    ['unfrozen', 'PERIOD', { reason: 'RENEWED' }, null, 'updateLicenseCodeStatus'],
    [
      'release-begun',
      'ONE_TIME',
      { orderId: null, orderLineId: null, amountPaid: '0.00' },
      'releaseLicense',
      'releaseLicenseCode',
    ],
  ];
  it.each(LICENCES)(
    'of a licence from %s of %s %j is %s online (3.4, L15), %s with a code (4.5)',
    (type, mode, more, identification, code) => {
      const need = needOf({ type: `instances.${type}`, payload: { ref: ref(mode), occasion: 'o', ...more } });
      expect(need && activityOf('license-identification', need)).toBe(identification);
      expect(need && activityOf('license-code', need)).toBe(code);
      expect(need && activityOf('none', need)).toBeNull();
    },
  );

  it('of online provisioning is as V2.0, but nothing is ever changed (5, Q4)', () => {
    const change = { ...line, call: { skuCode: 's', productId: 'p', quantity: 2, linearCode: null } };
    const need = (type: string, more: object) =>
      needOf({ type: `instances.${type}`, payload: { ref: ref('PERIOD'), occasion: 'o', ...more } });
    const [renewal, upgrade] = [need('period-changed', refresh('RENEWAL')), need('change-ordered', change)];
    expect(renewal && activityOf('license-provisioning', renewal)).toBe('refreshInstance');
    expect(upgrade && activityOf('license-provisioning', upgrade)).toBeNull();
  });

  it('belongs to the order that caused it, else to that of the purchase', () => {
    const payload = { ref: ref('PERIOD'), occasion: 'release', amountPaid: '9.00' };
    const released = (order: object) =>
      needOf({ type: 'instances.release-begun', payload: { ...payload, orderId: null, orderLineId: null, ...order } });
    expect(released({})).toMatchObject({ orderId: 'CS1', orderLineId: 'CS1-000001', details: { unsubscribed: false } });
    expect(released(line)).toMatchObject({ ...line, details: { unsubscribed: true, purchaseOrderId: 'CS1' } });
  });

  it('needs what the contract says: other news are our own fault and are not half understood', () => {
    const payload = { ref: ref('PERIOD'), occasion: 'o', reason: 'BAD', call: true };
    expect(() => needOf({ type: 'instances.frozen', payload })).toThrow(/reason/);
  });
});
