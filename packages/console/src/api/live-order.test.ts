import { describe, expect, it } from 'vitest';
import { isMoving, readLiveOrder } from './live-order.ts';

describe('readLiveOrder', () => {
  it('reads an order with its timeline', () => {
    const event = { order: { orderId: 'CS1', state: 'PROCESSING' }, timeline: { items: [] } };
    expect(readLiveOrder(JSON.stringify(event))).toEqual(event);
  });

  it.each([
    undefined,
    42,
    '',
    'not json',
    'null',
    '{}',
    '{"order":{},"timeline":{"items":[]}}',
    '{"order":{"orderId":"1"},"timeline":{}}',
  ])('takes no notice of %j', (data) => {
    expect(readLiveOrder(data)).toBeNull();
  });
});

describe('isMoving', () => {
  it('is true only while an order changes by itself', () => {
    const states = ['PENDING_PAYMENT', 'PROCESSING', 'REFUNDING', 'REFUNDED', 'COMPLETED', 'CANCELLED'] as const;
    expect(states.filter(isMoving)).toEqual(['PROCESSING', 'REFUNDING']);
    expect(isMoving(undefined)).toBe(false);
  });
});
