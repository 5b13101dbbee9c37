/** What a page may offer for an instance now, and why not the rest. The same rules refuse the commands. */
import type { Executor } from '../platform/database/database.ts';
import type { Platform } from '../platform/platform.ts';
import type { Refusal } from '../platform/result.ts';
import { factsOf } from './facts.ts';
import { quoteRefund } from './refunds.ts';
import type { Instance } from './row.ts';
import { mayChange, mayConvert, mayRenew, mayRenewItself, mayRenewWithChange, type Rule } from './rules.ts';

export interface Option {
  readonly allowed: boolean;
  readonly code: string | null;
  readonly message: string | null;
}
export interface Options {
  readonly renew: Option;
  readonly convert: Option;
  readonly change: Option;
  readonly renewWithChange: Option;
  readonly unsubscribe: Option;
  readonly cancelRenewal: Option;
  readonly autoRenew: Option;
}

export async function optionsOf(
  platform: Platform,
  executor: Executor,
  instance: Instance,
  now: Date,
): Promise<Options & { readonly openOrderId: string | null }> {
  const [facts] = await factsOf(executor, [instance]);
  if (!facts) throw new Error(`no facts of instance ${instance.resourceId}`);
  const by = (rule: Rule) => option(rule(facts, now));
  const refund = async (kind: 'RENEWAL' | 'RESOURCE') => {
    const input = { scope: { kind: 'all' }, resourceId: instance.resourceId } as const;
    const quote = await quoteRefund(platform, executor, { ...input, subject: kind }, now);
    return option(quote.ok ? null : quote.refusal);
  };
  return {
    renew: by(mayRenew),
    convert: by(mayConvert),
    change: by(mayChange),
    renewWithChange: by(mayRenewWithChange),
    autoRenew: by(mayRenewItself),
    unsubscribe: await refund('RESOURCE'),
    cancelRenewal: await refund('RENEWAL'),
    openOrderId: facts.openOrder?.orderId ?? null,
  };
}

const option = (refusal: Refusal | null): Option => ({
  allowed: refusal === null,
  code: refusal?.code ?? null,
  message: refusal?.message ?? null,
});
