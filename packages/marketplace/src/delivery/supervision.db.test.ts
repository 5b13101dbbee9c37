/** Whole supervised flows on a database: rejected and appealed, followed by its carrier, refunded in the guarantee period (settlement.md 6, 7). */
import { describe, expect, it } from 'vitest';
import { renewedAndPaid } from '../../../../tests/support/lives.ts';
import { ALL, createShop } from '../../../../tests/support/shop.ts';
import { buyersByIds } from '../directory/index.ts';
import { decideOnRefund, instanceById, quoteRefund, unsubscribe } from '../instances/index.ts';
import { decideRefund, inspectReturn, ordersByIds, refundById, sendBack } from '../ordering/index.ts';
import { sql } from '../platform/database/database.ts';
import { listLines } from '../settlement/index.ts';
import {
  type AcceptanceFacts,
  acceptDelivery,
  appealDelivery,
  decideAppeal,
  deliver,
  operationsOf,
  planMilestones,
  recordParcel,
  rejectDelivery,
  reviewDelivery,
  setTrack,
  ship,
} from './index.ts';

const { world, value, tryTo, buy, agree, deliveryOf, states, file, told } = createShop();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOTHING = { licenceText: null, fileId: null, enablingAt: null, result: '', proofFileIds: [] };
const buyer = () => ({ kind: 'buyer', buyerId: world().demo.buyerId, placedBy: null }) as const;
const seller = () => ({ kind: 'seller', sellerId: world().demo.sellerId, goodsIds: null }) as const;
const later = (ms: number) => world().simulator.advanceTo(new Date(world().clock.now().getTime() + ms));
const idOf = async (lineId: string) => (await deliveryOf(lineId)).deliveryId;
const stepOf = async (lineId: string) => (await deliveryOf(lineId)).supervision?.step;
const refused = (code: string) => ({ ok: false, refusal: expect.objectContaining({ code }) });

async function handOver(lineId: string, enablingAt: Date | null = null, acceptance: AcceptanceFacts | null = null) {
  const asked = { deliveryId: await idOf(lineId), scope: seller(), ...NOTHING, enablingAt, acceptance };
  const proofFileIds = [await file('PROOF')];
  value(await tryTo((tx, now) => deliver(world().platform, tx, { ...asked, proofFileIds }, now)));
  await world().simulator.drain();
}
const accept = async (lineId: string) => {
  const asked = { deliveryId: await idOf(lineId), scope: buyer() };
  const done = await tryTo((tx, now) => acceptDelivery(world().platform, tx, asked, now));
  await world().simulator.drain();
  return done;
};

it('S6-1, S6-11, S6-14, O-21: rejected, left idle, appealed by the seller and completed by the operator; all of it is evidence', async () => {
  const { platform } = world();
  const lineId = await buy({ type: 'SERVICE' });
  expect(await stepOf(lineId)).toBe('WAIT_REQUIREMENT');
  await agree(lineId);
  await handOver(lineId);
  const deliveryId = await idOf(lineId);
  const why = { deliveryId, scope: buyer(), reason: 'web-2 is missing', userId: 'u1' };
  value(await tryTo((tx, now) => rejectDelivery(platform, tx, why, now)));
  expect(await states(lineId)).toMatchObject({ order: 'PROCESSING', delivery: 'PENDING' });
  await handOver(lineId);
  const appeal = async () => {
    const [proof, letterFileId] = [await file('PROOF'), await file('PROOF')];
    const dueAt = new Date(world().clock.now().getTime() + 3 * DAY);
    const asked = {
      deliveryId,
      scope: seller(),
      by: 'SELLER',
      reason: 'no answer',
      demand: '',
      fileIds: [proof],
    } as const;
    return tryTo((tx, now) => appealDelivery(platform, tx, { ...asked, letterFileId, dueAt }, now));
  };
  expect(await appeal()).toEqual(refused('APPEAL_NOT_ALLOWED'));
  await later(5 * DAY + 1);
  value(await appeal());
  expect(await accept(lineId)).toEqual(refused('DELIVERY_FROZEN'));
  const decision = { deliveryId, scope: ALL, decision: { outcome: 'COMPLETE_STEP' }, reason: 'it works' } as const;
  value(await tryTo((tx, now) => decideAppeal(platform, tx, decision, now)));
  await world().simulator.drain();
  // S6-3: completed at once, within the 3 hours
  expect(await states(lineId)).toEqual({
    ...{ order: 'COMPLETED', line: 'FULFILLED', delivery: 'ACCEPTED', instance: 'ACTIVE' },
  });
  const log = await operationsOf(platform.db, deliveryId);
  expect(log.filter(({ what }) => what !== 'REMIND').map(({ by, what, to }) => `${by} ${what} ${to}`)).toEqual([
    'BUYER SUBMIT_REQUIREMENT WAIT_CONFIRM_REQUIREMENT',
    'SELLER CONFIRM_REQUIREMENT WAIT_SERVICE',
    'SELLER DELIVER WAIT_ACCEPTANCE',
    'BUYER REJECT_DELIVERY WAIT_SERVICE',
    'SELLER DELIVER WAIT_ACCEPTANCE',
    'SELLER APPEAL WAIT_ACCEPTANCE',
    'OPERATOR DECIDE WAIT_ACCEPTANCE',
    'SYSTEM ACCEPT COMPLETED',
  ]);
  expect(log[3]).toMatchObject({ text: 'web-2 is missing', userId: 'u1' });
  expect((await told(lineId)).filter((type) => /appeal|rejected/.test(type))).toEqual([
    'delivery.rejected',
    'delivery.appealed',
    'delivery.appeal-decided',
  ]);
});

describe('S2-13: the validity of a supervised subscription', () => {
  it.each([
    ['T6: begins at the acceptance when no actual-opening time was entered', false],
    ['T7: begins at the actual-opening time when one was entered', true],
  ])('%s', async (_, entered) => {
    const lineId = await buy({ type: 'SERVICE', modes: ['PERIOD'] });
    const opened = world().clock.now();
    await agree(lineId);
    await later(31 * DAY);
    await handOver(lineId, entered ? opened : null);
    const acceptedAt = world().clock.now();
    value(await accept(lineId));
    const { platform } = world();
    const [order] = await ordersByIds(platform.db, [lineId.replace(/-\d+$/, '')], { scope: ALL });
    expect(order?.lines[0]?.effectiveFrom).toEqual(entered ? opened : acceptedAt);
    // completed with the acceptance in both cases: that is the month of its bill
    expect(order).toMatchObject({ state: 'COMPLETED', completedAt: acceptedAt });
    expect((await instanceById(platform.db, lineId, ALL))?.expireAt).toEqual(order?.lines[0]?.expireAt);
  });
});

it('S6-4, S2-11: a renewal of a supervised subscription begins no new flow', async () => {
  const lineId = await buy({ type: 'SERVICE', modes: ['PERIOD'] });
  await agree(lineId);
  await handOver(lineId);
  value(await accept(lineId));
  const order = await renewedAndPaid(world(), lineId);
  expect(order.orderType).toBe('RENEW');
  const { rows } = await sql<{ resource_id: string }>`
    SELECT resource_id FROM delivery.deliveries WHERE order_line_id IN (${lineId}, ${order.lines[0]?.orderLineId ?? ''})`.execute(
    world().platform.db,
  );
  expect(rows).toEqual([{ resource_id: lineId }]);
  expect(await stepOf(lineId)).toBe('COMPLETED');
});

describe('L37, S-46: a parcel', () => {
  async function sent(trackingNo: string) {
    const lineId = await buy({ type: 'HARDWARE' });
    const asked = { deliveryId: await idOf(lineId), scope: seller(), carrier: 'SF', trackingNo, proofFileIds: [] };
    value(await tryTo((tx, now) => ship(world().platform, tx, asked, now)));
    await world().simulator.drain();
    return lineId;
  }
  const seen = (trackingNo: string, what: 'MOVING' | 'SIGNED', phone: string) =>
    recordParcel(
      world().platform.db,
      { carrier: 'SF', trackingNo, phone },
      { at: world().clock.now(), what, text: what },
    );

  it('S6-10: is accepted by the system 10 × 24 h after it was signed for without a later entry', async () => {
    const lineId = await sent('SF0001');
    await seen('SF0001', 'SIGNED', '138****0000');
    await later(10 * DAY - HOUR);
    // something happened after all: the ten days begin anew with the next signature
    await seen('SF0001', 'MOVING', '0000');
    await later(2 * DAY);
    await seen('SF0001', 'SIGNED', '0000');
    const signedAt = world().clock.now();
    await world().simulator.advanceTo(new Date(signedAt.getTime() + 10 * DAY - 1));
    expect(await stepOf(lineId)).toBe('WAIT_ACCEPTANCE');
    await world().simulator.advanceTo(new Date(signedAt.getTime() + 10 * DAY));
    expect(await states(lineId)).toMatchObject({ order: 'COMPLETED', delivery: 'ACCEPTED' });
    expect((await deliveryOf(lineId)).acceptedAt).toEqual(new Date(signedAt.getTime() + 10 * DAY));
  });

  it('is not accepted by time when the phone number is another one; the seller is told', async () => {
    const lineId = await sent('SF0002');
    await seen('SF0002', 'SIGNED', '138****9999');
    await later(30 * DAY);
    expect(await stepOf(lineId)).toBe('WAIT_ACCEPTANCE');
    expect((await told(lineId)).filter((type) => type === 'delivery.parcel-unmatched')).toHaveLength(1);
    expect((await accept(lineId)).ok).toBe(true);
  });

  it('7.4: received goods come back within 10 days and are inspected within 15, then the money follows', async () => {
    const { platform, demo } = world();
    const lineId = await sent('SF0003');
    await seen('SF0003', 'SIGNED', '0000');
    await later(DAY);
    const refundId = await applied(lineId);
    const asked = { refundId, scope: seller(), userId: 'u2', as: 'SELLER', agree: true, comment: '' } as const;
    const proofFileIds = [await file('PROOF')];
    const agreed = value(await tryTo((tx, now) => decideRefund(platform, tx, { ...asked, proofFileIds }, now)));
    expect(agreed).toMatchObject({ state: 'WAIT_RETURN', goods: 'RECEIVED', proofs: [{ name: 'proof.pdf' }] });
    const back = { refundId, scope: buyer(), carrier: 'SF', trackingNo: 'SF9999' };
    const returned = value(await tryTo((tx, now) => sendBack(platform, tx, back, now)));
    expect(returned.state).toBe('WAIT_INSPECTION');
    const looked = { refundId, scope: { ...seller(), sellerId: demo.sellerId }, accept: true, comment: '' };
    expect(value(await tryTo((tx, now) => inspectReturn(platform, tx, looked, now))).state).toBe('DONE');
    await world().simulator.drain();
    expect(await stepOf(lineId)).toBe('CANCELLED');
  });

  it('7.4: a parcel that arrived while the refund waited comes back first, whoever decides then', async () => {
    const { platform } = world();
    const decide = (refundId: string, as: 'SELLER' | 'OPERATOR') => {
      const asked = { refundId, scope: ALL, userId: 'u2', as, agree: true, comment: '' } as const;
      return tryTo((tx, now) => decideOnRefund(platform, tx, asked, now));
    };
    const onItsWay = async (trackingNo: string) => {
      const lineId = await sent(trackingNo);
      await seen(trackingNo, 'MOVING', '0000');
      await later(HOUR * 25);
      return applied(lineId);
    };
    const [first, second] = [await onItsWay('SF0006'), await onItsWay('SF0007')];
    expect(value(await decide(second, 'SELLER'))).toMatchObject({ state: 'LARGE_REVIEW', goods: 'IN_TRANSIT' });
    await seen('SF0006', 'SIGNED', '0000');
    await seen('SF0007', 'SIGNED', '0000');
    await later(HOUR * 25);
    expect(value(await decide(first, 'SELLER'))).toMatchObject({ state: 'WAIT_RETURN', goods: 'RECEIVED' });
    expect(value(await decide(second, 'OPERATOR'))).toMatchObject({ state: 'WAIT_RETURN', goods: 'RECEIVED' });
    expect(await refundById(platform.db, first, ALL)).toMatchObject({ goods: 'RECEIVED' });
  });

  it('7.4: goods that are not sent back in 10 days keep their order; those not inspected in 15 are refunded', async () => {
    const { platform } = world();
    const agreed = async (trackingNo: string) => {
      const lineId = await sent(trackingNo);
      await seen(trackingNo, 'SIGNED', '0000');
      await later(HOUR * 25);
      const refundId = await applied(lineId);
      const asked = { refundId, scope: seller(), userId: 'u2', as: 'SELLER', agree: true, comment: '' } as const;
      value(await tryTo((tx, now) => decideRefund(platform, tx, asked, now)));
      return { lineId, refundId };
    };
    const [kept, sentBack] = [await agreed('SF0004'), await agreed('SF0005')];
    const back = { refundId: sentBack.refundId, scope: buyer(), carrier: 'SF', trackingNo: 'SF9998' };
    value(await tryTo((tx, now) => sendBack(platform, tx, back, now)));
    await later(15 * DAY);
    const stateOf = async (refundId: string) =>
      (
        await sql<{ state: string }>`SELECT state FROM ordering.refunds WHERE refund_id = ${refundId}`.execute(
          platform.db,
        )
      ).rows[0]?.state;
    expect([await stateOf(kept.refundId), await stateOf(sentBack.refundId)]).toEqual(['WITHDRAWN', 'DONE']);
    expect((await states(sentBack.lineId)).order).toBe('REFUNDED');
  });
});

/** @returns id of the application */
async function applied(lineId: string, amount?: string): Promise<string> {
  const asked = { scope: buyer(), resourceId: lineId, kind: 'NEGOTIATED', reason: 'no longer needed' } as const;
  const more = { userId: 'u1', traceId: 'f'.repeat(32), contactConsent: false, amount };
  return value(await tryTo((tx, now) => unsubscribe(world().platform, tx, { ...asked, ...more }, now))).refundId;
}

describe('S7-1: a negotiated refund in the guarantee period', () => {
  const agreeTo = (refundId: string) =>
    tryTo((tx, now) =>
      decideRefund(
        world().platform,
        tx,
        { refundId, scope: seller(), userId: 'u2', as: 'SELLER', agree: true, comment: 'agreed' },
        now,
      ),
    );

  it('S3-30: in full cancels the flow; nothing is accepted while it is being decided', async () => {
    const lineId = await buy({ type: 'LICENSE' });
    await handOver(lineId);
    const refundId = await applied(lineId);
    expect(await accept(lineId)).toEqual(refused('REFUND_OPEN'));
    value(await agreeTo(refundId));
    await world().simulator.drain();
    expect(await states(lineId)).toEqual({
      ...{ order: 'REFUNDED', line: 'REFUNDED', delivery: 'REVOKED', instance: 'RELEASED' },
    });
    expect(await stepOf(lineId)).toBe('CANCELLED');
  });

  it('B-83a: of an order of which nothing was said for a month less than all can be asked for, but by the operator', async () => {
    const { platform } = world();
    const lineId = await buy({ type: 'SERVICE' });
    const asked = { scope: buyer(), resourceId: lineId };
    expect(value(await tryTo((tx, now) => quoteRefund(platform, tx, asked, now))).partOnly).toBe(false);
    await later(32 * DAY);
    expect(value(await tryTo((tx, now) => quoteRefund(platform, tx, asked, now)))).toMatchObject({ partOnly: true });
    const more = { ...asked, kind: 'NEGOTIATED', reason: 'r', userId: 'u1', traceId: 'f'.repeat(32) } as const;
    const all = { ...more, contactConsent: false, amount: '30.00' };
    expect(await tryTo((tx, now) => unsubscribe(platform, tx, all, now))).toMatchObject({
      refusal: { code: 'REFUND_NOT_ALLOWED', message: expect.stringMatching(/^B-83a/) },
    });
    await agree(lineId);
    // said too late
    expect(value(await tryTo((tx, now) => quoteRefund(platform, tx, asked, now))).partOnly).toBe(true);
    value(await agreeTo(await applied(lineId, '29.99')));
    await world().simulator.drain();
    const decided = { ...all, amount: '0.01', decided: { comment: 'all of it' } };
    value(await tryTo((tx, now) => unsubscribe(platform, tx, decided, now)));
    await world().simulator.drain();
    expect(await states(lineId)).toMatchObject({ order: 'REFUNDED', line: 'REFUNDED' });
  });

  it('S3-30, S7-11: in part leaves the flow and the rest; the parts together are at most what was paid', async () => {
    const { platform } = world();
    const lineId = await buy({ type: 'LICENSE' });
    value(await agreeTo(await applied(lineId, '10.00')));
    await world().simulator.drain();
    expect(await states(lineId)).toMatchObject({ order: 'PROCESSING', line: 'SUPERVISING', delivery: 'PENDING' });
    const asked = { scope: buyer(), resourceId: lineId };
    const quote = value(await tryTo((tx, now) => quoteRefund(platform, tx, asked, now)));
    expect(quote.paid.amount).toBe('20.00');
    const more = { ...asked, kind: 'NEGOTIATED', reason: 'r', userId: 'u1', traceId: 'f'.repeat(32) } as const;
    const tooMuch = { ...more, contactConsent: false, amount: '20.01' };
    expect(await tryTo((tx, now) => unsubscribe(platform, tx, tooMuch, now))).toEqual(refused('REFUND_NOT_ALLOWED'));
    await handOver(lineId);
    value(await accept(lineId));
    expect(await states(lineId)).toMatchObject({ order: 'COMPLETED', instance: 'ACTIVE' });
    // S7-8: after the completion nothing is refunded
    expect(await tryTo((tx, now) => quoteRefund(platform, tx, asked, now))).toEqual(refused('REFUND_NOT_ALLOWED'));
  });
});

it('3.5, S6-6: an order in milestones: each accepted by itself, completed and settled with the last one', async () => {
  const { platform } = world();
  const lineId = await buy({ type: 'SERVICE' });
  await agree(lineId);
  const plannedOn = new Date(world().clock.now().getTime() + 10 * DAY).toISOString().slice(0, 10);
  const milestones = [
    { name: 'Set-up', share: 40, plannedOn },
    { name: 'Training', share: 60, plannedOn },
  ];
  const plan = async (asked: typeof milestones) => {
    const deliveryId = await idOf(lineId);
    return tryTo((tx, now) => planMilestones(platform, tx, { deliveryId, scope: seller(), milestones: asked }, now));
  };
  expect(await plan([])).toMatchObject({ ok: true });
  value(await plan(milestones));
  await handOver(lineId);
  expect(await plan([])).toEqual(refused('DELIVERY_STATE'));
  value(await accept(lineId));
  expect(await states(lineId)).toMatchObject({ order: 'PROCESSING', delivery: 'PENDING' });
  const [line] = await listLines(platform.db, { sellerId: null, lineId, before: null, limit: 1 });
  expect(line).toMatchObject({ milestones: true, state: 'WAITING', waiting: [{ rule: 'S2-4' }] });
  await handOver(lineId);
  value(await accept(lineId));
  expect(await states(lineId)).toMatchObject({ order: 'COMPLETED', delivery: 'ACCEPTED' });
  const [done] = await listLines(platform.db, { sellerId: null, lineId, before: null, limit: 1 });
  expect(done).toMatchObject({ milestones: true, state: 'READY' });
  const log = await operationsOf(platform.db, await idOf(lineId));
  expect(log.slice(-5).map(({ what, text }) => [what, text])).toEqual([
    ['PLAN_MILESTONES', `Set-up 40 % ${plannedOn}; Training 60 % ${plannedOn}`],
    ['DELIVER', ''],
    ['ACCEPT_MILESTONE', 'Set-up'],
    ['DELIVER', ''],
    ['ACCEPT', ''],
  ]);
});

it('S-48, O-22, S6-8: the platform reviews joint-operation orders of an enabling-cloud buyer before the buyer does', async () => {
  const { platform, demo, clock } = world();
  await setTrack(platform.db, demo.buyerId, 'ENABLING', clock.now());
  const plain = await buy({ type: 'SERVICE' });
  expect((await deliveryOf(plain)).supervision?.flow).toBe('service-1');
  const lineId = await buy({ type: 'SERVICE', productClass: 'JOINT' });
  await agree(lineId);
  const orderId = lineId.slice(0, lineId.lastIndexOf('-'));
  const [order] = await ordersByIds(platform.db, [orderId], { scope: ALL });
  const { productName, specificationName } = order?.lines[0]?.snapshot ?? {};
  const buyerName = (await buyersByIds(platform.db, [demo.buyerId])).get(demo.buyerId)?.name ?? '';
  const facts = {
    ...{ orderNumbers: [orderId], companyName: buyerName, validityFileId: null, kitFileId: null },
    items: [{ product: productName?.zh ?? '', specification: specificationName?.en ?? '' }],
  };
  const proofFileIds = [await file('PROOF')];
  const stating = async (acceptance: AcceptanceFacts | null) => {
    const asked = { deliveryId: await idOf(lineId), scope: seller(), ...NOTHING, proofFileIds, acceptance };
    return tryTo((tx, now) => deliver(platform, tx, asked, now));
  };
  expect(await stating(null)).toEqual(refused('ACCEPTANCE_FACTS'));
  expect(await stating({ ...facts, companyName: 'Globex' })).toMatchObject({
    refusal: { code: 'ACCEPTANCE_FILE', facts: { rule: 'S6-8', member: 'companyName', expected: buyerName } },
  });
  await handOver(lineId, null, facts);
  expect((await deliveryOf(lineId)).supervision?.checked).toMatchObject({ facts });
  expect(await stepOf(lineId)).toBe('HUAWEI_REVIEW');
  expect(await accept(lineId)).toEqual(refused('DELIVERY_STATE'));
  const review = async (approve: boolean) => {
    const asked = { deliveryId: await idOf(lineId), scope: ALL, approve, reason: 'a signature is missing' };
    return value(await tryTo((tx, now) => reviewDelivery(platform, tx, asked, now))).supervision?.step;
  };
  expect(await review(false)).toBe('WAIT_SERVICE');
  await handOver(lineId, null, facts);
  expect(await review(true)).toBe('WAIT_ACCEPTANCE');
  value(await accept(lineId));
  expect((await states(lineId)).order).toBe('COMPLETED');
  await setTrack(platform.db, demo.buyerId, null, clock.now());
});
