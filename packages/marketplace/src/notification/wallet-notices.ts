/** Of what buyers pay with: coupons and cards that come, end or go, and statements of credit (N-78, N-79). */
import type { z } from 'zod';
import type { LocalizedText } from '../catalog/index.ts';
import { type PurseKind, purseTold, statementDue, statementIssued } from '../wallet/index.ts';
import type { Variant } from './catalogue.ts';
import { instant, type Notice, notice, type Reader, reads } from './notice-parts.ts';

const KINDS: Readonly<Record<PurseKind, LocalizedText>> = {
  COUPON: { zh: '现金券', en: 'cash coupon' },
  COUPON_UNCOUNTED: { zh: '现金券（不计业绩）', en: 'cash coupon (does not count)' },
  CREDIT_COUPON: { zh: '授信现金券', en: 'credit cash coupon' },
  CARD: { zh: '储值卡', en: 'stored-value card' },
};
const FOREVER: LocalizedText = { zh: '长期有效', en: 'no end' };

const tellOf = (variant: Variant): Reader =>
  reads(purseTold, ({ buyerId, kind, left, validFrom, validTo }) => [
    notice(variant, buyerId, {
      ...{ kind: KINDS[kind], amount: left, from: instant.parse(validFrom) },
      until: validTo === null ? FOREVER : instant.parse(validTo),
    }),
  ]);

const statementOf = (variant: Variant, { buyerId, month, owed, dueAt }: z.infer<typeof statementIssued>): Notice[] =>
  dueAt === null
    ? []
    : [
        notice(variant, buyerId, {
          month: {
            zh: `${month.slice(0, 4)} 年 ${Number(month.slice(4))} 月`,
            en: `${month.slice(0, 4)}-${month.slice(4)}`,
          },
          ...{ amount: owed, until: instant.parse(dueAt) },
        }),
      ];

export const WALLET_READERS: Readonly<Record<string, Reader>> = {
  'wallet.purse-granted': tellOf('N-78.granted'),
  'wallet.purse-ending': tellOf('N-78.ending'),
  'wallet.purse-withdrawn': tellOf('N-78.withdrawn'),
  'wallet.statement-issued': reads(statementIssued, (told) => statementOf('N-79.issued', told)),
  'wallet.statement-due': reads(statementDue, (told) =>
    told.daysLeft < 0
      ? [...statementOf('N-79.overdue', told), ...statementOf('N-79.overdue-to-operators', told)]
      : statementOf('N-79.due', told),
  ),
};
