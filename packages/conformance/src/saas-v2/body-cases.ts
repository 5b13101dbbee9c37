/** The same call in other words: what the receiver must bring into one form before it verifies (saas-v2.md 3.1 step 1, Q2). */
import { canonicalPayload, type Diagnosis, type JsonInputObject } from '@jishi/protocol';
import type { ConformanceCase, Session } from '../case.ts';
import { creation, newOrder } from './bodies.ts';
import { ask, marked } from './call.ts';
import { caseOf } from './case-of.ts';
import { type Cause, cause } from './causes.ts';
import { explainRefusal } from './explain-refusal.ts';
import { findings, type Memory } from './memory.ts';
import { isVerified } from './reply.ts';
import { PLAIN } from './signature-cases.ts';

/** A body, how it is written, and the cause to name when it is refused and no known mistake fits. */
export interface OtherWords {
  readonly more: JsonInputObject;
  /** from the members, the test mark included; absent = as the marketplace writes them */
  readonly text?: (members: JsonInputObject) => string;
  readonly otherwise: Cause;
}

/**
 * The marketplace sends sorted bodies without nulls, but a receiver is told to sort and to drop (3.1): a reading, as those who
 * verify the bytes they get understand every call that it makes today.
 */
export function bodyCases(memory: Memory): readonly ConformanceCase[] {
  const body = (name: string, title: readonly [string, string], words: OtherWords, after: readonly string[] = PLAIN) =>
    caseOf(`body.${name}`, title, '3.1', (session) => understands(session, memory, name, words), {
      after,
      reading: true,
    });
  return [
    body('unsorted', ['Members are sorted before the signature is verified', '验签前先对成员排序'], UNSORTED),
    body('unknown-members', ['Unknown members are signed, and ignored', '不认识的成员参与签名，但被忽略'], UNKNOWN),
    body('nulls', ['Members that are null are left out of the signature', '值为 null 的成员不参与签名'], NULLS, [
      'body.unsorted',
      'body.unknown-members',
    ]),
    body('empty-strings', ['Members with an empty string are signed', '值为空字符串的成员参与签名'], EMPTY, [
      'body.unknown-members',
    ]),
    body('non-ascii', ['Text beyond ASCII is read as UTF-8', '按 UTF-8 读取非 ASCII 文本'], NON_ASCII, [
      'body.unknown-members',
    ]),
    body('escapes', ['Characters written as escapes mean the same', '转义形式的字符与原字符等价'], ESCAPED, [
      'body.unsorted',
      'body.non-ascii',
    ]),
  ];
}

const UNSORTED: OtherWords = {
  more: {},
  // Neither ascending nor descending, nor the order of the tables.
  text: (members) => {
    const names = Object.keys(members).toSorted();
    const turned = [...names.slice(2), ...names.slice(0, 2)];
    return JSON.stringify(Object.fromEntries(turned.map((name) => [name, members[name]])));
  },
  otherwise: cause('order', '对收到的原始字节验签，未重新排序', 'the bytes are verified as they came, not sorted'),
};

const NULLS: OtherWords = {
  more: { customerId: null },
  text: (members) => canonicalPayload(members).replace('"orderId"', '"customerId":null,"orderId"'),
  otherwise: cause('nulls', '没有去掉值为 null 的成员', 'members that are null are not left out'),
};

const EMPTY: OtherWords = {
  more: { remark: '' },
  otherwise: cause('nulls', '把值为空字符串的成员也去掉了', 'members with an empty string are left out too'),
};

/** Both have been seen in older drafts of newInstance (5.9). */
export const UNKNOWN: OtherWords = {
  more: {
    buyerInfo: { mobilePhone: '13800000000', customerId: 'CSTEST' },
    orderInfo: [{ productId: 'OFFI100000000000000001', expireTime: '20270131155959', amount: 5 }],
  },
  otherwise: cause('members', '带有不认识的成员时验签失败', 'a call with unknown members does not verify'),
};

const TEXT = "云商店 <b>a&b</b> =' / 😀";

export const NON_ASCII: OtherWords = {
  more: { remark: TEXT },
  otherwise: cause(
    'encoding',
    '请求体没有按 UTF-8 解码，或序列化时改变了字符的写法',
    'the body is not read as UTF-8, or characters are written otherwise',
  ),
};

const ESCAPED: OtherWords = {
  more: { remark: TEXT },
  text: (members) => escaped(canonicalPayload(members)),
  otherwise: cause('encoding', '转义形式没有还原', 'escapes are not undone before the signature is verified'),
};

async function understands(
  session: Session,
  memory: Memory,
  name: string,
  { more, text, otherwise }: OtherWords,
): Promise<readonly Diagnosis[]> {
  const body = { ...creation(session, newOrder(session)), ...more };
  const writing = text === undefined ? {} : { text: text(marked(body)) };
  const reply = await ask(session, 'newInstance', body, `newInstance, body.${name}`, writing);
  if (isVerified(reply)) return findings(memory, reply);
  const plain = await memory.first(session);
  // Refused like the plainest call: that has a case of its own.
  if (!isVerified(plain.reply) && plain.reply.content.resultCode === reply.content.resultCode) return [];
  return [await explainRefusal(session, { activity: 'newInstance', body, writing }, reply, otherwise)];
}

function escaped(text: string): string {
  const unicode = text.replace(/[\u0080-\uffff]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return unicode.replaceAll('/', '\\/');
}
