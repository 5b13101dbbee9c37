/** What came back from a kit call: the bare envelope (saas-v2.md 7). */
import type { Diagnosis, DiagnosisCode } from '@jishi/protocol';
import type { Exchange } from '../exchange.ts';
import { asWarning } from '../finding.ts';
import { isOfFrame, type Reply, readReply } from '../saas-v2/reply.ts';

export type KitReply = Reply<'releaseInstance'>;

/** A release, too, is answered with the bare envelope. */
export function readKitReply(exchange: Exchange): KitReply {
  return readReply('releaseInstance', exchange);
}

/** What has been told in this run. */
export interface Told {
  readonly said: Set<DiagnosisCode>;
}

/** What is wrong with an answer, without what spoils every answer and has been told. */
export function findings({ said }: Told, { diagnosis }: KitReply): Diagnosis[] {
  const fresh = diagnosis.filter(({ code }) => !said.has(code) || !isOfEveryAnswer(code));
  for (const { code } of fresh) said.add(code);
  return fresh;
}

function isOfEveryAnswer(code: DiagnosisCode): boolean {
  return isOfFrame(code) || code === 'body.result-msg-missing';
}

/** Of an answer that rightly refuses: what is wrong with its form, as warnings, since the marketplace never makes such a call. */
export function formOfRefusal(told: Told, reply: KitReply): Diagnosis[] {
  const { diagnosis } = reply;
  const fresh = diagnosis.filter(({ code }) => code !== 'result.refused' && !told.said.has(code));
  return findings(told, { ...reply, diagnosis: fresh }).map(asWarning);
}

/** Refused, by a code or by an HTTP status: not a matter of network or form. */
export function isRefused({ content, status }: KitReply): boolean {
  return content.outcome === 'refused' || (status !== null && status >= 400);
}
