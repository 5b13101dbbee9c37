/**
 * Proof that an address is its seller's (X15): a file at a well-known place, or a TXT record of the domain; either is
 * enough. Both hold the address's token.
 */
import type { LocalizedText } from '../catalog/index.ts';
import type { Outbound } from '../platform/outbound.ts';
import { hostOf } from './address.ts';

export const PROOF_PATH = '/.well-known/jishi-verification.txt';
export const proofRecord = (origin: string): string => `_jishi.${hostOf(origin)}`;

export interface ProofWorld {
  readonly outbound: Outbound;
  /** TXT records of a name, empty when there are none */
  readonly resolveTxt: (name: string) => Promise<readonly string[]>;
}
export type Proof =
  | { readonly by: 'FILE' | 'DNS' }
  | { readonly by: null /** what was found instead, both ways */; readonly fault: LocalizedText };

export async function findProof(world: ProofWorld, address: { origin: string; token: string }): Promise<Proof> {
  const [file, records] = await Promise.all([
    readFile(world.outbound, address.origin),
    world.resolveTxt(proofRecord(address.origin)),
  ]);
  if (file.ok && file.lines.includes(address.token)) return { by: 'FILE' };
  if (records.some((record) => record.trim() === address.token)) return { by: 'DNS' };
  const seen = file.ok
    ? { zh: '校验文件中没有该令牌', en: 'the file does not hold the token' }
    : { zh: `校验文件不可读（${file.seen}）`, en: `the file cannot be read (${file.seen})` };
  const dns =
    records.length === 0
      ? { zh: '没有 TXT 记录', en: 'there is no TXT record' }
      : { zh: `${records.length} 条 TXT 记录都不是该令牌`, en: `none of ${records.length} TXT records is the token` };
  return { by: null, fault: { zh: `${seen.zh}；${dns.zh}。`, en: `${seen.en}; ${dns.en}.` } };
}

async function readFile(
  outbound: Outbound,
  origin: string,
): Promise<{ ok: true; lines: string[] } | { ok: false; seen: string }> {
  const result = await outbound.get(origin + PROOF_PATH, { accept: 'text/plain' });
  if (!result.ok) return { ok: false, seen: result.message.slice(0, 200) };
  if (result.answer.status !== 200) return { ok: false, seen: `HTTP ${result.answer.status}` };
  const text = new TextDecoder().decode(result.answer.body.subarray(0, 4_096));
  return { ok: true, lines: text.split(/\r?\n/).map((line) => line.trim()) };
}
