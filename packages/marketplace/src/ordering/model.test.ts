/** What follows from the states of an order's lines, and how orders are named (7.1, openapi.md 5.1). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../platform/random.ts';
import { mayMove } from '../platform/state-machine.ts';
import {
  type LineState,
  lineId,
  lineTransitions,
  newOrderId,
  orderAfterLines,
  orderTransitions,
  stateAfterSuccess,
  stateAtPayment,
} from './model.ts';

describe('an order after its lines', () => {
  it.each<[LineState[], ReturnType<typeof orderAfterLines>]>([
    [['FULFILLED'], 'COMPLETED'],
    [['REFUNDED'], 'REFUNDED'],
    [['FULFILLED', 'REFUNDED'], 'COMPLETED'],
    [['REFUNDED', 'REFUNDED'], 'REFUNDED'],
    [['FULFILLED', 'CALLING'], 'PROCESSING'],
    [['REFUNDED', 'QUERYING'], 'PROCESSING'],
    [['FULFILLED', 'FAILED'], 'PROCESSING'],
    [['SUPERVISING'], 'PROCESSING'],
  ])('%j is %s (7.1)', (lines, state) => {
    expect(orderAfterLines(lines)).toBe(state);
  });

  it('does not depend on the order of the lines, and is done exactly when every line is', () => {
    const paid = fc.constantFrom<LineState>('CALLING', 'QUERYING', 'SUPERVISING', 'FULFILLED', 'FAILED', 'REFUNDED');
    fc.assert(
      fc.property(fc.array(paid, { minLength: 1, maxLength: 6 }), (lines) => {
        const state = orderAfterLines(lines);
        expect(orderAfterLines(lines.toReversed())).toBe(state);
        expect(state === 'PROCESSING').toBe(lines.some((line) => line !== 'FULFILLED' && line !== 'REFUNDED'));
        if (state !== 'PROCESSING')
          expect(mayMove(orderTransitions, 'PROCESSING', state) || state === 'REFUNDED').toBe(true);
      }),
    );
  });

  it('a failed line ends refunded, from wherever it failed (7.2)', () => {
    for (const from of ['CALLING', 'QUERYING'] as const) expect(mayMove(lineTransitions, from, 'FAILED')).toBe(true);
    expect(lineTransitions.FAILED).toEqual(['REFUNDED']);
  });
});

describe('names', () => {
  it('of orders are CS, the minute in Beijing, and five characters', () => {
    const id = newOrderId(new Date('2026-07-26T06:47:36Z'), seededRandom('x'));
    expect(id).toMatch(/^CS2607261447[A-Z0-9]{5}$/);
    expect(newOrderId(new Date('2026-07-26T06:47:36Z'), seededRandom('x'))).toBe(id);
  });

  it('of lines count from -000001', () => {
    expect([1, 2, 100].map((place) => lineId('CS1', place))).toEqual(['CS1-000001', 'CS1-000002', 'CS1-000100']);
  });
});

describe('a line that was sold to be delivered', () => {
  const saas = { accessType: 'SAAS', licenseVariant: null, supervised: false, opening: 'ON_PURCHASE' };
  const licence = (licenseVariant: string) => ({ ...saas, accessType: 'LICENSE', licenseVariant, supervised: true });
  const image = { ...saas, accessType: 'IMAGE' };
  const service = { ...saas, accessType: 'SERVICE', supervised: true };
  const supervised = (opening: string) => ({ ...saas, supervised: true, opening });

  it.each([
    ['plain SaaS', saas, 'CALLING', 'FULFILLED'],
    ['supervised SaaS opened on purchase (B-41)', supervised('ON_PURCHASE'), 'CALLING', 'SUPERVISING'],
    ['supervised SaaS opened at its delivery (B-41)', supervised('AT_DELIVERY'), 'SUPERVISING', 'SUPERVISING'],
    ['supervised SaaS opened after acceptance (B-41)', supervised('AFTER_ACCEPTANCE'), 'SUPERVISING', 'FULFILLED'],
    ['an offline licence (L5)', licence('OFFLINE'), 'SUPERVISING', 'SUPERVISING'],
    ['an identification code (L12)', licence('IDENTIFICATION'), 'SUPERVISING', 'SUPERVISING'],
    ['an authorisation code (4.1)', licence('CODE'), 'SUPERVISING', 'SUPERVISING'],
    ['a licence that is provisioned online (section 5)', licence('PROVISIONED'), 'CALLING', 'SUPERVISING'],
    ['a software package (L20)', licence('PACKAGE'), 'SUPERVISING', 'SUPERVISING'],
    ['an image (7.3)', image, 'CALLING', 'FULFILLED'],
    ['a professional service (L35)', service, 'SUPERVISING', 'SUPERVISING'],
  ] as const)('%s: %j', (_, sold, paid, opened) => {
    expect(stateAtPayment('NEW', sold)).toBe(paid);
    expect(stateAfterSuccess('NEW', 'QUERYING', sold)).toBe(opened);
    // accepted, or done without a question: nothing is left to wait for
    expect(stateAfterSuccess('NEW', 'SUPERVISING', sold)).toBe('FULFILLED');
    expect(stateAfterSuccess('NEW', 'CALLING', sold)).toBe('FULFILLED');
    // L9: renewals and changes are never supervised
    for (const later of ['RENEW', 'CHANGE', 'TRIAL_TO_FORMAL'] as const) {
      expect(stateAtPayment(later, sold)).toBe('CALLING');
      expect(stateAfterSuccess(later, 'QUERYING', sold)).toBe('FULFILLED');
    }
  });
});
