/** What must not pass: forged, incomplete and altered calls; all with the test mark (saas-v1.md 3.3). */
import { type Diagnosis, diagnose, formatUtc17, inWordsOfV1, signAuthToken, type Words } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { ask, isTaken } from './ask.ts';
import { type Memory, onlyNew } from './memory.ts';
import { freshId, type Parameters, purchase } from './parameters.ts';
import type { Writing } from './request.ts';

/** A token of the right form that fits nothing. */
export const forged: Writing = { token: (_, query) => signAuthToken(query, 'not-the-key').authToken };

/** Right for its first half: a comparison that stops early does not see the rest. */
const halfRight: Writing = {
  token: (right, query) => right.slice(0, 22) + signAuthToken(query, 'not-the-key').authToken.slice(22),
};

/** Of calls that must be refused, the first that is taken is the finding. */
interface Forgery {
  readonly name: string;
  readonly title: Words;
  readonly after?: readonly string[];
  readonly reading?: boolean;
  readonly writings: readonly (readonly [label: string, writing: (session: Session) => Writing])[];
}

export function securityCases(memory: Memory): readonly ConformanceCase[] {
  return [...FORGERIES.map((forgery) => forgeryCase(memory, forgery)), ...TIMES.map((time) => timeCase(memory, time))];
}

function forgeryCase(memory: Memory, { name, title, after = [], reading = false, writings }: Forgery): ConformanceCase {
  return {
    name,
    title,
    reference: 'saas-v1.md 3.3',
    after: ['signature.accepted', ...after],
    reading,
    async run(session) {
      const taken = await Promise.all(
        writings.map(async ([label, writing]) => {
          const what = `newInstance, ${label}`;
          const reading = await ask(session, 'newInstance', purchase(session, memory), what, writing(session));
          return isTaken(reading) ? [what] : [];
        }),
      );
      return taken
        .flat()
        .slice(0, 1)
        .map((what) => accepted(name, what));
    },
  };
}

function accepted(name: string, what: string): Diagnosis {
  const code = name === 'timestamp.missing' ? 'security.timestamp-not-checked' : 'security.signature-not-checked';
  return inWordsOfV1(diagnose(code, { seen: `accepted: ${what}` }));
}

export const FORGERIES: readonly Forgery[] = [
  {
    name: 'signature.wrong',
    title: { zh: 'authToken 错误的请求被拒绝', en: 'A wrong authToken is refused' },
    writings: [
      ['authToken of another Key', () => forged],
      ['authToken with another second half', () => halfRight],
      ['authToken cut after 20 letters', () => ({ token: (right) => right.slice(0, 20) })],
    ],
  },
  {
    name: 'signature.missing',
    title: { zh: '没有 authToken 或 authToken 为空的请求被拒绝', en: 'An absent or empty authToken is refused' },
    after: ['signature.wrong'],
    writings: [
      ['no authToken', () => ({ token: () => null })],
      ['an empty authToken', () => ({ token: () => '' })],
    ],
  },
  {
    name: 'signature.altered',
    title: { zh: '签名之后被改动的请求被拒绝', en: 'A call that was altered after signing is refused' },
    after: ['signature.wrong'],
    writings: [
      ['orderId changed after signing', (session) => altered({ orderId: freshId(session) })],
      ['timeStamp changed after signing', (session) => altered({ timeStamp: anHourAgo(session) })],
      ['amount added after signing', () => altered({ amount: '1000' })],
    ],
  },
  {
    name: 'signature.letter-case',
    title: { zh: 'authToken 的比较区分大小写', en: 'authToken is compared with regard to case' },
    after: ['signature.wrong'],
    reading: true,
    writings: [['letters of authToken in the other case', () => ({ token: swapCase })]],
  },
  {
    name: 'signature.post',
    title: { zh: '以 POST 发送的伪造请求同样被拒绝', en: 'A forged call by POST is refused too' },
    after: ['signature.wrong'],
    writings: [['wrong authToken, by POST', () => ({ ...forged, method: 'POST' as const })]],
  },
  {
    name: 'timestamp.missing',
    title: { zh: '没有 timeStamp 的请求被拒绝', en: 'A call without timeStamp is refused' },
    after: ['signature.wrong'],
    reading: true,
    writings: [['no timeStamp, keyed with the Key alone', () => ({ timeStamp: null })]],
  },
];

function altered(change: Parameters): Writing {
  return { afterSigning: (parameters) => ({ ...parameters, ...change }) };
}

function swapCase(token: string): string {
  return token.replace(/[a-z]/gi, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

const HOUR_MS = 3_600_000;

function anHourAgo(session: Session): string {
  return formatUtc17(new Date(session.now() - HOUR_MS));
}

interface OtherTime {
  readonly name: string;
  readonly title: Words;
  readonly label: string;
  readonly shiftMs: number;
}

/** V1.0 knows no window (Q1): whether such a call is taken is the seller's to choose, but it is to be answered in form. */
const TIMES: readonly OtherTime[] = [
  {
    name: 'timestamp.old',
    title: {
      zh: '一小时前的请求得到格式正确的响应，接受或拒绝均可',
      en: 'A call of an hour ago is answered in form, taken or refused',
    },
    label: 'timeStamp an hour old',
    shiftMs: -HOUR_MS,
  },
  {
    name: 'timestamp.future',
    title: {
      zh: '一小时后的请求得到格式正确的响应，接受或拒绝均可',
      en: 'A call of an hour ahead is answered in form, taken or refused',
    },
    label: 'timeStamp an hour ahead',
    shiftMs: HOUR_MS,
  },
];

function timeCase(memory: Memory, { name, title, label, shiftMs }: OtherTime): ConformanceCase {
  return {
    name,
    title,
    reference: 'saas-v1.md 2.3',
    after: ['signature.accepted'],
    async run(session) {
      const timeStamp = (at: Date) => formatUtc17(new Date(at.getTime() + shiftMs));
      const reading = await ask(session, 'newInstance', purchase(session, memory), `newInstance, ${label}`, {
        timeStamp,
      });
      // Members are for the activities' cases; here it counts that an answer of the interface came at all.
      const isAnswered = reading.content.resultCode !== null;
      return onlyNew(memory, isAnswered ? reading.frame : reading.content.diagnosis);
    },
  };
}
