/** What the clock of a seller shows: the answer itself tells, in its header Date. */
import type { Session } from '../case.ts';
import { type Cause, cause } from './causes.ts';
import { type AnyReply, header } from './reply.ts';

/** A clock that is further off than this is named. */
const CLOCK_OFF_MS = 30_000;

/** As a known mistake: the call dated by the seller's own clock. Empty when that is right, or not told. */
export function clockAt(
  session: Session,
  reply: AnyReply,
): readonly { readonly cause: Cause; readonly writing: { readonly timestamp: string } }[] {
  const atMs = Date.parse(header(reply, 'date') ?? '');
  const offMs = atMs - session.now();
  if (Number.isNaN(offMs) || Math.abs(offMs) < CLOCK_OFF_MS) return [];
  const seconds = Math.round(Math.abs(offMs) / 1000);
  const found =
    offMs > 0
      ? cause('clock', `服务器时钟快了 ${seconds} 秒`, `the clock of the server is ${seconds} s fast`)
      : cause('clock', `服务器时钟慢了 ${seconds} 秒`, `the clock of the server is ${seconds} s slow`);
  return [{ cause: found, writing: { timestamp: String(atMs) } }];
}
