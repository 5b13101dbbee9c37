/** What can be wrong with the ledger, in both languages. */
import type { EntryRow } from './sealed-text.ts';

type FaultKind = 'altered' | 'removed' | 'inserted' | 'seal' | 'unbalanced' | 'balance' | 'month';

export interface Fault {
  readonly kind: FaultKind;
  readonly entryId: string | null;
  readonly sealNumber: number | null;
  readonly message: { readonly en: string; readonly zh: string };
}

const of = (kind: FaultKind, entryId: string | null, sealNumber: number | null, en: string, zh: string): Fault => ({
  kind,
  entryId,
  sealNumber,
  message: { en, zh },
});

type Named = Pick<EntryRow, 'entry_id' | 'kind' | 'reference'>;
const named = ({ entry_id, kind, reference }: Named) => `${entry_id} (${kind} ${reference})`;
const seals = (from: number, to: number) => (from === to ? `${from}` : `${from}–${to}`);

export const fault = {
  altered: (entry: Named, seal: number) =>
    of(
      'altered',
      entry.entry_id,
      seal,
      `entry ${named(entry)} was altered after seal ${seal}: its text or one of its postings is not what was sealed`,
      `分录 ${named(entry)} 在封存 ${seal} 之后被改动：其内容或某条明细与封存时不一致`,
    ),
  digestAltered: (entryId: string, seal: number) =>
    of(
      'altered',
      entryId,
      seal,
      `the digest beside entry ${entryId} in seal ${seal} was altered; the entry itself is as it was sealed`,
      `封存 ${seal} 中分录 ${entryId} 的摘要被改动，分录本身与封存时一致`,
    ),
  removed: (entryId: string, seal: number) =>
    of(
      'removed',
      entryId,
      seal,
      `entry ${entryId} was removed: seal ${seal} lists it, the ledger no longer has it`,
      `分录 ${entryId} 被删除：封存 ${seal} 列有该分录，账中已不存在`,
    ),
  takenOut: (seal: number, count: number) =>
    of(
      'removed',
      null,
      seal,
      `seal ${seal} was made over ${count} ${count === 1 ? 'entry' : 'entries'} more than it lists now: taken out of it, or moved to another seal`,
      `封存 ${seal} 现列分录比封存时少 ${count} 条：已被移出，或被移到其他封存`,
    ),
  inserted: (entryId: string, seal: number) =>
    of(
      'inserted',
      entryId,
      seal,
      `entry ${entryId} was put into seal ${seal} after it was made; without it the seal is right`,
      `分录 ${entryId} 是在封存 ${seal} 完成后加入的，去掉它封存即吻合`,
    ),
  tooMany: (seal: number, count: number) =>
    of(
      'inserted',
      null,
      seal,
      `seal ${seal} lists ${count} more ${count === 1 ? 'entry' : 'entries'} than it was made over`,
      `封存 ${seal} 现列分录比封存时多 ${count} 条`,
    ),
  stray: (entryId: string, seal: number) =>
    of(
      'inserted',
      entryId,
      seal,
      `entry ${entryId} is listed in seal ${seal}, which there is not`,
      `分录 ${entryId} 列在封存 ${seal} 中，而该封存不存在`,
    ),
  unsealedOld: (entry: Named) =>
    of(
      'inserted',
      entry.entry_id,
      null,
      `entry ${named(entry)} is in no seal although it claims to be older than the last one: it was inserted past the posting, or taken out of its seal`,
      `分录 ${named(entry)} 的写入时间早于最近一次封存，却不在任何封存中：绕过记账插入，或被移出封存`,
    ),
  sealsGone: (from: number, to: number) =>
    of(
      'seal',
      null,
      to,
      from > to ? `seal ${from - 1} stands twice` : `seal ${seals(from, to)} is gone from the chain`,
      from > to ? `封存 ${from - 1} 重复` : `封存链中缺少封存 ${seals(from, to)}`,
    ),
  doesNotFollow: (seal: number) =>
    of(
      'seal',
      null,
      seal,
      `seal ${seal} was not made after seal ${seal - 1} as it is now: one of the two was altered`,
      `封存 ${seal} 与现在的封存 ${seal - 1} 不衔接：其中之一被改动`,
    ),
  sealAltered: (seal: number, entries: number) =>
    of(
      'seal',
      null,
      seal,
      `seal ${seal} does not fit its ${entries} ${entries === 1 ? 'entry' : 'entries'}: the seal was altered, or an entry together with its digest`,
      `封存 ${seal} 与其 ${entries} 条分录不吻合：封存被改动，或某条分录连同摘要一起被改动`,
    ),
  end: (found: number, expected: number) =>
    of(
      'seal',
      null,
      expected,
      `the chain ends with seal ${found}, and should end with seal ${expected} as it was made`,
      `封存链止于封存 ${found}，应止于原来的封存 ${expected}`,
    ),
  otherChain: (seal: number) =>
    of(
      'seal',
      null,
      seal,
      `seal ${seal} is not the one that was kept: the chain was made anew since`,
      `封存 ${seal} 与留存的不一致：封存链在此之后被重做`,
    ),
  unbalanced: (entry: Named, currency: string, difference: string) =>
    of(
      'unbalanced',
      entry.entry_id,
      null,
      `entry ${named(entry)} does not add up: its debits exceed its credits by ${difference} ${currency}`,
      `分录 ${named(entry)} 借贷不平：借方减贷方为 ${difference} ${currency}`,
    ),
  empty: (entry: Named) =>
    of('unbalanced', entry.entry_id, null, `entry ${named(entry)} has no postings`, `分录 ${named(entry)} 没有明细`),
  balance: (buyerId: string, currency: string, balance: string, postings: string) =>
    of(
      'balance',
      null,
      null,
      `buyer ${buyerId} has a balance of ${balance} ${currency}, and postings of ${postings} ${currency}`,
      `买家 ${buyerId} 的余额为 ${balance} ${currency}，而明细合计为 ${postings} ${currency}`,
    ),
  month: (month: string, account: string, currency: string) =>
    of(
      'month',
      null,
      null,
      `closed month ${month}: the sums kept for ${account} in ${currency} are not those of its entries`,
      `已结账月份 ${month}：账户 ${account}（${currency}）留存的合计与分录不一致`,
    ),
};
