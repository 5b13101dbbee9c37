import { describe, expect, it } from 'vitest';
import { MOCK_ORDER_IDS, mockOrder } from './mock-orders.ts';
import { orderQueryAnswer } from './order-query.ts';

/** The nine debugging orders of openapi.md 5.1.1, and the order query's answer. */
describe('mockOrder', () => {
  it.each([
    ['MOCKPERIODYEARNEW', 'NEW', 'PERIOD', 'year', 1],
    ['MOCKONETIMENEW', 'NEW', 'ONE_TIME', undefined, undefined],
    ['MOCKONDEMAND', 'NEW', 'ON_DEMAND', undefined, undefined],
    ['MOCKONDEMANDPKG', 'NEW', 'ON_DEMAND_PKG', undefined, undefined],
    ['MOCKPERIODDAYTRIAL', 'TRIAL', 'PERIOD', 'day', 15],
    ['MOCKMONTYTRIALTOFORMAL', 'TRIAL_TO_FORMAL', 'PERIOD', 'month', 1],
    ['MOCKMONTYUNSUBSCRIBE', 'UNSUBSCRIBE', 'PERIOD', 'month', 1],
    ['MOCKMONTYRENEW', 'RENEW', 'PERIOD', 'month', 1],
    ['MOCKMONTYCHANGE', 'CHANGE', 'PERIOD', 'month', 1],
  ])('%s', (orderId, orderType, chargingMode, periodType, periodNumber) => {
    const order = mockOrder(orderId);
    expect(order).toMatchObject({
      orderId,
      orderType,
      orderLine: [{ orderLineId: `${orderId}-000001`, chargingMode }],
    });
    expect([order?.orderLine[0]?.periodType, order?.orderLine[0]?.periodNumber]).toEqual([periodType, periodNumber]);
    expect(order?.orderLine[0]?.productInfo[0]).toMatchObject({
      productId: expect.stringMatching(/^OFFI\d{18}$/),
      linearValue: 10,
    });
    expect(orderQueryAnswer.safeParse({ resultCode: 'MKT.0000', resultMsg: 'Success', orderInfo: order }).success).toBe(
      true,
    );
  });

  it('knows no other', () => {
    expect(MOCK_ORDER_IDS).toHaveLength(9);
    expect(['mockperiodyearnew', 'CS2601010000TESTA', 'toString'].map(mockOrder)).toEqual([null, null, null]);
  });
});

describe('orderQueryAnswer', () => {
  it('reads the example of openapi.md 5.1', () => {
    const text =
      '{"resultCode":"MKT.0000","resultMsg":"Success","orderInfo":{"orderId":"CS2207261447AUY4H","orderType":"NEW","createTime":"20220726064736","orderLine":[{"orderLineId":"CS2207261447AUY4H-000001","chargingMode":"PERIOD","periodType":"year","periodNumber":1,"expireTime":"20230726155959","productInfo":[{"productId":"OFFI758576000000000000","skuCode":"5d1f0c1e-3b52-4a43-9f0e-7d1c2b3a4958","linearValue":10,"productName":"Demo SaaS,Standard,Basic"}],"extendParams":[]}],"buyerInfo":{"customerId":"8d3c0b6f5f0d4e2f9a77d1c2b3a49586","customerName":"acme","mobilePhone":"","email":""}}}';
    expect(orderQueryAnswer.parse(JSON.parse(text))).toEqual(JSON.parse(text));
  });

  it('takes numbers as text, key for name, and members it does not know', () => {
    const line = {
      orderLineId: 'a-1',
      chargingMode: 'PERIOD',
      periodNumber: '3',
      productInfo: [{ productId: 'p', skuCode: 's', linearValue: '10' }],
      extendParams: [{ key: 'domain', value: 'acme' }],
    };
    const orderInfo = { orderId: 'a', orderType: 'NEW', createTime: '20260101000000', orderLine: [line], extra: 1 };
    expect(
      orderQueryAnswer.parse({ resultCode: 'MKT.0000', resultMsg: '', orderInfo }).orderInfo?.orderLine[0],
    ).toMatchObject({
      periodNumber: 3,
      productInfo: [{ linearValue: 10 }],
      extendParams: [{ name: 'domain', value: 'acme' }],
    });
  });
});
