/**
 * What comes back for an image after its five days, or when the refunds of the year are used up (S7-12): what was paid less
 * the part for the hours that it was there, without a fee. Pure.
 *
 * The hours are those of the published arithmetic (catalogue.md 6.3): the hour in which it took effect counts whole, the
 * one in which the refund is asked for does not, the end is the next full hour. What is consumed is rounded to cents, half
 * up (the published 136.15 is 136.1477…), and the refund is the rest, so that both are the payment to the cent.
 */
import { decimal, type Money, money, roundToCents } from '../platform/money.ts';

/** From its opening, which S7-2 counts from too, to its expiry. */
export interface UsedPeriod {
  readonly effectiveAt: Date;
  readonly expireAt: Date;
}

/** How an amount came about; kept with the application. */
export interface Consumption {
  readonly effectiveAt: string;
  readonly expireAt: string;
  readonly askedAt: string;
  readonly usedHours: number;
  readonly totalHours: number;
  /** what is kept */
  readonly amount: Money;
}

const HOUR_MS = 3_600_000;
// The China site alone has this refund; its zone is whole hours from UTC.
const hourOf = (at: Date): number => Math.floor(at.getTime() / HOUR_MS);

/** @param now before the expiry: the caller has asked `refundPath` */
export function consumptionOf(paid: Money, { effectiveAt, expireAt }: UsedPeriod, now: Date): Consumption {
  const begin = hourOf(effectiveAt);
  const totalHours = Math.ceil(expireAt.getTime() / HOUR_MS) - begin;
  const usedHours = Math.max(0, hourOf(now) - begin);
  if (usedHours >= totalHours)
    throw new RangeError(`S7-12: ${now.toISOString()} is not before ${expireAt.toISOString()}`);
  const consumed = roundToCents(decimal(paid.amount).times(usedHours).dividedBy(totalHours));
  return {
    effectiveAt: effectiveAt.toISOString(),
    expireAt: expireAt.toISOString(),
    askedAt: now.toISOString(),
    usedHours,
    totalHours,
    amount: money(consumed, paid.currency),
  };
}

/** What comes back. */
export const restOf = (paid: Money, consumption: Consumption): Money =>
  money(decimal(paid.amount).minus(consumption.amount.amount), paid.currency);

/** The amount is less from the next full hour on; before it, it holds. */
export const holdsUntil = ({ askedAt, expireAt }: Consumption): Date =>
  new Date(Math.min((hourOf(new Date(askedAt)) + 1) * HOUR_MS, Date.parse(expireAt)));
