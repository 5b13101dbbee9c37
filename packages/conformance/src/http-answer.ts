/** An answer as @jishi/protocol reads it, and its text whatever the charset: one place for the protocols' readings. */
import { type HttpAnswerV1, isJsonObject, type JsonObject, parseJson } from '@jishi/protocol';
import type { WireAnswer } from './exchange.ts';

/** V2.0 reads it without the headers. */
export function httpAnswer(answer: WireAnswer, durationMs: number): HttpAnswerV1 {
  const { status, headers, body, truncated } = answer;
  const contentType = headerOf(answer, 'content-type');
  return { status, contentType, headers, body, truncated, location: headerOf(answer, 'location'), durationMs };
}

/** @param wanted in lower case */
export function headerOf({ headers }: WireAnswer, wanted: string): string | null {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null;
}

/** Without a byte-order mark, in the charset that fits: UTF-8, UTF-16 by its NUL bytes, else what a Chinese server most likely writes. */
export function textOf(body: Uint8Array): string {
  if (body[1] === 0 && body[3] === 0) return new TextDecoder('utf-16le').decode(body);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return new TextDecoder('gbk').decode(body);
  }
}

/** The body, where it is a JSON object. */
export function objectIn(body: Uint8Array): JsonObject | null {
  const parsed = parseJson(textOf(body));
  return parsed.ok && isJsonObject(parsed.value) ? parsed.value : null;
}
