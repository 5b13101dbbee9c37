/** Vouchers (S9-5 … S9-8, S-56): issued by a seller for products of its own, claimed on the page or assigned, void when the seller says so. */
import type { Scope } from '../../directory/index.ts';
import type { Tx } from '../../platform/database/database.ts';
import { decimal } from '../../platform/money.ts';
import type { Platform } from '../../platform/platform.ts';
import { uuid } from '../../platform/random.ts';
import { ok, type Refusal, type Result, refuse } from '../../platform/result.ts';
import { SITES } from '../../platform/site.ts';
import { buyersFault } from '../sales/service.ts';
import type { Listed } from '../sales/store.ts';
import { claimFault, type Voucher, type VoucherItem } from './model.ts';
import { type Author, ownContents } from './service.ts';
import { grantTo, heldVouchers, insertVoucher, setVoucherVoid, voucherById } from './voucher-store.ts';

export interface VoucherTerms
  extends Pick<
    Voucher,
    'name' | 'faceValue' | 'minimumSpend' | 'modes' | 'withOffers' | 'claimable' | 'validFrom' | 'validTo' | 'total'
  > {
  readonly items: readonly { readonly goodsId: string; readonly specificationId: string | null }[];
  /** who gets one at once */
  readonly buyers: readonly Listed[];
}

/** Publishes a voucher. Refuses VALIDATION, NOT_FOUND (products), UNKNOWN_BUYER, VOUCHER_GONE (more buyers than vouchers). */
export async function publishVoucher(
  platform: Platform,
  tx: Tx,
  { author, terms }: { readonly author: Author; readonly terms: VoucherTerms },
  now: Date,
): Promise<Result<Voucher>> {
  const { scope, userId } = author;
  if (scope.kind !== 'seller') return refuse('FORBIDDEN', 'only a seller issues vouchers');
  const fault = termsFault(terms, now);
  if (fault) return { ok: false, refusal: fault };
  const items = await itemsOf(tx, scope, terms);
  if (!items.ok) return items;
  const { buyers, items: _, ...rest } = terms;
  const voucher: Voucher = {
    ...rest,
    items: items.value,
    voucherId: `VC${uuid(platform.random).replaceAll('-', '')}`,
    sellerId: scope.sellerId,
    state: 'PUBLISHED',
    currency: SITES[platform.config.site].currency,
    claimed: 0,
    createdAt: now,
  };
  await insertVoucher(tx, voucher, userId);
  return assign(tx, voucher, buyers, now);
}

function termsFault({ faceValue, minimumSpend, validFrom, validTo }: VoucherTerms, now: Date): Refusal | null {
  const no = (message: string): Refusal => ({ code: 'VALIDATION', message });
  if (!decimal(faceValue).greaterThan(0)) return no('the face value is more than zero');
  if (minimumSpend !== null && !decimal(minimumSpend).greaterThan(0)) return no('S9-7: a minimum is more than zero');
  return validTo > validFrom && validTo > now ? null : no('the end of validity is later than its start and than now');
}

async function itemsOf(tx: Tx, scope: Scope, { items }: VoucherTerms): Promise<Result<VoucherItem[]>> {
  const contents = await ownContents(
    tx,
    scope,
    items.map(({ goodsId }) => goodsId),
  );
  const found: VoucherItem[] = [];
  for (const { goodsId, specificationId } of items) {
    const content = contents.get(goodsId);
    if (!content) return refuse('NOT_FOUND', 'S9-5: there is no such product of the seller', { goodsId });
    if (specificationId !== null && !content.specifications.some((each) => each.specificationId === specificationId))
      return refuse('NOT_FOUND', 'there is no such specification', { specificationId });
    found.push({ goodsId, specificationId, class: content.class });
  }
  return ok(found);
}

/** Gives one to each of these buyers who has none. Refuses NOT_FOUND, VOUCHER_VOID, VOUCHER_GONE, UNKNOWN_BUYER. */
export async function assignVoucher(
  tx: Tx,
  input: { readonly scope: Scope; readonly voucherId: string; readonly buyers: readonly Listed[] },
  now: Date,
): Promise<Result<Voucher>> {
  const voucher = await voucherById(tx, input.voucherId, { scope: input.scope, lock: true });
  if (!voucher) return refuse('NOT_FOUND', 'there is no such voucher');
  const fault = claimFault({ ...voucher, claimable: true }, now);
  return fault ? { ok: false, refusal: fault } : assign(tx, voucher, input.buyers, now);
}

async function assign(tx: Tx, voucher: Voucher, buyers: readonly Listed[], now: Date): Promise<Result<Voucher>> {
  if (buyers.length === 0) return ok(voucher);
  const strangers = await buyersFault(tx, buyers);
  if (strangers) return strangers;
  const { voucherId, total, claimed } = voucher;
  const held = [...new Set(buyers.map(({ buyerId }) => buyerId))];
  if (claimed + held.length > total)
    return refuse('VOUCHER_GONE', `${total - claimed} are left`, { voucherId, left: String(total - claimed) });
  const given = await grantTo(tx, voucherId, held, now);
  return ok({ ...voucher, claimed: claimed + given });
}

/** A buyer takes one from the page; a second claim shows the first one. Refuses NOT_FOUND, VOUCHER_VOID, VOUCHER_GONE, VOUCHER_NOT_USABLE. */
export async function claimVoucher(
  tx: Tx,
  { voucherId, buyerId }: { readonly voucherId: string; readonly buyerId: string },
  now: Date,
): Promise<Result<Voucher>> {
  const voucher = await voucherById(tx, voucherId, { lock: true });
  const held = (await heldVouchers(tx, buyerId, [voucherId])).get(voucherId);
  if (held) return ok(held.voucher);
  const fault = claimFault(voucher, now);
  if (fault || !voucher) return fault ? { ok: false, refusal: fault } : refuse('NOT_FOUND', 'there is no such voucher');
  const given = await grantTo(tx, voucherId, [buyerId], now);
  return ok({ ...voucher, claimed: voucher.claimed + given });
}

/** Nobody gets one any more; those that buyers have stay good (S-56). */
export async function voidVoucher(
  tx: Tx,
  { scope, voucherId }: { readonly scope: Scope; readonly voucherId: string },
): Promise<Result<Voucher>> {
  const voucher = await voucherById(tx, voucherId, { scope, lock: true });
  if (!voucher) return refuse('NOT_FOUND', 'there is no such voucher');
  await setVoucherVoid(tx, voucherId);
  return ok({ ...voucher, state: 'VOID' });
}
