/**
 * What an answer says, without what differs from call to call: two calls with the same fingerprint were treated alike. So an
 * activity that is answered like one that does not exist is not spoken.
 */
import { type AnyReply, isDone, isPending } from './reply.ts';

export function fingerprint(reply: AnyReply): string {
  const { exchange, status, content, object } = reply;
  if (!exchange.outcome.ok) return `no answer: ${exchange.outcome.error.kind}`;
  if (status !== 200) return `HTTP ${status}`;
  // What a success gives tells an activity that is carried out from one that is only nodded through.
  const members = isDone(reply) || isPending(reply) ? Object.keys(object ?? {}).sort() : [];
  if (content.resultCode !== null)
    return [content.resultCode, plain(content.resultMsg ?? '', reply), ...members].join(' ');
  const text = new TextDecoder().decode(exchange.outcome.answer.body.subarray(0, COMPARED_BYTES));
  return /^\s*<[!?\w]/.test(text) ? 'a page' : plain(text, reply);
}

const COMPARED_BYTES = 2_000;

/** What was sent, ids and times become dots. */
function plain(text: string, { exchange: { request } }: AnyReply): string {
  const [, sent = ''] = /\bactivity(?:=|":")(\w+)/.exec(`${request.url} ${request.body ?? ''}`) ?? [];
  return [new URL(request.url).search, sent]
    .reduce((rest, echo) => (echo === '' ? rest : rest.replaceAll(echo, '…')), text)
    .toLowerCase()
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '…')
    .replace(/\d{4}-\d\d-\d\d[t ][\d:.]+(z|[+-][\d:]+)?/g, '…')
    .replace(/\b(?=\w*\d)\w{10,}\b/g, '…');
}
