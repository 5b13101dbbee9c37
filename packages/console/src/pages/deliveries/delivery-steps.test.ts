/** Where a line that is handed over stands, in two or three steps. */
import { expect, it } from 'vitest';
import { deliverySteps } from './delivery-steps.ts';

const at = '2026-03-02T02:00:00.000Z';
const PAID = { status: 'PENDING', supervised: true, deliveredAt: null, acceptedAt: null } as const;

it.each([
  ['paid', PAID, 'done now todo'],
  ['delivered', { ...PAID, status: 'DELIVERED', deliveredAt: at }, 'done done now'],
  ['accepted', { ...PAID, status: 'ACCEPTED', deliveredAt: at, acceptedAt: at }, 'done done done'],
  [
    'taken back after its acceptance',
    { ...PAID, status: 'REVOKED', deliveredAt: at, acceptedAt: at },
    'done done done',
  ],
  ['not possible', { ...PAID, status: 'FAILED' }, 'done failed todo'],
  ['an image that is being shared', { ...PAID, supervised: false }, 'done now'],
  ['an image', { ...PAID, supervised: false, status: 'DELIVERED', deliveredAt: at }, 'done done'],
] as const)('%s', (_, delivery, states) => {
  expect(
    deliverySteps(delivery)
      .map(({ state }) => state)
      .join(' '),
  ).toBe(states);
});
