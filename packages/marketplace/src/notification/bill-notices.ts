/** Told of bills, of sellers and of channel partners, and of a bill run that waits. */
import { z } from 'zod';
import type { LocalizedText } from '../catalog/index.ts';
import type { Variant } from './catalogue.ts';
import { id, money, notice, orNone, plain, type Reader, reads, words } from './notice-parts.ts';

const billOf = z.object({ billId: id, sellerId: id, period: id, amount: money });
/** its newest bill, and what is paid in all of those that are paid together (S4-5) */
const commissionOf = z.object({ billId: id, distributorId: id, period: id, amount: money });
const ofCommission = (variant: Variant): Reader =>
  reads(commissionOf, ({ distributorId, billId, period, amount }) => [
    notice(variant, distributorId, { bill: billId, period: monthName(period), amount }),
  ]);
/** `202401` */
const monthName = (period: string): LocalizedText => ({
  zh: `${period.slice(0, 4)} 年 ${Number(period.slice(4))} 月`,
  en: `${period.slice(0, 4)}-${period.slice(4)}`,
});

export const BILL_READERS: Readonly<Record<string, Reader>> = {
  'settlement.bill-sent': reads(billOf, ({ sellerId, billId, period, amount }) => [
    notice('N-62.sent', sellerId, { bill: billId, period: monthName(period), amount }),
  ]),
  'settlement.invoice-asked': reads(billOf, ({ sellerId, billId, period, amount }) => [
    notice('N-63.invoice', sellerId, { bill: billId, period: monthName(period), amount }),
  ]),
  'settlement.commission-bill-sent': ofCommission('N-80.to-confirm'),
  'settlement.commission-invoice-asked': ofCommission('N-80.invoice'),
  'settlement.commission-bill-paid': ofCommission('N-80.paid'),
  'settlement.commission-bill-rejected': reads(
    commissionOf.extend({ distributorName: words, reason: words }),
    ({ billId, distributorName, period, amount, reason }) => [
      notice('N-80.rejected-to-operators', '', {
        bill: billId,
        partner: plain(distributorName),
        period: monthName(period),
        amount,
        reason: orNone(reason),
      }),
    ],
  ),
  'settlement.run-refused': reads(z.object({ period: id, message: words }), ({ period, message }) => [
    notice('N-75.run-refused', '', { period: monthName(period), reason: message }),
  ]),
};
