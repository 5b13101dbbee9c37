/**
 * What is known only when all lines of a month are: what a product's buyers paid (S3-6), whether a buyer has repaid its
 * month (S2-3), who of a mixed period has not repaid (S2-14).
 */
import type { Decimal } from '../platform/exact.ts';
import type { Period } from './calendar.ts';
import { eligibilityOf, later } from './eligibility.ts';
import type { Line, Product } from './facts.ts';
import { ZERO } from './formulas/derivation.ts';
import { actualPayment, incrementFor } from './formulas/general.ts';
import type { Rates } from './settle-root.ts';

/** the last period in which prepaid and post-paid orders wait for each other (S2-14) */
const LAST_MIXED: Period = '202003';
/** later than the end of that period on any site: what is paid then counts later still */
const MIXED_UNTIL_MS = Date.parse('2020-04-02T00:00:00Z');

interface Mixed {
  prepaid: boolean;
  repaidAt: Date | null;
  unpaid: boolean;
}

/** What one buyer bought on credit in one month (S2-3). */
interface OnCredit {
  repaidAt: Date | null;
  unpaid: boolean;
}

export interface Months {
  /** told of every line, once */
  add(line: Line, product: Product, sales: Decimal): void;
  /** told of those on credit that are not repaid, unless they were given back in full: nothing is owed for them */
  addDebt(line: Line, product: Product): void;
  readonly rates: Rates;
}

export function createMonths(periodAt: (at: Date) => Period): Months {
  const paid = new Map<string, Map<Period, Decimal>>();
  const mixed = new Map<string, Mixed>();
  const onCredit = new Map<string, OnCredit>();
  const pay = (productId: string, at: Date | null, amount: Decimal) => {
    if (at === null) return;
    const period = periodAt(at);
    let ofProduct = paid.get(productId);
    if (!ofProduct) {
      ofProduct = new Map();
      paid.set(productId, ofProduct);
    }
    const before = ofProduct.get(period);
    ofProduct.set(period, before ? before.plus(amount) : amount);
  };
  /** null = paid at once, or of a buyer that nobody named */
  const monthOnCredit = (line: Line): string | null =>
    line.credit && line.buyerId !== null ? `${periodAt(line.placedAt)} ${line.buyerId}` : null;
  /** A line on credit as its buyer's whole month has it: paid when the last of it is repaid (S2-3). */
  const repaidAsAWhole = (line: Line): Line => {
    const key = monthOnCredit(line);
    const month = key === null ? undefined : onCredit.get(key);
    if (!month) return line;
    const repaidAt = month.unpaid ? null : month.repaidAt;
    return repaidAt === line.repaidAt ? line : { ...line, repaidAt };
  };
  /** the period by what is to be delivered, whether it is paid or not; null = none of those that wait as a whole */
  const deliveredPeriod = (line: Line, product: Product): string | null => {
    const paidAt = line.credit ? (line.paidAt ?? line.placedAt) : line.paidAt;
    if (paidAt === null || paidAt.getTime() >= MIXED_UNTIL_MS) return null;
    const { at } = eligibilityOf({ ...line, credit: false, paidAt }, product);
    return at && periodAt(at) <= LAST_MIXED ? `${product.sellerId} ${product.class} ${periodAt(at)}` : null;
  };
  const inMixed = (line: Line, product: Product): Mixed | null => {
    const key = deliveredPeriod(line, product);
    if (key === null) return null;
    const known = mixed.get(key) ?? { prepaid: false, repaidAt: null, unpaid: false };
    mixed.set(key, known);
    return known;
  };
  const inMonth = (line: Line): OnCredit | null => {
    const key = monthOnCredit(line);
    if (key === null) return null;
    const known = onCredit.get(key) ?? { repaidAt: null, unpaid: false };
    onCredit.set(key, known);
    return known;
  };
  return {
    add(line, product, sales) {
      if (line.kind === 'REFUND') {
        pay(product.id, line.refundCompletedAt, sales.minus(line.nonCash).negated());
        return;
      }
      pay(product.id, line.credit ? line.repaidAt : line.paidAt, actualPayment(line, sales));
      const { repaidAt } = line;
      if (line.credit && repaidAt === null) return;
      const period = inMixed(line, product);
      if (!line.credit && period) period.prepaid = true;
      if (!line.credit || repaidAt === null) return;
      for (const known of [period, inMonth(line)])
        if (known) known.repaidAt = known.repaidAt ? later(known.repaidAt, repaidAt) : repaidAt;
    },
    addDebt(line, product) {
      for (const known of [inMixed(line, product), inMonth(line)]) if (known) known.unpaid = true;
    },
    rates: {
      increment: (productId, at) => incrementFor(paid.get(productId)?.get(periodAt(at)) ?? ZERO),
      wait(line, product, alone) {
        const whole = repaidAsAWhole(line);
        const eligibility = whole === line ? alone : eligibilityOf(whole, product);
        const key = eligibility.at === null ? null : deliveredPeriod(line, product);
        const period = key === null ? undefined : mixed.get(key);
        if (eligibility.at === null || !period?.prepaid) return eligibility;
        if (period.unpaid)
          return {
            at: null,
            waitingFor: [{ rule: 'S2-14', text: 'a post-paid customer of the same period has not repaid' }],
          };
        if (period.repaidAt === null || period.repaidAt <= eligibility.at) return eligibility;
        return {
          at: period.repaidAt,
          conditions: [...eligibility.conditions, { rule: 'S2-14', met: period.repaidAt }],
        };
      },
    },
  };
}
