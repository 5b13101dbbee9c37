/** What metering tells, and what it hears of instances. */
import { z } from 'zod';
import type { NewEvent } from '../platform/events.ts';
import type { Money } from '../platform/money.ts';
import type { Level } from './alarm-rules.ts';
import type { WatchedPackage } from './alarm-store.ts';
import type { Charge } from './charge-store.ts';
import type { Draw, Meter } from './definition.ts';

const site = z.enum(['CN', 'INTL', 'EU']);
const about = {
  resourceId: z.string(),
  buyerId: z.string(),
  sellerId: z.string(),
  goodsId: z.string(),
  orderId: z.string(),
};
/** `metering.arrears-begun`, `metering.arrears-ended` (S7-15); aggregate `meter:<resourceId>` */
export const arrears = z.object({ ...about, site, at: z.iso.datetime() });
/** `metering.charge-paid`, `metering.charge-reversed` */
export const usageCharged = z.object({
  ...about,
  chargeId: z.string(),
  amount: z.object({ amount: z.string(), currency: z.enum(['CNY', 'USD', 'EUR']) }),
  /** it is not paid in the end before the buyer has repaid the month (S2-3) */
  onCredit: z.boolean(),
  /** what is paid for, in the unit of its charge item */
  charged: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  at: z.iso.datetime(),
});
export type UsageCharged = z.infer<typeof usageCharged>;

const aboutMeter = ({ resourceId, buyerId, sellerId, goodsId, orderId }: Meter | Charge) => ({
  resourceId,
  buyerId,
  sellerId,
  goodsId,
  orderId,
});
const event = (type: string, meter: Meter | Charge, payload: Readonly<Record<string, unknown>>): NewEvent => ({
  type: `metering.${type}`,
  aggregate: `meter:${meter.resourceId}`,
  payload: { ...aboutMeter(meter), ...payload },
  traceId: meter.traceId,
});

/** N-29 tells what is owed and until when it may be paid before the service is frozen. */
export const arrearsBegun = (
  meter: Meter,
  told: { readonly owed: Money; readonly freezeAt: Date },
  at: Date,
): NewEvent =>
  event('arrears-begun', meter, {
    site: meter.site,
    at: at.toISOString(),
    placedBy: meter.placedBy,
    productName: meter.productName,
    owed: told.owed,
    freezeAt: told.freezeAt.toISOString(),
  });
export const arrearsEnded = (meter: Meter, at: Date): NewEvent =>
  event('arrears-ended', meter, { site: meter.site, at: at.toISOString() });

/** `metering.packages-drawn`: whoever watches packages looks at these again (N-28) */
export const drawnPackages = z.object({ ...about, packages: z.array(z.string()) });
export const packagesDrawn = (meter: Meter, draws: readonly Draw[], at: Date): NewEvent =>
  event('packages-drawn', meter, {
    packages: [...new Set(draws.map(({ packageId }) => packageId))],
    at: at.toISOString(),
  });

/** `metering.package-low`, `metering.package-used-up`, `metering.package-ending` (N-28); aggregate `instance:<resourceId>` */
const packageEvent = (
  type: string,
  { instance, facts, rest, threshold }: WatchedPackage,
  told: Readonly<Record<string, unknown>>,
  at: Date,
): NewEvent => {
  const { resourceId, buyerId, sellerId, goodsId, orderId, placedBy, productName, traceId } = instance;
  const { unit, quota, to } = facts;
  return {
    type: `metering.${type}`,
    aggregate: `instance:${resourceId}`,
    payload: {
      ...{ resourceId, buyerId, sellerId, goodsId, orderId, placedBy, productName, rest, threshold, unit, quota },
      ...{ to: to?.toISOString() ?? null, at: at.toISOString(), ...told },
    },
    traceId,
  };
};
export const packageReached = (watched: WatchedPackage, level: Level, at: Date): NewEvent =>
  packageEvent(level === 'LOW' ? 'package-low' : 'package-used-up', watched, {}, at);
export const packageEnding = (watched: WatchedPackage, daysLeft: number, at: Date): NewEvent =>
  packageEvent('package-ending', watched, { daysLeft }, at);

/** `metering.balance-low`: it fell below what its buyer set */
export const balanceLow = (
  about: { readonly buyerId: string; readonly balance: Money; readonly below: Money; readonly traceId: string },
  at: Date,
): NewEvent => ({
  type: 'metering.balance-low',
  aggregate: `buyer:${about.buyerId}`,
  payload: { buyerId: about.buyerId, balance: about.balance, below: about.below, at: at.toISOString() },
  traceId: about.traceId,
});

/** `metering.usage-rejected`; aggregate `push:<requestId>`: records of a push were not taken */
export const usageRejected = (
  { sellerId, requestId }: { readonly sellerId: string; readonly requestId: string },
  records: number,
): NewEvent => ({
  type: 'metering.usage-rejected',
  aggregate: `push:${requestId}`,
  payload: { sellerId, requestId, records },
  traceId: requestId,
});

/** A charge as `metering.charge-paid` and `metering.charge-reversed` tell it. */
export const toldCharge = (charge: Charge, at: Date): UsageCharged => ({
  ...aboutMeter(charge),
  chargeId: charge.chargeId,
  amount: { amount: charge.amount, currency: charge.currency },
  onCredit: charge.onCredit,
  charged: charge.charged,
  from: charge.from.toISOString(),
  to: charge.to.toISOString(),
  at: at.toISOString(),
});
const chargeEvent =
  (type: string) =>
  (charge: Charge, at: Date): NewEvent =>
    event(type, charge, toldCharge(charge, at));
export const chargePaid = chargeEvent('charge-paid');
export const chargeReversed = chargeEvent('charge-reversed');

/** `instances.expiring` */
export const expiring = z.object({
  ref: z.object({ resourceId: z.string(), chargingMode: z.string() }),
  daysLeft: z.number(),
});

/** Of an instance, as far as metering listens. */
export const ofInstance = z.object({ ref: z.object({ resourceId: z.string(), chargingMode: z.string() }) });
