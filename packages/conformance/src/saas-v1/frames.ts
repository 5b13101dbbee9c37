/** What every answer has around it: content type, charset, Body-Sign; on refusals as on successes (saas-v1.md 1.3, 2.5, 4). */
import type { Diagnosis } from '@jishi/protocol';
import { type ConformanceCase, Skip } from '../case.ts';
import { ask, isTaken } from './ask.ts';
import { type Memory, onlyNew } from './memory.ts';
import { purchase } from './parameters.ts';
import type { Reading } from './reading.ts';
import { forged } from './security.ts';

export function frameCases(memory: Memory): readonly ConformanceCase[] {
  return [
    {
      name: 'http.answer',
      title: {
        zh: '响应为 application/json、UTF-8，并在 5 秒内返回',
        en: 'Answers are application/json in UTF-8 and come within 5 s',
      },
      reference: 'saas-v1.md 1.3',
      after: ['signature.accepted'],
      async run(session) {
        // A name that servers like to repeat in their message shows the charset in which they write.
        const order = purchase(session, memory, { customerName: '测试企业' });
        const reading = await ask(session, 'newInstance', order, 'newInstance, a customer with a Chinese name');
        return onlyNew(memory, reading.frame.filter(isOfHttp));
      },
    },
    {
      name: 'body-sign.success',
      title: {
        zh: '成功的响应带有正确的 Body-Sign',
        en: 'A success carries a Body-Sign that fits its very bytes',
      },
      reference: 'saas-v1.md 4',
      after: ['signature.accepted'],
      async run(session) {
        const order = purchase(session, memory, { customerName: '测试企业' });
        const reading = await ask(session, 'newInstance', order, 'newInstance');
        return onlyNew(memory, bodySignFaults(memory, reading));
      },
    },
    {
      name: 'body-sign.refusal',
      title: {
        zh: '拒绝的响应同样是 HTTP 200 的 JSON，并带有 Body-Sign',
        en: 'A refusal is an answer like any other: HTTP 200, JSON, Body-Sign',
      },
      reference: 'saas-v1.md 2.5',
      after: ['signature.accepted'],
      async run(session) {
        const reading = await ask(
          session,
          'newInstance',
          purchase(session, memory),
          'newInstance, wrong authToken',
          forged,
        );
        if (isTaken(reading)) throw new Skip(NOT_REFUSED);
        // Nobody but a forger meets a status of 401: worth a word.
        const malformed = reading.content.outcome === 'malformed' ? reading.content.diagnosis.map(statusAsWarning) : [];
        return onlyNew(memory, [...malformed, ...reading.frame.filter(isOfHttp), ...bodySignFaults(memory, reading)]);
      },
    },
  ];
}

function statusAsWarning(found: Diagnosis): Diagnosis {
  return found.code === 'http.status' ? { ...found, severity: 'warning' } : found;
}

function isOfHttp({ code }: Diagnosis): boolean {
  return !code.startsWith('body-sign.');
}

/** Written in another charset than signed: the charset is the cause, and has been named. */
function bodySignFaults(memory: Memory, { frame }: Reading<'newInstance'>): readonly Diagnosis[] {
  const isConsequence = ({ code }: Diagnosis) => memory.said.has('http.charset') && code === 'body-sign.body-altered';
  return frame.filter((found) => !isOfHttp(found) && !isConsequence(found));
}

const NOT_REFUSED = {
  zh: '错误的 authToken 没有被拒绝，见 signature.wrong',
  en: 'A wrong authToken was not refused, see signature.wrong',
};
