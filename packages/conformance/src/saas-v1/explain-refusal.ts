/**
 * Why a rightly signed call was refused: the same call is sent with the tokens of known mistakes, all with the test mark; the one
 * that the seller takes is its own mistake (saas-v1.md 11, last paragraph).
 */
import { type ActivityV1, authTokenMistakes, bodySign, type Diagnosis, formatUtc17 } from '@jishi/protocol';
import { SEARCH_MS, type Session } from '../case.ts';
import { ask, isTaken } from './ask.ts';
import { type Cause, cause, causeOfMistake, validRefused } from './causes.ts';
import { again, type Parameters } from './parameters.ts';
import { type Reading, saidBy } from './reading.ts';
import { signedCall, type Writing } from './request.ts';

const BEIJING_MS = 8 * 3_600_000;

/** A rightly signed call that was refused. */
export interface RefusedCall {
  readonly activity: ActivityV1;
  readonly parameters: Parameters;
  readonly label: string;
  readonly writing?: Writing | undefined;
  readonly reading: Reading<ActivityV1>;
}

/** The finding, with the cause that could be proved, else `otherwise`. */
export async function explainRefusal(session: Session, refused: RefusedCall, otherwise: Cause): Promise<Diagnosis> {
  return refusedBecauseOf((await findCause(session, refused)) ?? otherwise, refused);
}

export function refusedBecauseOf(because: Cause, { label, reading }: RefusedCall): Diagnosis {
  return validRefused(because, `${label}: ${saidBy(reading)}`);
}

/** The mistake that the seller takes, or null. */
export async function findCause(session: Session, refused: RefusedCall): Promise<Cause | null> {
  const { activity, parameters, label, writing = {} } = refused;
  const deadline = session.now() + SEARCH_MS;
  for (const candidate of candidates(session, parameters, writing)) {
    if (session.now() > deadline) return null;
    const how = `${label}, as if: ${candidate.cause.what.en}`;
    const wrongly = { ...writing, ...candidate.writing };
    const reading = await ask(session, activity, again(session, parameters), how, wrongly);
    if (isTaken(reading)) return candidate.cause;
  }
  return null;
}

/** What can be said when no mistake fits: the seller's own signature tells whether it has the same key. */
export function causeByBodySign(session: Session, { exchange }: Reading<ActivityV1>): Cause {
  const { outcome } = exchange;
  const header = outcome.ok ? outcome.answer.headers.find(([name]) => /^body-?sign$/i.test(name))?.[1] : undefined;
  if (!outcome.ok || header === undefined) {
    return cause(
      'key',
      '没有任何已知错误能解释，很可能是另一个 Key',
      'no known mistake explains it: most likely another Key',
    );
  }
  return header.includes(bodySign(outcome.answer.body, session.accessKey).signature)
    ? cause(
        'timestamp',
        'Body-Sign 表明 Key 一致，也没有已知的签名错误；可能是时钟不准、时间窗口过窄、时区不对，或密钥后拼接的不是请求中的 timeStamp',
        'the Key is the same (Body-Sign fits) and no known mistake of signing explains it: perhaps a clock that is off, a window too narrow, or another time in the HMAC key than the timeStamp of the request',
      )
    : cause(
        'key',
        'Body-Sign 也与此 Key 不符：商家使用的是另一个 Key',
        'Body-Sign does not fit this Key either: another Key is in use',
      );
}

interface Candidate {
  readonly cause: Cause;
  readonly writing: Writing;
}

function candidates(session: Session, parameters: Parameters, base: Writing): readonly Candidate[] {
  const { accessKey } = session;
  const sample = signedCall(session, parameters, '', base).request.url.split('?')[1] ?? '';
  const mistakes = authTokenMistakes(sample, accessKey).map(({ mistake: { code, change } }, place): Candidate => {
    // Of calls that differ in nothing but ids and time, the mistakes are the same ones in the same order.
    const token = (right: string, query: string) => {
      const made = authTokenMistakes(query, accessKey)[place];
      return made?.mistake.change.en === change.en ? made.token : right;
    };
    return { cause: causeOfMistake(code, change), writing: { token } };
  });
  return [NOT_DECODED, ...mistakes, ...OTHER_TIMES];
}

const NOT_DECODED: Candidate = {
  cause: cause('encoding', '比较前没有对 authToken 做 URL 解码', 'authToken is compared without being URL-decoded'),
  writing: { isTokenRaw: true },
};

const OTHER_TIMES: readonly Candidate[] = [
  {
    cause: cause('timestamp', 'timeStamp 被当作北京时间', 'timeStamp is taken for Beijing time'),
    writing: { timeStamp: (at) => formatUtc17(new Date(at.getTime() + BEIJING_MS)) },
  },
  {
    cause: cause('timestamp', '要求 14 位的 timeStamp', 'a timeStamp of 14 digits is demanded'),
    writing: { timeStamp: (at) => formatUtc17(at).slice(0, 14) },
  },
  {
    cause: cause('timestamp', '要求毫秒时间戳', 'UNIX milliseconds are demanded as timeStamp'),
    writing: { timeStamp: (at) => String(at.getTime()) },
  },
  {
    cause: cause('timestamp', '要求秒级时间戳', 'UNIX seconds are demanded as timeStamp'),
    writing: { timeStamp: (at) => String(Math.floor(at.getTime() / 1000)) },
  },
];
