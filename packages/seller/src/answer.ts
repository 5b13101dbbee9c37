/** Answers on the wire: HTTP 200, JSON, the envelope of saas-v2.md 2, and optionally `Body-Sign` (3.3). */
import { bodySign, type JsonInputObject } from '@jishi/protocol';
import { asciiJson } from './body.ts';
import { cutMessage, type Refusal } from './refuse.ts';

export interface Answer {
  readonly resultCode: string;
  readonly resultMsg: string;
  readonly members: JsonInputObject;
}

export const success = (members: JsonInputObject = {}): Answer => ({
  resultCode: '000000',
  resultMsg: 'success.',
  members,
});

export const accepted = (members: JsonInputObject = {}): Answer => ({
  resultCode: '000004',
  resultMsg: 'The request is being processed.',
  members,
});

export const refused = ({ resultCode, resultMsg }: Omit<Refusal, 'refused'>): Answer => ({
  resultCode,
  resultMsg,
  members: {},
});

export function answerText({ resultCode, resultMsg, members }: Answer): string {
  return asciiJson({ resultCode, resultMsg: cutMessage(resultMsg), ...members });
}

/** `bodySignKey`: the access key, where answers are to be signed. */
export function toResponse(
  answer: Answer,
  init: { status?: number; allow?: string; bodySignKey?: string | undefined } = {},
): Response {
  const text = answerText(answer);
  const headers = new Headers({ 'content-type': 'application/json;charset=utf-8', 'cache-control': 'no-store' });
  if (init.allow) headers.set('allow', init.allow);
  if (init.bodySignKey) headers.set('Body-Sign', bodySign(text, init.bodySignKey).header);
  return new Response(text, { status: init.status ?? 200, headers });
}
