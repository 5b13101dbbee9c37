/**
 * Rightly signed calls that differ from the plainest in one feature: characters of values, of the token, names, order. The
 * first that is refused shows what the seller does wrongly (saas-v1.md 2.1, 3.1, 11).
 */
import { type ActivityV1, type Diagnosis, encodeExtendParamsV1, encryptAccountData, type Words } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { ask, isTaken, isTakenForForged } from './ask.ts';
import { type Cause, cause } from './causes.ts';
import { explainRefusal, refusedBecauseOf } from './explain-refusal.ts';
import { findings, type Memory, named, testInstance } from './memory.ts';
import { type Parameters, purchase, renewal } from './parameters.ts';
import type { Reading } from './reading.ts';
import type { Writing } from './request.ts';

export interface Feature {
  readonly name: string;
  readonly title: Words;
  readonly reference: string;
  readonly after?: readonly string[];
  readonly reading?: boolean;
  /** for readers of the report */
  readonly label: string;
  /** what is most likely when no mistake can be proved */
  readonly cause: Cause;
  /** one of them has to be taken */
  readonly forms: readonly ((session: Session, memory: Memory) => Promise<Parameters> | Parameters)[];
  readonly writing?: Writing;
  /** true = nothing else can be the matter, where the plainest call was taken */
  readonly isCertain?: boolean;
}

export function encodingCases(memory: Memory): readonly ConformanceCase[] {
  return FEATURES.map((feature) => ({
    name: feature.name,
    title: feature.title,
    reference: feature.reference,
    after: ['signature.accepted', ...(feature.after ?? [])],
    reading: feature.reading ?? false,
    run: (session) => judgeFeature(session, memory, feature),
  }));
}

export async function judgeFeature(session: Session, memory: Memory, feature: Feature): Promise<readonly Diagnosis[]> {
  const { label, forms, writing = {} } = feature;
  let last: { reading: Reading<ActivityV1>; activity: ActivityV1; parameters: Parameters } | null = null;
  for (const form of forms) {
    const parameters = await form(session, memory);
    const activity = parameters.activity === 'refreshInstance' ? 'refreshInstance' : 'newInstance';
    const reading = await ask(session, activity, parameters, `${activity}, ${label}`, writing);
    if (isAnsweredInForm(activity, reading)) return [];
    last = { reading, activity, parameters };
  }
  if (last === null) return [];
  const { reading, activity, parameters } = last;
  const refused = { activity, parameters, label: `${activity}, ${label}`, writing, reading };
  if (!isTakenForForged(reading)) return named(findings(memory, reading), label);
  memory.said.add('security.valid-refused');
  return [
    feature.isCertain
      ? refusedBecauseOf(feature.cause, refused)
      : await explainRefusal(session, refused, feature.cause),
  ];
}

/** What the answer holds is for others to judge; of a renewal that nobody stored it is enough that it is no forgery. */
function isAnsweredInForm(activity: ActivityV1, reading: Reading<ActivityV1>): boolean {
  return (
    isTaken(reading) ||
    (activity === 'refreshInstance' && reading.content.outcome === 'refused' && !isTakenForForged(reading))
  );
}

const customer = (customerName: string) => (session: Session, memory: Memory) =>
  purchase(session, memory, { customerName });

export const FEATURES: readonly Feature[] = [
  {
    name: 'encoding.reserved',
    title: { zh: '含保留字符的参数值被正确解码', en: 'A value with reserved characters is decoded once' },
    reference: 'saas-v1.md 11 F5a',
    label: 'reserved characters in customerName',
    cause: cause('encoding', '使用了未解码的参数值', 'values were not decoded'),
    forms: [customer('A:b/c,d;e@f?g=h&i#j')],
  },
  {
    name: 'encoding.percent',
    title: { zh: '含 “%” 的参数值只解码一次', en: 'A value with a “%” is not decoded twice' },
    reference: 'saas-v1.md 11 F5b',
    after: ['encoding.reserved'],
    label: 'a “%” in customerName',
    cause: cause('encoding', '参数值被解码了两次', 'values were decoded twice'),
    forms: [customer('50%2B50%25')],
  },
  {
    name: 'encoding.plus',
    title: { zh: '参数值中的 “+” 不会变成空格', en: 'A “+” of a value does not become a blank' },
    reference: 'saas-v1.md 11 F6',
    after: ['encoding.percent'],
    label: 'a “+” in customerName',
    cause: cause('plus-sign', '参数值中的 “+” 变成了空格', 'the “+” of a value became a blank'),
    forms: [customer('a+b')],
  },
  {
    name: 'encoding.blank',
    title: { zh: '参数值中的空格不会变成 “+”', en: 'A blank of a value does not become a “+”' },
    reference: 'saas-v1.md 11 F6',
    after: ['encoding.plus'],
    label: 'a blank in customerName',
    cause: cause('plus-sign', '参数值中的空格变成了 “+” 或丢失', 'the blank of a value became a “+” or was lost'),
    // The last one is not to be trimmed either.
    forms: [customer('Acme GmbH ')],
  },
  {
    name: 'encoding.plus-in-token',
    title: { zh: '含 “+” 和 “/” 的 authToken 被正确比较', en: 'An authToken with “+” and “/” is compared rightly' },
    reference: 'saas-v1.md 11 F6',
    after: ['encoding.plus'],
    label: 'an authToken with “+” and “/”',
    cause: cause('plus-sign', 'authToken 中的 “+” 变成了空格', 'the “+” of authToken became a blank'),
    forms: [(session, memory) => purchase(session, memory)],
    writing: { letters: 'special' },
    isCertain: true,
  },
  {
    name: 'encoding.non-ascii',
    title: { zh: '非 ASCII 的参数值按 UTF-8 处理', en: 'A value outside ASCII is taken as UTF-8' },
    reference: 'saas-v1.md 2.1',
    after: ['encoding.reserved'],
    label: 'a Chinese customerName',
    cause: cause(
      'encoding',
      '非 ASCII 字符没有按 UTF-8 解码或签名',
      'characters outside ASCII were not decoded or signed as UTF-8',
    ),
    forms: [customer('测试企业有限公司é')],
  },
  {
    name: 'encoding.ciphertext',
    title: {
      zh: 'mobilePhone、email 的密文原样参与签名',
      en: 'The ciphertexts of mobilePhone and email are signed as they came',
    },
    reference: 'saas-v1.md 11 F5c',
    after: ['encoding.plus'],
    label: 'encrypted mobilePhone and email',
    cause: cause('encoding', 'mobilePhone、email 在签名前被解密', 'mobilePhone or email was decrypted before signing'),
    // Which size the seller chose when publishing is not known here (5.2).
    forms: [
      (session, memory) => withPrivateMembers(session, memory, '1'),
      (session, memory) => withPrivateMembers(session, memory, '2'),
    ],
  },
  {
    name: 'encoding.extend-params',
    title: {
      zh: 'saasExtendParams 以 base64 原文参与签名',
      en: 'saasExtendParams is signed as the base64 text that came',
    },
    reference: 'saas-v1.md 11 F5d',
    after: ['encoding.plus'],
    label: 'saasExtendParams',
    cause: cause(
      'encoding',
      'saasExtendParams 在签名前做了 base64 解码',
      'saasExtendParams was base64-decoded before signing',
    ),
    forms: [(session, memory) => purchase(session, memory, { saasExtendParams: encodeExtendParamsV1(EXTENSIONS) })],
  },
  {
    name: 'parameters.order',
    title: { zh: '参数以任意顺序到达均可', en: 'Parameters may come in any order' },
    reference: 'saas-v1.md 2.1',
    label: 'authToken first, the others in descending order',
    cause: cause('order', '收到的参数没有重新排序', 'the parameters are not sorted again'),
    forms: [(session, memory) => purchase(session, memory)],
    writing: { arrange: (pairs) => pairs.toReversed() },
    isCertain: true,
  },
  {
    name: 'parameters.unknown',
    title: { zh: '未知参数被容忍，并参与签名', en: 'An unknown parameter is tolerated, and signed' },
    reference: 'saas-v1.md 11 F5e',
    label: 'a parameter that no page names',
    cause: cause('parameters', '未知参数没有参与签名', 'an unknown parameter was left out of the signed text'),
    forms: [(session, memory) => purchase(session, memory, { jishiAddition: 'x' })],
  },
  {
    name: 'parameters.sorting',
    title: { zh: '参数名按字符编码排序', en: 'Names are sorted by code unit' },
    reference: 'saas-v1.md 11 F5f',
    after: ['parameters.unknown', 'parameters.order'],
    label: 'names with a capital letter and a digit',
    cause: cause('order', '参数名没有按字符编码排序', 'names are not sorted by code unit'),
    forms: [(session, memory) => purchase(session, memory, { Zone: 'x', orderId2: 'y' })],
  },
  {
    name: 'parameters.empty',
    title: { zh: '值为空的 productId 参与签名', en: 'An empty productId is part of the signed text' },
    reference: 'saas-v1.md 2.1',
    label: 'an empty productId',
    cause: cause(
      'nulls',
      '值为空的参数没有参与签名',
      'a parameter with an empty value was left out of the signed text',
    ),
    forms: [
      async (session, memory) => renewal(session, (await testInstance(session, memory)).instanceId, { productId: '' }),
    ],
  },
];

const EXTENSIONS = [
  { name: 'emailDomainName', value: 'acme.example' },
  { name: 'identificationCode', value: '10 + 2 ~ 席位?>' },
];

function withPrivateMembers(session: Session, memory: Memory, encryptType: '1' | '2'): Parameters {
  const hidden = (text: string) => ciphertextWithPlus(session, text, encryptType);
  const digits = session.randomText(16).replace(/\D/g, '').padEnd(8, '0').slice(0, 8);
  return purchase(session, memory, {
    email: hidden(`${session.randomText(12)}@example.com`),
    mobilePhone: hidden(`138${digits}`),
  });
}

/** With a fresh IV until the base64 holds a “+”, for that is what goes wrong with ciphertexts; one in three does at least. */
function ciphertextWithPlus(session: Session, text: string, encryptType: '1' | '2'): string {
  for (let left = 50; ; left -= 1) {
    const value = encryptAccountData(text, session.accessKey, encryptType, session.randomText(16));
    if (value.includes('+') || left === 0) return value;
  }
}
