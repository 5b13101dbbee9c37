/**
 * The API refuses with the id of a rule and a sentence in English. This finds the rule's own text for the reader's
 * language (i18n `rule`). Sources: catalogue.md 6, settlement.md 7.1, consoles-and-processes.md 1.6 – 1.9, 7.9.
 */
const table = [
  [/^7\.9: refund application/, 'openRefund'],
  [/^B-70c: refund application/, 'openRefund'],
  [/^B-70c: order \S+ changes it at its expiry/, 'changePending'],
  [/^B-70c: order/, 'openOrder'],
  [/^B-70c: a change is being/, 'changing'],
  [/^B-70c: an instance|^B-70a: (only a running|the subscription has expired)/, 'notRunning'],
  [/^(B-52|C34): only a trial/, 'onlyTrial'],
  [/^S7-8: trial/, 'refundTrial'],
  [/\btrial\b.*(converted|changed|renew)/, 'trial'],
  [/^(C27|C25|B-61): only .*(month|year)|^C27: pay-per-use|^C31: a package|^C21:/, 'notPeriodic'],
  [/^C27: the retention|^X23:/, 'retentionOver'],
  [/^C29: the product is withdrawn/, 'withdrawn'],
  [/^(C29|B-70b): the product is not on sale/, 'notOnSale'],
  [/^B-70a: (a renewal with change needs|only SaaS V2\.0)/, 'onlyV2'],
  [/from 30 days before/, 'from30Days'],
  [/^C25: a smaller quantity/, 'smaller'],
  [/^C26: the target is cheaper/, 'cheaper'],
  [/^C25: nothing would change/, 'same'],
  [/^C25: the seller does not offer/, 'noTarget'],
  [/^C26:/, 'targetGone'],
  [/^C25: (there is no such SKU|the target)/, 'otherSpecification'],
  [/^S5-20:/, 'invoiced'],
  [/^S7-1: the guarantee/, 'guaranteeOver'],
  [/^S7-2:/, 'fiveDaysOver'],
  [/^S7-3:/, 'quota'],
  [/^S7-5: the renewal|^S7-8: the renewal .* first/, 'renewalFirst'],
  [/^S7-7:/, 'opening'],
  [/^S7-8: what has expired/, 'refundExpired'],
  [/^S7-8: .*in effect/, 'renewalInEffect'],
  [/^S7-8: there is no renewal/, 'nothingAhead'],
  [/^S7-8: on this site an image/, 'imageAbroad'],
  [/^S7-8: .*settlement\.md 7\.2/, 'typeNotRefunded'],
  [/^S7-8: (nothing was paid|there is nothing)/, 'nothingPaid'],
  [/^S7-11:/, 'refundAmount'],
  [/^B-83a:/, 'partOnly'],
  [/^S7-12: all that was paid/, 'allConsumed'],
  [/^S7-1: this instance is refunded as/, 'otherRefund'],
] as const;

export type RuleKey = (typeof table)[number][1];

/** The name of the rule in a refusal's sentence; null for a sentence that is not known. */
export function ruleKeyOf(message: string): RuleKey | null {
  return table.find(([pattern]) => pattern.test(message))?.[1] ?? null;
}
