/** A call of V1.0 as it goes over the wire: signed rightly, or wrongly in one named way (saas-v1.md 2.1, 3.1). */
import { formatUtc17, percentEncode, signAuthToken } from '@jishi/protocol';
import type { Session } from '../case.ts';
import type { WireRequest } from '../exchange.ts';
import type { Parameters } from './parameters.ts';

/** How a call departs from the plain one. */
export interface Writing {
  /** true = a live call, without the test mark: only in live cases, and for what changes nothing */
  readonly live?: boolean | undefined;
  /** `plain`, the default: a token without + and /; `special`: one with both */
  readonly letters?: 'plain' | 'special' | undefined;
  /** the text of timeStamp; null = the parameter is left out */
  readonly timeStamp?: ((at: Date) => string) | null | undefined;
  /** what is sent in place of the right token; null = none */
  readonly token?: ((right: string, query: string) => string | null) | undefined;
  /** the token as it stands in the URL, not encoded any more */
  readonly isTokenRaw?: boolean | undefined;
  /** what happens to the signed parameters before they are sent */
  readonly afterSigning?: ((parameters: Parameters) => Parameters) | undefined;
  /** the pairs on the wire, token included; alphabetical with the token last by default */
  readonly arrange?: ((pairs: readonly string[]) => readonly string[]) | undefined;
  readonly method?: 'GET' | 'POST' | undefined;
}

export interface Signed {
  readonly request: WireRequest;
  /** as sent, or null */
  readonly timeStamp: string | null;
}

/** Moments tried until the token has the letters that are wanted; one in four has. */
const MOMENTS = 400;

/** Signs a call with its test mark, unless `live` says otherwise. `label` tells readers of the report what it is. */
export function signedCall(session: Session, parameters: Parameters, label: string, writing: Writing = {}): Signed {
  const { live = false, method = 'GET', arrange = (pairs) => pairs, afterSigning = (sent) => sent } = writing;
  const marked: Parameters = live ? parameters : { ...parameters, testFlag: '1' };
  const { stamped, timeStamp, right, query } = atSuitableMoment(session, marked, writing);
  const token = writing.token === undefined ? right : writing.token(right, query);
  const pairs = pairsOf(session.target, afterSigning(stamped));
  const tokenPair = token === null ? [] : [`authToken=${writing.isTokenRaw ? token : percentEncode(token)}`];
  const url = new URL(session.target);
  url.search = '';
  url.hash = '';
  return {
    request: {
      method,
      url: `${url.href}?${arrange([...pairs, ...tokenPair]).join('&')}`,
      headers: { Accept: 'application/json', ...(method === 'POST' ? { 'Content-Type': 'application/json' } : {}) },
      // Where V2.0 shares the address, a POST without any JSON would be another matter than the one at hand.
      body: method === 'POST' ? '{}' : null,
      label,
    },
    timeStamp,
  };
}

/** Moments go back from now in milliseconds, so that none lies in the future, and none is used twice: each repeat is a new call. */
function atSuitableMoment(session: Session, parameters: Parameters, { letters = 'plain', ...writing }: Writing) {
  const now = session.now();
  const used = session.moments;
  const isSuitable = (token: string) =>
    letters === 'plain' ? !/[+/]/.test(token) : token.includes('+') && token.includes('/');
  for (let back = 0; ; back += 1) {
    if (used.has(now - back)) continue;
    const at = new Date(now - back);
    const timeStamp = writing.timeStamp === null ? null : (writing.timeStamp ?? formatUtc17)(at);
    const stamped: Parameters = timeStamp === null ? parameters : { ...parameters, timeStamp };
    const query = pairsOf(session.target, stamped).join('&');
    const right = signAuthToken(query, session.accessKey).authToken;
    if (isSuitable(right) || back >= MOMENTS || timeStamp === null) {
      used.add(now - back);
      return { stamped, timeStamp, right, query };
    }
  }
}

/** Parameters that the seller's address has of its own are sent, and signed, with the others (2.1). */
function pairsOf(target: URL, parameters: Parameters): readonly string[] {
  const own = target.search.slice(1).split('&').filter(Boolean);
  const ours = Object.entries(parameters).map(([name, value]) => `${percentEncode(name)}=${percentEncode(value)}`);
  return [...own, ...ours.sort()];
}
