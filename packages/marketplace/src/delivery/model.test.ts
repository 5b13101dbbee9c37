/** From the payment to the acceptance: what each kind needs, who acts, and what is refused (L39). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayMove } from '../platform/state-machine.ts';
import { type Delivery, deliveryTransitions } from './definition.ts';
import { aDelivery, aFile, LATER, PAID, PAYLOADS } from './example.test-support.ts';
import {
  accepted,
  codeMoved,
  failed,
  type HandOver,
  handedOver,
  madeBySystem,
  opened,
  required,
  revived,
  revoked,
  shipped,
  takesRequirement,
  turnOf,
} from './model.ts';
import { confirmed } from './supervision/moves.ts';

const GIVEN: HandOver = { sealed: null, file: null, enablingAt: null, result: 'done', proofs: [] };
const PROOF = { ...GIVEN, proofs: [aFile()] };
const WHY = { zh: '退订', en: 'Unsubscribed' };
const refusal = (code: string, rule: string) => ({
  ok: false,
  refusal: { code, message: expect.stringMatching(rule) },
});
const value = <T>(result: { ok: true; value: T } | { ok: false }): T => {
  if (!result.ok) throw new Error('refused');
  return result.value;
};
const asked = aDelivery({ accessType: 'SERVICE', licenseVariant: null, payload: PAYLOADS.SERVICE });
/** its requirement is confirmed */
const service = aDelivery({
  accessType: 'SERVICE',
  licenseVariant: null,
  payload: PAYLOADS.SERVICE,
  step: 'WAIT_SERVICE',
});
const code = aDelivery({ licenseVariant: 'CODE', payload: PAYLOADS.LICENSE_CODE });
const parcel = aDelivery({ accessType: 'HARDWARE', licenseVariant: null, payload: PAYLOADS.PARCEL });
const saas = (opening: Delivery['opening']) =>
  aDelivery({ accessType: 'SAAS', licenseVariant: null, payload: PAYLOADS.ACCESS, opening, step: 'WAIT_SERVICE' });
const image = aDelivery({
  accessType: 'IMAGE',
  licenseVariant: null,
  supervised: false,
  payload: PAYLOADS.IMAGE_GRANT,
});

describe('an offline licence', () => {
  it('waits for its seller; the buyer submits nothing (L5)', () => {
    expect(turnOf(aDelivery())).toBe('SELLER');
    expect(takesRequirement(aDelivery())).toBe(false);
    expect(required(aDelivery(), { text: 'x', files: [], at: PAID.toISOString() }, LATER)).toMatchObject(
      refusal('DELIVERY_NOT_ALLOWED', 'L5'),
    );
  });

  it('is handed over as text, as a file or by its proofs, and as nothing else (L6, L8)', () => {
    const text = value(handedOver(aDelivery(), { ...GIVEN, sealed: 's1.x' }, LATER)).delivery;
    expect(text).toMatchObject({ status: 'DELIVERED', sealed: 's1.x', deliveredAt: LATER, result: 'done' });
    expect(text.payload).toEqual({ kind: 'LICENSE_TEXT', hasText: true, file: null });
    const file = aFile('licence.lic');
    expect(value(handedOver(aDelivery(), { ...GIVEN, file }, LATER)).delivery.payload).toMatchObject({ file });
    expect(value(handedOver(aDelivery(), PROOF, LATER)).delivery.proofs).toHaveLength(1);
    expect(handedOver(aDelivery(), GIVEN, LATER)).toMatchObject(refusal('DELIVERY_INCOMPLETE', 'L6'));
    expect(handedOver(service, { ...PROOF, sealed: 's1.x' }, LATER)).toMatchObject(
      refusal('DELIVERY_INCOMPLETE', 'L8'),
    );
  });

  it('runs from the actual enabling time, else from the acceptance; that time lies between payment and now (L7)', () => {
    const enablingAt = new Date('2026-03-03T02:00:00.000Z');
    const [early, plain] = [{ ...PROOF, enablingAt }, PROOF].map((given) =>
      value(handedOver(aDelivery(), given, LATER)),
    );
    expect(early && value(accepted(early.delivery, LATER)).effectiveAt).toEqual(enablingAt);
    expect(plain && value(accepted(plain.delivery, LATER)).effectiveAt).toEqual(LATER);
    const at = (ms: number) => handedOver(aDelivery(), { ...PROOF, enablingAt: new Date(ms) }, LATER);
    expect(at(PAID.getTime() - 1)).toMatchObject(refusal('DELIVERY_INCOMPLETE', 'L7'));
    expect(at(LATER.getTime() + 1)).toMatchObject(refusal('DELIVERY_INCOMPLETE', 'L7'));
    expect(at(PAID.getTime()).ok && at(LATER.getTime()).ok).toBe(true);
  });
});

describe('licences from servers', () => {
  it('an identification code comes from the server once, or by hand when that gave up (L12, S-48a)', () => {
    const waiting = aDelivery({ licenseVariant: 'IDENTIFICATION' });
    const given = opened(waiting, 's1.licence', LATER);
    expect(given).toMatchObject({ status: 'DELIVERED', sealed: 's1.licence', payload: { hasText: true } });
    expect(given && opened(given, 's1.other', LATER)).toBeNull();
    expect(handedOver(waiting, PROOF, LATER)).toMatchObject(refusal('DELIVERY_INCOMPLETE', 'L12'));
    const byHand = { ...GIVEN, sealed: 's1.x' };
    expect(handedOver(waiting, byHand, LATER)).toMatchObject(refusal('DELIVERY_STATE', 'WAIT_CODE_INPUT'));
    const coded = value(required(waiting, { text: 'HW-1', files: [], at: PAID.toISOString() }, LATER));
    expect(handedOver(coded, byHand, LATER).ok).toBe(true);
  });

  it('what is provisioned online is delivered by its opening alone (section 5)', () => {
    const waiting = aDelivery({ licenseVariant: 'PROVISIONED' });
    expect(turnOf(waiting)).toBe('SYSTEM');
    expect(handedOver(waiting, { ...GIVEN, sealed: 's1.x' }, LATER)).toMatchObject(
      refusal('DELIVERY_NOT_ALLOWED', 'L39'),
    );
    expect(opened(waiting, null, LATER)).toMatchObject({ status: 'DELIVERED', payload: { hasText: false } });
  });

  it('an authorisation code is activated first; then the proof ends it, accepted by the system (4.1, S-47)', () => {
    expect(turnOf(code)).toBe('BUYER');
    expect(handedOver(code, PROOF, LATER)).toMatchObject(refusal('DELIVERY_NOT_ALLOWED', '4.1'));
    const activatedAt = '2026-03-04T02:00:00.000Z';
    // an activation before the pick-up counts as pick-up
    const active = codeMoved(code, { activatedAt }, LATER);
    expect(active?.payload).toEqual({ kind: 'LICENSE_CODE', pickedUpAt: activatedAt, activatedAt });
    expect(active && codeMoved(active, { activatedAt: LATER.toISOString() }, LATER)).toBeNull();
    expect(active && handedOver(active, GIVEN, LATER)).toMatchObject(refusal('DELIVERY_INCOMPLETE', 'proof'));
    const done = active && value(handedOver(active, PROOF, LATER));
    expect(done).toMatchObject({ acceptsItself: true, delivery: { status: 'DELIVERED' } });
    expect(done && value(accepted(done.delivery, LATER)).effectiveAt).toEqual(new Date(activatedAt));
  });
});

describe('supervised SaaS (B-41)', () => {
  it('opened after acceptance: reported, accepted, then opened', () => {
    const { delivery, opensNow } = value(handedOver(saas('AFTER_ACCEPTANCE'), GIVEN, LATER));
    expect([delivery.status, opensNow]).toEqual(['DELIVERED', false]);
    const done = value(accepted(delivery, LATER));
    expect(done).toMatchObject({ opensNow: true, delivery: { status: 'ACCEPTED' } });
    expect(opened(done.delivery, null, LATER)).toMatchObject({ status: 'ACCEPTED' });
  });

  it('opened at delivery: reported, opened, and only then delivered', () => {
    const { delivery, opensNow } = value(handedOver(saas('AT_DELIVERY'), GIVEN, LATER));
    expect([delivery.status, opensNow, turnOf(delivery)]).toEqual(['PENDING', true, 'SYSTEM']);
    expect(handedOver(delivery, GIVEN, LATER)).toMatchObject(refusal('DELIVERY_NOT_ALLOWED', 'B-41'));
    const open = opened(delivery, null, LATER);
    expect(open?.status).toBe('DELIVERED');
    expect(open && value(accepted(open, LATER)).opensNow).toBe(false);
  });

  it('opened on purchase: opened, then reported', () => {
    expect(handedOver(saas('ON_PURCHASE'), GIVEN, LATER)).toMatchObject(refusal('DELIVERY_NOT_ALLOWED', 'B-41'));
    const open = opened(saas('ON_PURCHASE'), null, LATER);
    expect(open?.status).toBe('PENDING');
    expect(open && value(handedOver(open, GIVEN, LATER)).delivery.status).toBe('DELIVERED');
  });
});

describe('services, parcels, files', () => {
  it('a service takes a requirement, and is delivered with its proof once that is confirmed (L35, S-41)', () => {
    const wanted = { text: 'two days', files: [], at: PAID.toISOString() };
    const known = value(required(asked, wanted, LATER));
    expect(known.requirement).toEqual(wanted);
    expect(required(known, wanted, LATER)).toMatchObject(refusal('DELIVERY_STATE', '7.4'));
    expect(handedOver(known, PROOF, LATER)).toMatchObject(refusal('DELIVERY_STATE', 'WAIT_CONFIRM_REQUIREMENT'));
    const taken = value(confirmed(known, LATER));
    expect(handedOver(taken, GIVEN, LATER)).toMatchObject(refusal('DELIVERY_INCOMPLETE', 'L35'));
    const { delivery } = value(handedOver(taken, PROOF, LATER));
    expect(required(delivery, wanted, LATER)).toMatchObject({ refusal: { code: 'DELIVERY_STATE' } });
  });

  it('a parcel is shipped with carrier and number, nothing else is (L36, L37)', () => {
    const sent = { carrier: 'SF', trackingNo: 'SF123', proofs: [] };
    expect(value(shipped(parcel, sent, LATER))).toMatchObject({
      status: 'DELIVERED',
      payload: { carrier: 'SF', trackingNo: 'SF123', shippedAt: LATER.toISOString() },
    });
    expect(handedOver(parcel, PROOF, LATER)).toMatchObject(refusal('DELIVERY_NOT_ALLOWED', 'L39'));
    expect(shipped(service, sent, LATER)).toMatchObject(refusal('DELIVERY_NOT_ALLOWED', 'L36'));
  });

  it('a package is there from the payment on, or is given by hand (L19, L20, L21)', () => {
    const frozen = { ...PAYLOADS.FILE, file: aFile('app.zip'), version: '1.0' };
    const there = aDelivery({ licenseVariant: 'PACKAGE', payload: frozen });
    expect(handedOver(there, PROOF, LATER)).toMatchObject(refusal('DELIVERY_NOT_ALLOWED', 'L39'));
    expect(value(accepted(madeBySystem(there, LATER), LATER)).delivery.payload).toEqual(frozen);
    const absent = aDelivery({ licenseVariant: 'PACKAGE', payload: PAYLOADS.FILE });
    expect(handedOver(absent, PROOF, LATER)).toMatchObject(refusal('DELIVERY_INCOMPLETE', 'L39'));
    expect(handedOver(absent, { ...GIVEN, file: aFile('app.zip') }, LATER).ok).toBe(true);
  });
});

describe('what the marketplace grants', () => {
  const grant = {
    ...{ grantId: 'grant-1', regionId: 'cn-north-4', imageId: 'i', imageVersion: '1', sha256: 'a'.repeat(64) },
    ...{ status: 'DELIVERED' as const, sharedAt: PAID.toISOString(), revokedAt: null },
  };
  const granted = madeBySystem({ ...image, payload: { ...PAYLOADS.IMAGE_GRANT, grants: [grant] } }, PAID);

  it('needs no acceptance and no hand (L28, 7.3)', () => {
    expect(accepted(granted, LATER)).toMatchObject(refusal('DELIVERY_NOT_ALLOWED', 'B-40'));
    expect(handedOver(image, PROOF, LATER)).toMatchObject(refusal('DELIVERY_NOT_ALLOWED', 'L39'));
    expect([turnOf(image), turnOf(granted)]).toEqual(['SYSTEM', null]);
  });

  it('is taken back by expiry and refund, with each region, and revived by a renewal (7.3)', () => {
    const gone = revoked(granted, WHY, LATER);
    expect(gone).toMatchObject({ status: 'REVOKED', endedAt: LATER, reason: WHY });
    expect(gone?.payload).toMatchObject({ grants: [{ status: 'REVOKED', revokedAt: LATER.toISOString() }] });
    expect(gone && revoked(gone, WHY, LATER)).toBeNull();
    // the service is to be asked again
    expect(gone && revived(gone, LATER)).toEqual({ ...granted, nextAt: LATER });
    expect(revived(granted, LATER)).toBeNull();
  });

  it('fails before it was handed over, not after (S7-7)', () => {
    expect(failed(image, WHY, LATER)).toMatchObject({ status: 'FAILED', reason: WHY });
    expect(failed(granted, WHY, LATER)).toBeNull();
  });
});

it('nobody hands over or accepts twice, whatever the kind; a status only moves along its diagram (L39)', () => {
  const kinds = [aDelivery(), service, parcel, code, saas('AFTER_ACCEPTANCE'), image];
  const acts: readonly ((delivery: Delivery) => Delivery | null)[] = [
    (delivery) => {
      const done = handedOver(
        delivery,
        { ...PROOF, sealed: delivery.payload.kind === 'LICENSE_TEXT' ? 's' : null },
        LATER,
      );
      return done.ok ? done.value.delivery : null;
    },
    (delivery) => {
      const done = shipped(delivery, { carrier: 'SF', trackingNo: '1', proofs: [] }, LATER);
      return done.ok ? done.value : null;
    },
    (delivery) => {
      const done = accepted(delivery, LATER);
      return done.ok ? done.value.delivery : null;
    },
    (delivery) => opened(delivery, null, LATER),
    (delivery) => codeMoved(delivery, { activatedAt: LATER.toISOString() }, LATER),
    (delivery) => revoked(delivery, WHY, LATER),
    (delivery) => revived(delivery, LATER),
    (delivery) => failed(delivery, WHY, LATER),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.array(fc.nat(acts.length - 1), { maxLength: 12 }), (start, steps) => {
      const reached: string[] = [];
      let now = start;
      for (const step of steps) {
        const next = acts[step]?.(now) ?? now;
        if (next.status !== now.status) {
          expect(mayMove(deliveryTransitions, now.status, next.status)).toBe(true);
          reached.push(next.status);
        }
        now = next;
      }
      expect(reached.filter((status) => status === 'ACCEPTED').length).toBeLessThanOrEqual(1);
    }),
  );
});
