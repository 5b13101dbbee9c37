/** The flows of service supervision, as data: each product type its steps, each step its actor (S6-2, 6.3, 7.4). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayMove } from '../../platform/state-machine.ts';
import { aDelivery, LATER } from '../example.test-support.ts';
import {
  type Actor,
  chooseFlow,
  FLOWS,
  type FlowAction,
  type FlowChoice,
  moveOf,
  SUPERVISION_STATES,
  supervisionTransitions,
} from './flows.ts';
import { moved } from './model.ts';

const choice = (changes: Partial<FlowChoice>): FlowChoice => ({
  ...{ accessType: 'SERVICE', licenseVariant: null, packaged: false, website: false, reviewed: false },
  ...changes,
});
const stepsOf = (changes: Partial<FlowChoice>) =>
  chooseFlow(choice(changes))
    ?.steps.map(({ state, waitsFor }) => `${state} ${waitsFor}`)
    .join(' → ');
const licence = (licenseVariant: FlowChoice['licenseVariant'], more: Partial<FlowChoice> = {}) =>
  stepsOf({ accessType: 'LICENSE', licenseVariant, ...more });

const ASKED = 'WAIT_REQUIREMENT BUYER → WAIT_CONFIRM_REQUIREMENT SELLER → WAIT_SERVICE SELLER';
const ENDS = 'WAIT_SERVICE SELLER → WAIT_ACCEPTANCE BUYER';

describe('6.3: the flow of a product type', () => {
  it.each([
    ['professional service', stepsOf({}), `${ASKED} → WAIT_ACCEPTANCE BUYER`],
    ['supervised SaaS', stepsOf({ accessType: 'SAAS' }), `${ASKED} → WAIT_ACCEPTANCE BUYER`],
    ['data file', stepsOf({ accessType: 'DATA' }), `${ASKED} → WAIT_ACCEPTANCE BUYER`],
    ['offline licence', licence('OFFLINE'), ENDS],
    ['hardware', stepsOf({ accessType: 'HARDWARE' }), ENDS],
    ['orchestration', stepsOf({ accessType: 'ORCHESTRATION' }), ENDS],
    ['identification code', licence('IDENTIFICATION'), `WAIT_CODE_INPUT BUYER → ${ENDS}`],
    ['authorisation code', licence('CODE'), 'WAIT_CODE_PICKUP BUYER → WAIT_CODE_ACTIVATION SELLER → WAIT_PROOF SELLER'],
    ['software package', licence('PACKAGE', { packaged: true }), 'WAIT_ACCEPTANCE BUYER'],
    ['package given by hand (L19)', licence('PACKAGE'), ENDS],
  ])('S6-2, of %s', (_, steps, expected) => {
    expect(steps).toBe(expected);
  });

  it('S6-2: image, API, container, AI, content and consulting have none', () => {
    for (const accessType of ['IMAGE', 'API', 'CONTAINER', 'AI', 'CONTENT', 'CONSULTING'] as const)
      expect(chooseFlow(choice({ accessType }))).toBeNull();
  });

  it('6.3: websites have a flow of their own, with the same nodes', () => {
    expect(chooseFlow(choice({ website: true }))?.id).toBe('website-1');
  });

  it('S-48, O-22: the platform reviews enabling-cloud and base-cloud orders before the buyer', () => {
    expect(stepsOf({ reviewed: true })).toBe(`${ASKED} → HUAWEI_REVIEW OPERATOR → WAIT_ACCEPTANCE BUYER`);
    expect(licence('CODE', { reviewed: true })).toMatch(/WAIT_PROOF SELLER → HUAWEI_REVIEW OPERATOR$/);
    // 3.5, row 5: a parcel is not reviewed; nor is what is accepted only
    expect(stepsOf({ accessType: 'HARDWARE', reviewed: true })).toBe(ENDS);
    expect(licence('PACKAGE', { packaged: true, reviewed: true })).toBe('WAIT_ACCEPTANCE BUYER');
  });
});

describe('every flow', () => {
  it.each(FLOWS)('$id stays inside of the diagram, reaches each of its steps, and ends (7.4)', ({ steps }) => {
    const [first] = steps;
    const reached = new Set([first?.state]);
    for (const { state, moves } of steps)
      for (const { to } of moves) {
        expect(mayMove(supervisionTransitions, state, to)).toBe(true);
        expect(to === 'COMPLETED' || steps.some((each) => each.state === to)).toBe(true);
        reached.add(to);
      }
    expect(reached).toEqual(new Set([...steps.map(({ state }) => state), 'COMPLETED']));
  });

  it('7.4: nobody else does a move, and nothing but its moves leaves a step', () => {
    const actions: FlowAction[] = [
      ...([
        'SUBMIT_REQUIREMENT',
        'CONFIRM_REQUIREMENT',
        'REJECT_REQUIREMENT',
        'GIVE_CODE',
        'PICK_UP',
        'ACTIVATE',
      ] as const),
      ...(['DELIVER', 'PROVE', 'APPROVE', 'RETURN', 'ACCEPT', 'REJECT_DELIVERY'] as const),
    ];
    const actors: Actor[] = ['BUYER', 'SELLER', 'SYSTEM', 'OPERATOR'];
    fc.assert(
      fc.property(
        fc.constantFrom(...FLOWS),
        fc.array(fc.tuple(fc.constantFrom(...actions), fc.constantFrom(...actors)), { maxLength: 30 }),
        (flow, tried) => {
          let now = aDelivery();
          const begun = now.supervision;
          const [first] = flow.steps;
          if (!begun || !first) return expect.unreachable('a supervised example');
          now = { ...now, supervision: { ...begun, flow: flow.id, step: first.state } };
          for (const [action, by] of tried) {
            const step = now.supervision?.step ?? 'CANCELLED';
            const move = step === 'COMPLETED' ? null : moveOf(flow.id, step, action, by);
            const done = moved(now, action, by, LATER);
            expect(done.ok).toBe(move !== null);
            if (done.ok) now = done.value;
            expect(now.supervision?.step).toBe(move?.to ?? step);
            expect(SUPERVISION_STATES).toContain(now.supervision?.step);
          }
        },
      ),
    );
  });

  it('S6-5: no flow has a move by time but hardware and codes (S6-10)', () => {
    const ends = FLOWS.filter(({ steps }) =>
      steps.some(({ moves }) => moves.some(({ to, by }) => to === 'COMPLETED' && by.includes('SYSTEM'))),
    );
    expect(ends.map(({ id }) => id)).toEqual(['hardware-1']);
  });
});
