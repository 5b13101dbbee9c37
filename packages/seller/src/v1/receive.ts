/** From raw HTTP to a verified, well-formed request of V1.0, in the order of saas-v1.md 3.3. */
import { type RequestV1, receiveRequestV1 } from '@jishi/protocol';
import { mostTelling, type Reception, type ReceptionTools, turnedAway } from '../reception.ts';

/** A genuine query has less than 6,000 characters with all its members at their limits, most of them percent-encoded. */
export const MAX_QUERY_CHARACTERS = 16_384;

/** `windowMs`: how far `timeStamp` may be from now; undefined: as far as it likes. */
export async function receiveV1(
  request: Request,
  { keys, nowMs, explain, windowMs }: ReceptionTools & { readonly windowMs: number | undefined },
): Promise<Reception<RequestV1>> {
  const rawQuery = new URL(request.url).search.slice(1);
  const window = windowMs === undefined ? undefined : { nowMs, windowMs };
  const options = { window, repairPlus: true, explain: explain && rawQuery.length <= MAX_QUERY_CHARACTERS };
  const verdicts = keys.map((accessKey) => ({ accessKey, verdict: receiveRequestV1(rawQuery, accessKey, options) }));
  // The token comes first: who is told of a malformed parameter has signed with this key.
  const fitting = verdicts.find(({ verdict }) => verdict.ok || verdict.resultCode === '000002');
  if (!fitting) {
    const refusals = verdicts.flatMap(({ verdict }) => (verdict.ok ? [] : [verdict]));
    return turnedAway(keys, '000001', mostTelling(refusals)?.diagnosis ?? []);
  }
  const { accessKey, verdict } = fitting;
  if (!verdict.ok) return turnedAway(keys, '000002', verdict.diagnosis, accessKey);
  return { ok: true, request: verdict.request, accessKey };
}
