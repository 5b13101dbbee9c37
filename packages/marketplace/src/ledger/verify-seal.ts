/** One seal against its entries: pure, so that each way of tampering has its words and its test. */
import { hashOfSeal } from '../platform/hash-chain.ts';
import { digestOf, type EntryRow } from './sealed-text.ts';
import { type Fault, fault } from './verify-faults.ts';

export interface SealRow {
  readonly number: number;
  readonly sealedAt: string;
  /** how many were sealed */
  readonly entries: number;
  readonly previous: string;
  readonly hash: string;
}

/** An entry that a seal lists; its own columns are null when the entry itself is gone. */
export type Member = { readonly sealed_id: string; readonly digest: string; readonly booked_at: string } & (
  | EntryRow
  | { readonly entry_id: null }
);

/** @param before the seal before this one; number 0 = this is the first */
export function sealFaults(
  before: { readonly number: number; readonly hash: string },
  seal: SealRow,
  members: readonly Member[],
): Fault[] {
  const faults = members.flatMap((member) => entryFaults(seal, member));
  if (seal.number !== before.number + 1) faults.push(fault.sealsGone(before.number + 1, seal.number - 1));
  else if (seal.previous !== before.hash) faults.push(fault.doesNotFollow(seal.number));
  const digests = members.map(({ digest }) => digest);
  if (hashOf(seal, digests) === seal.hash) return faults;
  return [...faults, ...listFaults(seal, members, digests)];
}

function entryFaults(seal: SealRow, member: Member): Fault[] {
  if (member.entry_id === null) return [fault.removed(member.sealed_id, seal.number)];
  return digestOf(member, member.booked_at) === member.digest ? [] : [fault.altered(member, seal.number)];
}

/** The seal does not fit its list: the one change that explains it, if there is one. */
function listFaults(seal: SealRow, members: readonly Member[], digests: readonly string[]): Fault[] {
  const missing = seal.entries - members.length;
  if (missing > 0) return [fault.takenOut(seal.number, missing)];
  if (missing < 0) {
    const extra = members.filter((_, place) => hashOf(seal, digests.toSpliced(place, 1)) === seal.hash);
    const [one] = extra;
    return [one && missing === -1 ? fault.inserted(one.sealed_id, seal.number) : fault.tooMany(seal.number, -missing)];
  }
  for (const [place, member] of members.entries()) {
    if (member.entry_id === null) continue;
    const recomputed = digestOf(member, member.booked_at);
    if (recomputed !== member.digest && hashOf(seal, digests.with(place, recomputed)) === seal.hash)
      return [fault.digestAltered(member.sealed_id, seal.number)];
  }
  return [fault.sealAltered(seal.number, seal.entries)];
}

const hashOf = (seal: SealRow, digests: readonly string[]): string => hashOfSeal({ ...seal, digests });
