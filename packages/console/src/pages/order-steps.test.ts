import type { OrderLineView, OrderView } from '@jishi/marketplace/console-api';
import { describe, expect, it } from 'vitest';
import { stepsOf } from './order-steps.ts';

const line: OrderLineView = {
  orderLineId: 'CS1-000001',
  state: 'CALLING',
  goodsId: 'G1',
  productName: { zh: '商品', en: 'Product' },
  specificationName: { zh: '规格', en: 'Specification' },
  skuCode: 'S1',
  priceItemId: 'OFFI1',
  chargingMode: 'PERIOD',
  periodType: 'month',
  periodNumber: 1,
  quantity: 1,
  linearAttribute: null,
  listAmount: { amount: '1.00', currency: 'CNY' },
  amount: { amount: '1.00', currency: 'CNY' },
  deductions: [],
  derivation: [],
  parameters: [],
  expireAt: null,
  sellerId: 's',
  sellerName: 's',
  resourceId: null,
};
const order: OrderView = {
  orderId: 'CS1',
  orderType: 'NEW',
  state: 'PROCESSING',
  buyerId: 'b',
  buyerName: 'b',
  amount: line.amount,
  createdAt: '2026-11-24T06:00:00Z',
  paidAt: '2026-11-24T06:01:00Z',
  completedAt: null,
  cancelAt: null,
  traceId: 't',
  payment: [],
  lines: [line],
};

describe('stepsOf', () => {
  it.each([
    ['CALLING', ['done', 'now', 'todo', 'todo']],
    ['QUERYING', ['done', 'done', 'now', 'todo']],
    ['FULFILLED', ['done', 'done', 'done', 'done']],
    ['REFUNDED', ['done', 'done', 'todo', 'failed']],
    ['CLOSED', null],
  ] as const)('a paid line that is %s', (state, steps) => {
    expect(stepsOf(order, { ...line, state })).toEqual(steps);
  });

  it('has nothing to show before payment', () => {
    expect(stepsOf({ ...order, paidAt: null }, { ...line, state: 'WAITING' })).toBeNull();
  });

  it('shows no way to a running product for an order about one that runs already', () => {
    expect(stepsOf({ ...order, orderType: 'RENEW', paidAt: '2026-11-24T06:00:00Z' }, line)).toBeNull();
  });
});
