/**
 * What the debugger checks, in its order, with the published words (saas-v2.md 1.6, saas-v1.md 8). Each finding of the
 * protocol's reading belongs to one check; a case passes when no check failed.
 */
import type { Diagnosis } from '@jishi/protocol';
import type { LocalizedText } from '../catalog/index.ts';

export const CHECKS = [
  'REACHABLE',
  'IN_TIME',
  'HTTP_STATUS',
  'CONTENT_TYPE',
  'BODY_SIGN',
  'SIGNATURE',
  'BODY',
  'RESULT_CODE',
  'MEMBERS',
  'LENGTHS',
  'ACCOUNT_DATA',
  'REPEATABLE',
] as const;
export type CheckName = (typeof CHECKS)[number];

export interface Check {
  readonly check: CheckName;
  readonly outcome: 'ok' | 'failed' | 'not-reached';
  /** what was wrong, in plain words; null unless failed */
  readonly message: LocalizedText | null;
}
/** What came back, as far as checks need it. */
export interface Seen {
  readonly protocol: string;
  readonly activity: string;
  readonly httpStatus: number | null;
  readonly contentType: string | null;
  readonly resultCode: string | null;
  readonly diagnosis: readonly Diagnosis[];
}

const V1_ONLY: ReadonlySet<CheckName> = new Set(['BODY_SIGN', 'SIGNATURE', 'ACCOUNT_DATA', 'REPEATABLE']);
/** answers carry Body-Sign (license-and-other-types.md 3.1) */
const SIGNED: ReadonlySet<string> = new Set(['saas-v1', 'license-identification']);
const ACCESS: ReadonlySet<string> = new Set(['newInstance', 'queryInstance']);
/** Nothing after these can be told when they failed. */
const STOPPING: ReadonlySet<CheckName> = new Set(['REACHABLE', 'IN_TIME', 'HTTP_STATUS', 'BODY', 'RESULT_CODE']);
/** These are looked at only when all before them passed. */
const LAST: ReadonlySet<CheckName> = new Set(['ACCOUNT_DATA', 'REPEATABLE']);

export function checksOf(seen: Seen): Check[] {
  const failures = new Map<CheckName, Diagnosis | null>();
  for (const finding of seen.diagnosis) {
    const check = isFault(finding) ? checkOf(finding.code) : null;
    if (check && !failures.has(check)) failures.set(check, finding);
  }
  // 000004 is a fair answer to a live call, but a test call is to be answered at once (saas-v2.md 1.6)
  const answered = seen.httpStatus === 200 && !failures.has('BODY');
  if (answered && seen.resultCode !== '000000' && !failures.has('RESULT_CODE')) failures.set('RESULT_CODE', null);
  let stopped = false;
  let allPassed = true;
  return CHECKS.filter((check) => applies(check, seen)).map((check) => {
    if (stopped || (LAST.has(check) && !allPassed)) return { check, outcome: 'not-reached', message: null };
    if (!failures.has(check)) return { check, outcome: 'ok', message: null };
    stopped = STOPPING.has(check);
    allPassed = false;
    return { check, outcome: 'failed', message: WORDS[check](seen, failures.get(check) ?? null) };
  });
}

export const passes = (checks: readonly Check[]): boolean => checks.every(({ outcome }) => outcome === 'ok');

/** The first message: what a notice or a list shows. */
export const firstMessage = (checks: readonly Check[]): LocalizedText | null =>
  checks.find(({ outcome }) => outcome === 'failed')?.message ?? null;

function applies(check: CheckName, { protocol, activity }: Seen): boolean {
  if (!SIGNED.has(protocol)) return !V1_ONLY.has(check);
  if (check === 'ACCOUNT_DATA') return ACCESS.has(activity);
  return check !== 'REPEATABLE' || activity === 'newInstance' || activity === 'getLicense';
}

/** The debugger insists on resultMsg too (saas-v2.md 1.6); everything else that is a warning stays one. */
const isFault = (finding: Diagnosis): boolean =>
  finding.severity === 'error' || finding.code === 'body.result-msg-missing';

const BY_CODE: Readonly<Record<string, CheckName>> = {
  'transport.timeout': 'IN_TIME',
  'transport.redirect': 'HTTP_STATUS',
  'http.status': 'HTTP_STATUS',
  'http.content-type': 'CONTENT_TYPE',
  'http.charset': 'BODY',
  'http.too-large': 'BODY',
  'body-sign.key': 'SIGNATURE',
  'body-sign.body-altered': 'SIGNATURE',
  'body.result-code-unknown': 'RESULT_CODE',
  'body.wrapped': 'MEMBERS',
  'body.member-missing': 'MEMBERS',
  'body.member-type': 'MEMBERS',
  'body.member-length': 'LENGTHS',
  'secret.length': 'LENGTHS',
  'result.refused': 'RESULT_CODE',
  'instance.id-changed': 'REPEATABLE',
};
const BY_GROUP: Readonly<Record<string, CheckName>> = {
  transport: 'REACHABLE',
  'body-sign': 'BODY_SIGN',
  body: 'BODY',
  secret: 'ACCOUNT_DATA',
};
/** Whatever has no check of its own is about the members of the answer. */
const checkOf = (code: string): CheckName => BY_CODE[code] ?? BY_GROUP[code.split('.')[0] ?? ''] ?? 'MEMBERS';

const WORDS: Readonly<Record<CheckName, (seen: Seen, finding: Diagnosis | null) => LocalizedText>> = {
  REACHABLE: () => ({
    zh: '生产地址不可达，请检查服务是否可用、能否公网访问以及网关配置。',
    en: 'The production address is unreachable: check availability, public access and gateway.',
  }),
  IN_TIME: () => ({ zh: '调用超时（20 秒）。', en: 'The call timed out (20 s).' }),
  HTTP_STATUS: ({ httpStatus }) => ({
    zh: `响应 httpCode=${httpStatus ?? '—'}，请检查服务器日志。`,
    en: `The response has httpCode=${httpStatus ?? '—'}: check the server log.`,
  }),
  CONTENT_TYPE: ({ contentType }) => ({
    zh: `content-type 有误，返回 ${contentType ?? '（无）'}，应为 application/json。`,
    en: `Wrong content type, returned ${contentType ?? '(none)'}; application/json is expected.`,
  }),
  BODY_SIGN: (_, finding) => worded('响应缺少正确的 Body-Sign 头', 'No well-formed Body-Sign header', finding),
  SIGNATURE: (_, finding) => worded('响应签名校验失败', 'The signature of the response is wrong', finding),
  BODY: () => ({
    zh: '响应解析失败，期望格式为 {"resultCode":"000000","resultMsg":"success."}。',
    en: 'The response cannot be parsed; expected format {"resultCode":"000000","resultMsg":"success."}.',
  }),
  RESULT_CODE: ({ resultCode }) => ({
    zh: `生产接口返回了错误结果码 ${resultCode ?? '—'}，调试调用应返回 000000。`,
    en: `The production interface returned the error result code ${resultCode ?? '—'}; a test call is answered with 000000.`,
  }),
  MEMBERS: (_, finding) =>
    worded('响应缺少必填参数或参数有误', 'The response lacks a parameter, or one is wrong', finding),
  LENGTHS: (_, finding) => worded('响应参数长度无效', 'The length of a response parameter is invalid', finding),
  ACCOUNT_DATA: (_, finding) => worded('账号数据无法解密', 'The account data cannot be decrypted', finding),
  REPEATABLE: (_, finding) =>
    worded('重复下单没有返回相同结果', 'A second identical order was answered otherwise', finding),
};

function worded(zh: string, en: string, finding: Diagnosis | null): LocalizedText {
  return finding ? { zh: `${zh}：${finding.summary.zh}。`, en: `${en}: ${finding.summary.en}.` } : { zh, en };
}
