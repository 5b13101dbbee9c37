/** Of pay-per-use: packages and the balance that run low, a package that lapses, and debts (N-28, N-29, S7-15). */
import { z } from 'zod';
import { type LocalizedText, localizedText } from '../catalog/index.ts';
import type { Variant } from './catalogue.ts';
import { id, instant, money, type Notice, notice, product, type Reader, reads } from './notice-parts.ts';

const service = { resourceId: id, buyerId: id, placedBy: id, orderId: id, ...product };
const watched = z.object({
  ...service,
  rest: z.string(),
  quota: z.string(),
  unit: localizedText,
  threshold: z.string().nullable(),
  to: instant.nullable(),
});
type Watched = z.infer<typeof watched>;

const inUnit = (quantity: string, { unit }: Watched): LocalizedText => ({
  zh: `${quantity} ${unit.zh}`,
  en: `${quantity} ${unit.en}`,
});
const toBuyer = (variant: Variant, told: Watched, facts: Notice['facts']): Notice => ({
  ...notice(variant, told.buyerId, {
    product: told.productName,
    resource: told.resourceId,
    order: told.orderId,
    quota: inUnit(told.quota, told),
    ...facts,
  }),
  alsoUserId: told.placedBy,
});
const days = (count: number): LocalizedText => ({ zh: `${count} 天`, en: count === 1 ? '1 day' : `${count} days` });

export const USAGE_READERS: Readonly<Record<string, Reader>> = {
  'metering.arrears-begun': reads(
    z.object({ ...service, owed: money, freezeAt: instant }),
    ({ resourceId, orderId, buyerId, placedBy, productName, owed, freezeAt }) => [
      {
        ...notice('N-29.owed', buyerId, { product: productName, resource: resourceId, order: orderId, owed, freezeAt }),
        alsoUserId: placedBy,
      },
    ],
  ),
  'metering.package-low': reads(watched, (told) => [
    toBuyer('N-28.low', told, {
      rest: inUnit(told.rest, told),
      threshold: inUnit(told.threshold ?? told.rest, told),
    }),
  ]),
  'metering.package-used-up': reads(watched, (told) => [toBuyer('N-28.used-up', told, {})]),
  'metering.package-ending': reads(watched.extend({ daysLeft: z.number() }), (told) =>
    told.to === null
      ? []
      : [
          toBuyer('N-28.ending', told, {
            rest: inUnit(told.rest, told),
            days: days(told.daysLeft),
            expireAt: told.to,
          }),
        ],
  ),
  'metering.balance-low': reads(
    z.object({ buyerId: id, balance: money, below: money }),
    ({ buyerId, balance, below }) => [notice('N-76.balance-low', buyerId, { balance, below })],
  ),
};
