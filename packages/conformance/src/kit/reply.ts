/** What came back from a kit call: the bare envelope (saas-v2.md 7). */
import type { Diagnosis, DiagnosisCode } from '@jishi/protocol';
import type { Exchange } from '../exchange.ts';
import { asWarning } from '../saas-v2/case-of.ts';
import { isOfFrame, type Reply, readReply } from '../saas-v2/reply.ts';

export type KitReply = Reply<'releaseInstance'>;

/** A release, too, is answered with the bare envelope. */
export function readKitReply(exchange: Exchange): KitReply {
  return readReply('releaseInstance', exchange);
}

/** Faults of every answer that have been told already. */
export interface Told {
  readonly said: Set<DiagnosisCode>;
}

/** What is wrong with an answer, without what spoils every answer and has been told. */
export function findings({ said }: Told, { diagnosis }: KitReply): Diagnosis[] {
  const fresh = diagnosis.filter(({ code }) => !said.has(code));
  for (const { code } of fresh) if (isOfFrame(code) || code === 'body.result-msg-missing') said.add(code);
  return fresh;
}

/** Of an answer that rightly refuses: what is wrong with its form, as warnings, since the marketplace never makes such a call. */
export function formOfRefusal(told: Told, reply: KitReply): Diagnosis[] {
  return findings(told, reply)
    .filter(({ code }) => code !== 'result.refused')
    .map(asWarning);
}

/** Refused, by a code or by an HTTP status: not a matter of network or form. */
export function isRefused({ content, status }: KitReply): boolean {
  return content.outcome === 'refused' || (status !== null && status >= 400);
}
