/** The quote of one line as its specification is sold: the one way from a chosen price to `quote()`. Pure. */
import { type Result, refuse } from '../../platform/result.ts';
import type { PriceItem, Specification } from '../definition.ts';
import { type Discount, type Quote, quote } from '../model.ts';

export interface ChosenAmount {
  readonly quantity?: number | undefined;
  readonly periodNumber?: number | undefined;
  /** counts where the price is for one vCPU (L34), and is needed there */
  readonly vcpus?: number | undefined;
}

/** Refuses INVALID_FLAVOUR, INVALID_QUANTITY, INVALID_PERIOD. */
export function quoteLine(
  { perVcpu, chargingMode, linearAttribute }: Specification,
  priceItem: PriceItem,
  { quantity, periodNumber, vcpus }: ChosenAmount,
  discount?: Discount,
): Result<Quote> {
  if (perVcpu && vcpus === undefined)
    return refuse('INVALID_FLAVOUR', 'L34: the price is for one vCPU: choose a flavour', {
      priceItemId: priceItem.priceItemId,
    });
  const flavour = perVcpu ? vcpus : undefined;
  return quote({ priceItem, chargingMode, linearAttribute, quantity, periodNumber, vcpus: flavour, discount });
}
