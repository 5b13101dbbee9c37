/** Told of the life of a service: ready, renewed, ending, frozen, released. */
import { z } from 'zod';
import type { LocalizedText } from '../catalog/index.ts';
import type { Variant } from './catalogue.ts';
import {
  id,
  instant,
  money,
  type Notice,
  notice,
  parties,
  product,
  type Reader,
  reads,
  words,
} from './notice-parts.ts';
import type { Fact, Facts } from './render.ts';

const ref = z.object({
  resourceId: id,
  instanceId: z.string().nullable(),
  ...parties,
  /** who bought it: a purchaser hears of what he or she ordered, beside the account's own people */
  placedBy: id,
  ...product,
  orderId: id,
  chargingMode: id,
  expireAt: instant.nullable(),
  trial: z.boolean(),
});
const withRef = z.object({ ref });
type Ref = z.infer<typeof ref>;
const factsOf = (about: Ref) => ({ product: about.productName, resource: about.resourceId, order: about.orderId });
const toBuyer = (variant: Variant, about: Ref, facts: Facts): Notice => ({
  ...notice(variant, about.buyerId, facts),
  alsoUserId: about.placedBy,
});

/** What never ends (one-time purchases) is not told that it ends. */
const NEVER: LocalizedText = { zh: '长期有效', en: 'never' };
const until = (at: Date | null): Fact => at ?? NEVER;

const days = (count: number): LocalizedText => ({ zh: `${count} 天`, en: count === 1 ? '1 day' : `${count} days` });

const FROZEN = {
  EXPIRED: 'N-27.frozen-expired',
  VIOLATION: 'N-27.frozen-violation',
  ARREARS: 'N-27.frozen-arrears',
} as const satisfies Record<string, Variant>;

export const SERVICE_READERS: Readonly<Record<string, Reader>> = {
  'instances.ready': reads(withRef, ({ ref: about }) => [toBuyer('N-22.ready', about, factsOf(about))]),
  'instances.renewed': reads(
    z.object({ ref, orderId: id, automatic: z.boolean(), amount: money, expireAt: instant.nullable() }),
    ({ ref: about, orderId, automatic, amount, expireAt }) => {
      const facts = { ...factsOf(about), order: orderId, amount, expireAt: until(expireAt) };
      return [
        notice('N-23.renewed', about.sellerId, { ...facts, instance: about.instanceId ?? about.resourceId }),
        ...(automatic ? [toBuyer('N-26.done', about, facts)] : []),
      ];
    },
  ),
  'instances.expiring': reads(z.object({ ref, daysLeft: z.number() }), ({ ref: about, daysLeft }) => {
    // a package is not renewed: N-28 tells how much of it lapses
    if (about.chargingMode === 'ON_DEMAND_PKG') return [];
    const facts = { ...factsOf(about), days: days(daysLeft), expireAt: until(about.expireAt) };
    return [toBuyer(about.trial ? 'N-24.trial-ends' : 'N-25.ends', about, facts)];
  }),
  'instances.grace-begun': reads(z.object({ ref, until: instant }), ({ ref: about, until: end }) => [
    toBuyer('N-25.ended', about, { ...factsOf(about), until: end }),
  ]),
  'instances.auto-renew-failed': reads(
    z.object({
      ref,
      missing: money.nullable(),
      refused: z.object({ code: z.string(), message: words }).nullable().default(null),
      nextTryAt: instant.nullable(),
    }),
    ({ ref: about, missing, refused, nextTryAt }) => {
      const facts = { ...factsOf(about), nextAt: nextTryAt ?? NO_MORE };
      if (missing) return [toBuyer('N-26.failed', about, { ...facts, missing })];
      const reason = whyNot(refused?.code ?? '', refused?.message ?? '');
      return [toBuyer('N-26.refused', about, { ...facts, reason })];
    },
  ),
  'instances.frozen': reads(
    z.object({ ref, reason: z.enum(['EXPIRED', 'VIOLATION', 'ARREARS']) }),
    ({ ref: about, reason }) => [toBuyer(FROZEN[reason], about, factsOf(about))],
  ),
  'instances.release-near': reads(z.object({ ref, releaseAt: instant }), ({ ref: about, releaseAt }) => [
    toBuyer('N-27.release-near', about, { ...factsOf(about), releaseAt }),
  ]),
  'instances.released': reads(withRef, ({ ref: about }) => [toBuyer('N-27.released', about, factsOf(about))]),
};

/** The rules that an automatic renewal meets, for people; any other is told in its own words. */
function whyNot(code: string, message: string): LocalizedText {
  if (message.startsWith('C29')) return { zh: '该商品已退市（C29）', en: 'the product has been withdrawn (C29)' };
  if (code === 'INVALID_PERIOD')
    return { zh: '该规格已没有这种时长的价格', en: 'the specification has no price for such a period any more' };
  return { zh: message, en: message };
}

const NO_MORE: LocalizedText = { zh: '（不再尝试）', en: '(no further try)' };
