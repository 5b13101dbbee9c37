/** Online 1.0: the plainest call is taken, and what every answer has around it (license-and-other-types.md 3.1, 3.2). */
import type { Diagnosis } from '@jishi/protocol';
import { type ConformanceCase, type Session, Skip } from '../case.ts';
import { asWarning } from '../finding.ts';
import { forged } from '../saas-v1/security.ts';
import { askByGet, type Members } from './calls.ts';
import { caseOf } from './case-of.ts';
import { purchase, type Term } from './members.ts';
import { formOf, knownRefusal, type Memory, onlyNew } from './memory.ts';
import { explainGet } from './refusals.ts';
import { type AnyReply, isAboutBodySign, isDone, isTurnedAway, type Reply } from './reply.ts';

/** What everything of online 1.0 builds on. */
export const ACCEPTED = ['getLicense.accepted'];

export function acceptedCase(memory: Memory): ConformanceCase {
  return caseOf(
    'getLicense.accepted',
    ['A rightly signed getLicense with testFlag=1 is accepted', '签名正确的 getLicense（testFlag=1）被接受'],
    '3.1',
    (session) => accepted(session, memory),
  );
}

/** What else is wrong with the answer is for the cases after this one: a missing member does not keep them from running. */
async function accepted(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  let first: { members: Members; reply: Reply<'getLicense'> } | null = null;
  for (const term of TERMS) {
    const members = purchase(session, term);
    const reply = await askByGet(session, 'getLicense', members, `getLicense, ${term}, the plainest call`);
    if (isDone(reply)) {
      memory.term = term;
      return [];
    }
    first ??= { members, reply };
    // A seller need not sell both ways (L3); any other answer than a refusal tells nothing about that.
    if (reply.content.outcome !== 'refused') break;
  }
  if (first === null) return [];
  const known = knownRefusal(memory, 'identification');
  const explained = isTurnedAway(first.reply) ? (known ?? (await explainGet(session, first))) : null;
  return onlyNew(memory, explained === null ? first.reply.content.diagnosis : [explained]);
}

const TERMS: readonly Term[] = ['one-time', 'year'];

/** Content type, charset, time and Body-Sign, on refusals as on successes (saas-v1.md 2.5, 4). */
export function frameCases(memory: Memory): readonly ConformanceCase[] {
  const frame = (
    name: string,
    title: readonly [en: string, zh: string],
    run: (session: Session) => Promise<readonly Diagnosis[]>,
  ) => caseOf(name, title, '3.1', run, { after: ACCEPTED });
  return [
    frame(
      'http.answer',
      ['Answers are application/json in UTF-8 and come within 5 s', '响应为 application/json、UTF-8，并在 5 秒内返回'],
      async (session) => {
        // A name that servers like to repeat in their message shows the charset in which they write.
        const order = purchase(session, memory.term, { customerName: '测试企业' });
        const reply = await askByGet(session, 'getLicense', order, 'getLicense, a customer with a Chinese name');
        return onlyNew(memory, reply.frame.filter(isOfHttp));
      },
    ),
    frame(
      'body-sign.success',
      ['A success carries a Body-Sign that fits its very bytes', '成功的响应带有正确的 Body-Sign'],
      async (session) => {
        const reply = await askByGet(session, 'getLicense', purchase(session, memory.term), 'getLicense');
        return onlyNew(memory, bodySignFaults(memory, reply));
      },
    ),
    frame(
      'body-sign.refusal',
      [
        'A refusal is an answer like any other: HTTP 200, JSON, Body-Sign',
        '拒绝的响应同样是 HTTP 200 的 JSON，并带有 Body-Sign',
      ],
      (session) => refusal(session, memory),
    ),
  ];
}

async function refusal(session: Session, memory: Memory): Promise<readonly Diagnosis[]> {
  const order = purchase(session, memory.term);
  const reply = await askByGet(session, 'getLicense', order, 'getLicense, a wrong authToken', forged);
  if (isDone(reply)) throw new Skip(NOT_REFUSED);
  // Nobody but a forger meets a status of 401: worth a word.
  if (reply.content.outcome === 'malformed') return formOf(memory, { ...reply, frame: [] }).map(statusAsWarning);
  return onlyNew(memory, [...reply.frame.filter(isOfHttp), ...bodySignFaults(memory, reply)]);
}

function statusAsWarning(found: Diagnosis): Diagnosis {
  return found.code === 'http.status' ? asWarning(found) : found;
}

function isOfHttp({ code }: Diagnosis): boolean {
  return !isAboutBodySign(code);
}

/** Written in another charset than signed: the charset is the cause, and has been named. */
function bodySignFaults(memory: Memory, { frame }: AnyReply): readonly Diagnosis[] {
  const isConsequence = ({ code }: Diagnosis) => memory.said.has('http.charset') && code === 'body-sign.body-altered';
  return frame.filter((found) => !isOfHttp(found) && !isConsequence(found));
}

const NOT_REFUSED = {
  zh: '错误的 authToken 没有被拒绝，见 authToken.wrong',
  en: 'A wrong authToken was not refused, see authToken.wrong',
};
