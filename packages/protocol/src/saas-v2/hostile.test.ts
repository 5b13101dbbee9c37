import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyKit } from '../kit/verify.ts';
import { parseRequest } from './parse-request.ts';
import { type AnswerReading, readAnswer } from './read-answer.ts';
import { BASE_ACTIVITIES, type BaseActivity } from './requests.ts';
import { verifyBase } from './verify.ts';

/** Whatever a stranger sends is answered with a verdict: nothing throws, nothing takes longer than the body is long. */

const MIB = 1_048_576;
/** Processor time, so that other work on the machine does not count; a fifth of it is what it takes. */
const LIMIT_MS = 1_000;

const filled = (begin: string, unit: string, end = '') =>
  begin + unit.repeat(Math.floor((MIB - begin.length - end.length) / unit.length)) + end;
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const NEW = '{"resultCode":"000000","resultMsg":"","instanceId":';
const INFO = '{"resultCode":"000000","resultMsg":"","info":[';
const REQUEST = '{"activity":"queryInstance","instanceId":';

const BODIES: [string, string][] = [
  ['open arrays', filled('', '[')],
  ['closed arrays', deep(MIB / 2)],
  ['open objects', filled('', '{"a":')],
  ['an id of arrays', `${NEW}${deep(12_000)}}`],
  ['a result code of arrays', `{"resultCode":${deep(12_000)}}`],
  ['a message of objects', `{"resultCode":"000000","resultMsg":${'{"a":'.repeat(12_000)}1${'}'.repeat(12_000)}}`],
  ['an activity of arrays', `{"activity":${deep(12_000)}}`],
  ['an activity of 63 arrays', `{"activity":${deep(63)}}`],
  ['the beginning of JSONP', filled('a()', ' ', 'x')],
  ['the beginning of JSONP, on and on', filled('', 'a( ')],
  ['a long name before a bracket', filled('', 'a', '(')],
  ['blanks', filled('', ' ')],
  ['blanks, then a letter', filled('', ' ', 'x')],
  ['commas and blanks', filled('[', ', ')],
  ['one comma, then blanks', filled('[1,', ' ', ']')],
  ['a comma and blanks, on and on', filled('[', '1,     ', ']')],
  ['line breaks', filled('{', '\n', 'x')],
  ['"<" and blanks', filled('<!doctype', ' ')],
  ['an object, then blanks and a letter', filled('{}', ' ', 'x')],
  ['closing brackets', filled('{}', '}')],
  ['a brace and a blank', filled('{}', ' }')],
  ['a string that never ends', filled('{"a":"', 'x')],
  ['backslashes', filled('{"a":"', '\\')],
  ['escapes', filled('{"a":"', '\\n', '"}')],
  ['escapes that never end', filled('["', '\\"')],
  ['quotes', filled('', '"')],
  ['memos', filled('{"a":[', '{"memo":"x"},', '{}]}')],
  ['a raw memo', filled(`${INFO}{"instanceId":"a","appInfo":{"memo":"`, '集', '"}}]}').slice(0, MIB / 4)],
  ['a long memo', filled(`${INFO}{"instanceId":"a","appInfo":{"memo":"`, 'x', '"}}]}')],
  ['"memo" and blanks', filled('{"memo"', ' ', '\u0001')],
  ['a long id', filled(NEW, ' ', `"${'x'.repeat(MIB / 2)}"}`)],
  ['ids of one letter', filled(`${REQUEST}"`, 'a,', '"}')],
  ['elements', filled(INFO, '1,', '1]}')],
  ['empty elements', filled(INFO, '{},', '{}]}')],
  ['usages', filled(`${INFO}{"instanceId":"a","usageInfo":[`, '{},', '{}]}]}')],
  ['members', `{${Array.from({ length: 80_000 }, (_, index) => `"m${index}":1`).join()}}`],
  ['objects as members', `{${Array.from({ length: 60_000 }, (_, index) => `"m${index}":{}`).join()}}`],
  ['a long name', filled('{"', 'x', '":{"resultCode":"000000"}}')],
  ['a long number', filled('{"resultCode":', '1', '}')],
  ['a long result code', filled('{"resultCode":"', '0', '"}')],
  ['U+0000', filled('', '\u0000')],
  ['escaped U+0000', filled(NEW, '"\\u0000"', '}')],
  ['halves of surrogate pairs', `${NEW}"\\ud83d"}`],
  ['a name of the prototype', '{"__proto__":{"resultCode":"000000"},"constructor":1,"toString":[]}'],
  ['a long activity', filled('{"activity":"', 'n', '"}')],
  ['a long time', filled('{"activity":"refreshInstance","expireTime":"', '1', '"}')],
  ['a product in text, deep', `{"activity":"changeInstanceCheck","instanceId":"a","productInfo":"${deep(20_000)}"}`],
  ['a long linear value', filled('{"activity":"changeInstanceCheck","productInfo":{"linearValue":"1.', '1', '"}}')],
];

describe('a body of 1 MiB', () => {
  it.each(BODIES)('%s', (_, text) => {
    const bytes = new TextEncoder().encode(text);
    const body = bytes.subarray(0, MIB);
    for (const activity of ['newInstance', 'queryInstance'] as const) {
      inTime(() => expectBounded(read(activity, body)));
    }
    inTime(() => expectBounded({ diagnosis: [], ...parseRequest(text) }));
    for (const verify of [verifyBase, verifyKit]) inTime(() => expectBounded({ diagnosis: [], ...verify(call(text)) }));
  });

  it('signed beside a nonce of 1 MiB', () => {
    const nonce = 'n'.repeat(MIB);
    inTime(() => expectBounded({ diagnosis: [], ...verifyKit({ ...call('{}'), nonce }) }));
    inTime(() =>
      expectBounded({ diagnosis: [], ...verifyBase({ ...call('{}'), signature: nonce, timestamp: nonce }) }),
    );
  });

  it('whose mistake is searched for', () => {
    const text = `{${Array.from({ length: 1_500 }, (_, index) => `"${index}":1`).join()}}`;
    for (const verify of [verifyBase, verifyKit]) {
      for (let round = 0; round < 2; round += 1) inTime(() => expectBounded({ diagnosis: [], ...verify(call(text)) }));
    }
  });
});

describe('nothing throws', () => {
  const activity = fc.constantFrom(...BASE_ACTIVITIES);
  const piece = fc.constantFrom(
    ...'{}[],:"\'\\ \n\u0000\ud83d()<;'.split(''),
    ...['"resultCode":"000000"', '"resultMsg":', '"info":[', '"memo":"', '"instanceId":', 'null', '1e999', '\\u', 'a('],
  );

  it('for any bytes', () => {
    fc.assert(
      fc.property(activity, fc.uint8Array({ maxLength: 300 }), (each, body) => {
        expectBounded(read(each, body));
        const text = new TextDecoder().decode(body);
        expectBounded({ diagnosis: [], ...parseRequest(text) });
        expectBounded({ diagnosis: [], ...verifyBase(call(text)) });
      }),
      { numRuns: 60 },
    );
  });

  it('for texts that are nearly JSON', () => {
    fc.assert(
      fc.property(activity, fc.array(piece), (each, pieces) => {
        const text = pieces.join('');
        expectBounded(read(each, new TextEncoder().encode(text)));
        expectBounded({ diagnosis: [], ...parseRequest(text) });
      }),
      { numRuns: 1_000 },
    );
  });

  it('for any value of any member', () => {
    const members = fc.constantFrom('activity', 'resultCode', 'resultMsg', 'instanceId', 'info', 'encryptType', 'data');
    fc.assert(
      fc.property(activity, fc.dictionary(members, fc.jsonValue({ maxDepth: 5 })), (each, members) => {
        const text = JSON.stringify({ resultCode: '000000', activity: each, ...members });
        expectBounded(read(each, new TextEncoder().encode(text)));
        expectBounded({ diagnosis: [], ...parseRequest(text) });
      }),
      { numRuns: 1_000 },
    );
  });
});

function read(activity: BaseActivity, body: Uint8Array): AnswerReading<BaseActivity> {
  const http = { status: 200, contentType: 'application/json', body, truncated: false, durationMs: 1 };
  return readAnswer(activity, http, { instanceIds: ['a'] });
}

function call(body: string) {
  const nowMs = 1_767_225_600_000;
  return { accessKey: 'k', body, signature: '0'.repeat(64), timestamp: String(nowMs), nonce: 'n', nowMs };
}

function inTime(work: () => void): void {
  const start = process.cpuUsage();
  work();
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(LIMIT_MS);
}

/** Few findings, each short, and printable. */
function expectBounded({ diagnosis }: { diagnosis: readonly unknown[] }): void {
  expect(diagnosis.length).toBeLessThanOrEqual(20);
  const text = JSON.stringify(diagnosis);
  expect(text.length).toBeLessThan(60_000);
  expect(text).not.toMatch(/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/);
}
