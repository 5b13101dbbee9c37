/** Which parts of an exchange a diagnosis is about. */
import type { Diagnosis } from '@jishi/protocol';

export interface Marks {
  /** the status, where it is not 200; the error, where there was no answer */
  readonly status: boolean;
  readonly isSlow: boolean;
  /** the whole body of the answer, where it is no JSON object */
  readonly body: boolean;
  readonly answer: SideMarks;
  readonly request: SideMarks;
}

export interface SideMarks {
  /** headers, members and parameters; in lower case, without separators */
  readonly names: ReadonlySet<string>;
  /** what was seen, to be found in the body as it is */
  readonly texts: readonly string[];
}

interface About {
  readonly answer: readonly string[];
  readonly request?: readonly string[];
}

const VERDICT = ['resultCode', 'resultMsg'];
/** Beginnings of codes and the names that they are about; the first that fits counts. */
const NAMES: readonly (readonly [beginning: string, about: About])[] = [
  ['transport.redirect', { answer: ['Location'] }],
  ['http.', { answer: ['Content-Type'] }],
  ['body.result-code-', { answer: ['resultCode', 'code', 'result'] }],
  ['body.result-msg-missing', { answer: ['resultMsg', 'message', 'msg'] }],
  ['query.front-end-url', { answer: ['appInfo', 'frontEndUrl'] }],
  ['query.incomplete', { answer: ['instanceId'], request: ['instanceId'] }],
  ['query.memo-not-escaped', { answer: ['memo'] }],
  ['usage.decimals', { answer: ['usageValue'] }],
  ['usage.time', { answer: ['statisticalTime'] }],
  ['secret.', { answer: ['userName', 'password', 'encryptType'] }],
  ['instance.id-', { answer: ['instanceId'], request: ['orderId', 'orderLineId'] }],
  ['instance.', { answer: VERDICT, request: ['instanceId'] }],
  ['security.signature', { answer: VERDICT, request: ['signature', 'authToken', 'X-Sign'] }],
  ['security.timestamp', { answer: VERDICT, request: ['timestamp', 'X-Timestamp'] }],
  ['security.nonce', { answer: VERDICT, request: ['nonce', 'X-Nonce'] }],
  ['body-sign.', { answer: ['Body-Sign'] }],
  ['license.', { answer: ['license', 'licenseKey', 'licenseCode', 'code'] }],
  ['result.', { answer: VERDICT }],
  ['security.', { answer: VERDICT }],
  ['kit.', { answer: VERDICT }],
];
const WHOLE_BODY = ['body.empty', 'body.not-json', 'body.not-object', 'http.too-large'];
/** Shorter texts, and mere numbers, stand everywhere. */
const SHORTEST_TEXT = 4;

export function marksOf(diagnosis: readonly Diagnosis[]): Marks {
  const codes = diagnosis.map(({ code }) => code);
  const about = diagnosis.map(aboutOf);
  const seen = diagnosis.flatMap((item) => item.seen.split(/, then |; | → /));
  return {
    status: codes.some((code) => code.startsWith('transport.') || code === 'http.status'),
    isSlow: codes.includes('transport.slow'),
    body: codes.some((code) => WHOLE_BODY.includes(code)),
    answer: {
      names: new Set(about.flatMap(({ answer }) => answer.map(plain))),
      texts: seen.filter((text) => text.trim().length >= SHORTEST_TEXT && /\D/.test(text)),
    },
    request: { names: new Set(about.flatMap(({ request = [] }) => request.map(plain))), texts: [] },
  };
}

/** Names that differ only in case, `_` and `-` are the ones that were meant: `result_code`, `RESULTCODE`. */
export function isMarked(name: string, { names }: SideMarks): boolean {
  return names.has(plain(name));
}

/** Among several answers the right content types are not the ones that a diagnosis is about. */
export function isMarkedHeader([name, value]: readonly [string, string], marks: SideMarks): boolean {
  const isRight = /^content-?type$/i.test(name) && /^application\/json\s*(;\s*charset="?utf-?8"?)?$/i.test(value);
  return isMarked(name, marks) && !isRight;
}

function aboutOf({ code, summary }: Diagnosis): About {
  if (code.startsWith('body.member-') || code === 'body.wrapped') return { answer: nameIn(summary.en) };
  return NAMES.find(([beginning]) => code.startsWith(beginning))?.[1] ?? { answer: [] };
}

/** `The mandatory member info[0].appInfo is missing`: the last name of the path. */
function nameIn(text: string): readonly string[] {
  const path = /member ([^\s,]+)|object, ([^\s,]+)/.exec(text);
  const last = (path?.[1] ?? path?.[2] ?? '').split('.').at(-1) ?? '';
  const name = last.replaceAll(/\[\d*\]|["'“”]/g, '');
  return name === '' ? [] : [name];
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '');
}
