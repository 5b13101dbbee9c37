import type { OpenApiOrderLine, OrderInfo } from './order-query.ts';

/** The debugging orders of `openapi.md` 5.1.1: fixed, known to every seller's keys, never changing. */

type Terms = Pick<OpenApiOrderLine, 'chargingMode' | 'periodType' | 'periodNumber' | 'expireTime'>;

const ONE_YEAR: Terms = { chargingMode: 'PERIOD', periodType: 'year', periodNumber: 1, expireTime: '20270101155959' };
const ONE_MONTH: Terms = { chargingMode: 'PERIOD', periodType: 'month', periodNumber: 1, expireTime: '20260201155959' };
const TRIAL: Terms = { chargingMode: 'PERIOD', periodType: 'day', periodNumber: 15, expireTime: '20260116155959' };

const MOCKS: ReadonlyMap<string, { orderType: string; terms: Terms }> = new Map([
  ['MOCKPERIODYEARNEW', { orderType: 'NEW', terms: ONE_YEAR }],
  ['MOCKONETIMENEW', { orderType: 'NEW', terms: { chargingMode: 'ONE_TIME' } }],
  ['MOCKONDEMAND', { orderType: 'NEW', terms: { chargingMode: 'ON_DEMAND' } }],
  ['MOCKONDEMANDPKG', { orderType: 'NEW', terms: { chargingMode: 'ON_DEMAND_PKG', expireTime: '20270101155959' } }],
  ['MOCKPERIODDAYTRIAL', { orderType: 'TRIAL', terms: TRIAL }],
  ['MOCKMONTYTRIALTOFORMAL', { orderType: 'TRIAL_TO_FORMAL', terms: ONE_MONTH }],
  ['MOCKMONTYUNSUBSCRIBE', { orderType: 'UNSUBSCRIBE', terms: ONE_MONTH }],
  ['MOCKMONTYRENEW', { orderType: 'RENEW', terms: ONE_MONTH }],
  ['MOCKMONTYCHANGE', { orderType: 'CHANGE', terms: ONE_MONTH }],
]);

export const MOCK_ORDER_IDS: readonly string[] = [...MOCKS.keys()];

/** The debugging order of that id, compared exactly (`mockperiodyearnew` is none), or null. */
export function mockOrder(orderId: string): OrderInfo | null {
  const mock = MOCKS.get(orderId);
  if (mock === undefined) return null;
  return {
    orderId,
    orderType: mock.orderType,
    createTime: '20260101000000',
    orderLine: [
      {
        orderLineId: `${orderId}-000001`,
        ...mock.terms,
        productInfo: [
          {
            productId: 'OFFI000000000000000001',
            skuCode: '00000000-0000-4000-8000-000000000001',
            linearValue: 10,
            productName: 'Debugging product,Standard,Basic',
          },
        ],
        extendParams: [],
      },
    ],
    buyerInfo: {
      customerId: '00000000000000000000000000000001',
      customerName: 'debugging-buyer',
      mobilePhone: '',
      email: '',
    },
    extendParams: [],
  };
}
