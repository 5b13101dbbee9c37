/**
 * A line and its refunds, as the engine settles them, turned into what the bill run adds up: for each line its amounts at
 * each increment share that its product's month may reach (S3-4), and what the buyer paid in which month. Pure.
 */
import { type Decimal, decimal } from '../../platform/exact.ts';
import { type Period, periodAt } from '../calendar.ts';
import type { Waiting } from '../eligibility.ts';
import type { Line, Policy, Product } from '../facts.ts';
import { exact } from '../formulas/derivation.ts';
import { actualPayment, takesPart } from '../formulas/general.ts';
import { salesOf } from '../formulas/sales.ts';
import { type LineOutcome, type Rates, settleRoot } from '../settle-root.ts';

export interface Amounts {
  readonly settlement: Decimal;
  readonly platformFee: Decimal;
}
/** Where a line stands: counted at an instant, or not yet, never, or not at all for want of a term. */
export type Standing =
  | {
      readonly state: 'READY';
      readonly readyAt: Date;
      readonly sales: Decimal;
      /** what came in for it, or went back */
      readonly cash: Decimal;
      /** without increment, with 1 %, with 2 %; one entry = takes no part */
      readonly tiers: readonly [Amounts, ...Amounts[]];
      readonly incrementPeriod: Period | null;
      readonly distributor: { readonly id: string; readonly settlement: Decimal } | null;
    }
  | { readonly state: 'WAITING' | 'NEVER'; readonly waiting: readonly Waiting[] }
  | { readonly state: 'ERROR'; readonly error: string };
export interface Computed {
  readonly lineId: string;
  readonly standing: Standing;
  readonly paid: { readonly period: Period; readonly amount: Decimal } | null;
}

/** The shares of S3-4, by tier. */
export const TIER_RATES = ['0', '0.01', '0.02'].map((rate) => decimal(rate));

/**
 * What each percent more adds to the settlement and takes from the fee. null = not that simple: a voucher that the seller
 * bears by its share, a part of an amount that was rounded.
 */
export function incrementOf([none, one, two]: readonly Amounts[]): Decimal | null {
  if (!none || !one || !two) return null;
  const added = one.settlement.minus(none.settlement);
  const simple =
    two.settlement.minus(one.settlement).equals(added) &&
    none.platformFee.minus(one.platformFee).equals(added) &&
    one.platformFee.minus(two.platformFee).equals(added);
  return simple ? added : null;
}

/** S2-14 joins prepaid and post-paid orders up to 202003 only; this program has sold nothing then. */
export const ratesOf = (increment: Decimal): Rates => ({
  increment: () => increment,
  wait: (_line, _product, eligibility) => eligibility,
});

/**
 * What the engine says of a line and its refunds at one increment share.
 * @param billedAt when a root counted that is in a bill already: a refund that is told late comes after it, whatever its
 * own time, because the bill stays as it is (S3-23); but one that the bill has taken into account already stays so (S3-30)
 */
export function outcomesOf(
  { root, refunds, terms, billedAt, absorbed = NONE }: Family,
  policy: Policy,
  increment: Decimal,
): LineOutcome[] {
  const lines =
    billedAt === null
      ? refunds
      : refunds.map((refund) => (absorbed.has(refund.id) ? refund : notBefore(refund, billedAt)));
  return settleRoot(root, lines, terms, policy, ratesOf(increment));
}
export interface Family {
  readonly root: Line;
  readonly refunds: readonly Line[];
  readonly terms: Product;
  readonly billedAt: Date | null;
  /** refunds that were settled with the rest of the root when it was billed (S3-30) */
  readonly absorbed?: ReadonlySet<string>;
}
const NONE: ReadonlySet<string> = new Set();

export function computeFamily(family: Family, policy: Policy): Computed[] {
  const { root, terms } = family;
  const part = terms.class === 'GENERAL' && policy.site === 'CN' && takesPart(root, terms);
  const perTier = TIER_RATES.slice(0, part ? TIER_RATES.length : 1).map((rate) => outcomesOf(family, policy, rate));
  const [plainOutcomes = []] = perTier;
  const rootOutcome = plainOutcomes.find(({ line }) => line === root);
  const absorbed = plainOutcomes.filter((outcome) => outcome.kind === 'WAITING' && isAbsorbed(outcome));
  return plainOutcomes.map((outcome): Computed => {
    const { line } = outcome;
    return { lineId: line.id, standing: standingOf(outcome), paid: paymentOf(line, policy) };
  });

  function standingOf(outcome: LineOutcome): Standing {
    if (outcome.kind === 'ERROR') return { state: 'ERROR', error: `${outcome.rule}: ${outcome.text}` };
    if (outcome.kind === 'WAITING')
      return { state: isAbsorbed(outcome) ? 'NEVER' : 'WAITING', waiting: outcome.waitingFor };
    const withdrawn = outcome.conditions.some(({ rule }) => rule === 'S3-24');
    const rootAt = rootOutcome?.kind === 'READY' ? rootOutcome.at : outcome.at;
    const tiers = (withdrawn ? perTier.slice(0, 1) : perTier).flatMap((outcomes) => amountsIn(outcomes, outcome.line));
    const [none, ...more] = tiers;
    if (!none) throw new Error(`line ${outcome.line.id} was settled without amounts`);
    return {
      state: 'READY',
      readyAt: outcome.at,
      sales: outcome.sales,
      cash: cashOf(outcome.line),
      tiers: [none, ...more],
      incrementPeriod: more.length > 0 ? periodAt(rootAt, policy.site) : null,
      distributor: outcome.distributor && { id: outcome.distributor.id, settlement: outcome.distributor.settlement },
    };
  }

  /** What was paid for the root, without what went back before it counted; what a refund gave back. */
  function cashOf(line: Line): Decimal {
    if (line !== root) return backOf(line).negated();
    return absorbed.reduce((left, refund) => left.minus(backOf(refund.line)), paidFor(root));
  }
  function backOf(refund: Line): Decimal {
    return refund.amount?.minus(refund.nonCash) ?? paidFor(root);
  }
}

const isAbsorbed = ({ waitingFor }: { readonly waitingFor: readonly Waiting[] }): boolean =>
  waitingFor.some(({ rule }) => rule === 'S3-30');

function amountsIn(outcomes: readonly LineOutcome[], line: Line): Amounts[] {
  const outcome = outcomes.find((each) => each.line.id === line.id);
  return outcome?.kind === 'READY' ? [{ settlement: outcome.settlement, platformFee: outcome.platformFee }] : [];
}

/** Without vouchers and what is no cash consumption (S1-4). */
const paidFor = (line: Line): Decimal =>
  exact(salesOf(line, 'S3-1').amount.minus(line.voucherUsed).minus(line.nonCash));

function paymentOf(line: Line, policy: Policy): Computed['paid'] {
  const refund = line.kind === 'REFUND';
  const at = refund ? line.refundCompletedAt : line.credit ? line.repaidAt : line.paidAt;
  if (at === null || (line.amount === null && line.unitPrice === null)) return null;
  const { amount } = salesOf(line, 'S3-1');
  return {
    period: periodAt(at, policy.site),
    amount: refund ? amount.minus(line.nonCash).negated() : actualPayment(line, amount),
  };
}

const notBefore = (refund: Line, at: Date): Line =>
  refund.refundCompletedAt !== null && refund.refundCompletedAt < at ? { ...refund, refundCompletedAt: at } : refund;
