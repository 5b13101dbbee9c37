/** Texts that sellers verify in place of the canonical payload (saas-v2.md 3.1 step 1), each with the mistake it is. */
import {
  type BaseActivity,
  baseRequests,
  type CallSignatureInput,
  canonicalPayload,
  type JsonInputObject,
  licenseCodeRequests,
  payloadVariants,
  provisioningRequests,
  signBase,
} from '@jishi/protocol';
import { type Cause, cause, causeOfMistake } from './causes.ts';

export interface OtherPayload {
  readonly cause: Cause;
  /** the text; or how to sign, where the text depends on more than the body */
  readonly signed?: string;
  readonly sign?: (input: CallSignatureInput) => string;
}

/** The body as it is sent, when that is not its canonical payload, and what it means when that very text is verified. */
export interface SentText {
  readonly text: string;
  readonly asItIs: Cause;
}

/** Each text once, with the first explanation of it. */
export function otherPayloads(
  activity: BaseActivity,
  body: JsonInputObject,
  sent: SentText | null,
): readonly OtherPayload[] {
  const canonical = canonicalPayload(body);
  const [declared, ...dropped] = fixedFields(activity, body);
  const all = [
    declared,
    hashed(body),
    ...renamed(body),
    ...written(canonical, sent),
    newline(canonical),
    ...charsets(canonical),
    ...dropped,
    ...members(body),
  ];
  const firstOf = new Map<string, OtherPayload>();
  for (const each of all) if (!firstOf.has(each.signed)) firstOf.set(each.signed, each);
  firstOf.delete(canonical);
  return [...firstOf.values(), WITH_QUERY];
}

type Signed = OtherPayload & { readonly signed: string };

/** What a class with fixed fields is serialised to: in the order of the tables, without what it does not know. */
function fixedFields(activity: BaseActivity, body: JsonInputObject): [Signed, Signed, Signed] {
  const fields = fieldsOf(activity, body);
  const present = Object.keys(body).filter((name) => body[name] !== undefined && body[name] !== null);
  const known = fields.filter((name) => present.includes(name));
  const unknown = present.filter((name) => !fields.includes(name));
  return [
    {
      cause: cause('order', '按字段声明的顺序序列化，未排序', 'members in the order of declaration, not sorted'),
      signed: writtenInOrder(body, [...known, ...unknown]),
    },
    {
      cause: cause('members', '丢弃了不认识的成员', 'members that it does not know are dropped'),
      signed: canonicalPayload(Object.fromEntries(known.map((name) => [name, body[name]]))),
    },
    {
      cause: cause(
        'members',
        '丢弃了不认识的成员，并按字段声明的顺序序列化',
        'unknown members are dropped, the others stand in the order of declaration',
      ),
      signed: writtenInOrder(body, known),
    },
  ];
}

/** License's calls are signed like those of SaaS: the body says whose it is. */
function fieldsOf(activity: BaseActivity, body: JsonInputObject): readonly string[] {
  const ofLicense = Object.entries({ ...licenseCodeRequests, ...provisioningRequests });
  const own = ofLicense.find(([name]) => name === body.activity)?.[1] ?? baseRequests[activity];
  return Object.keys(own.shape);
}

/** Names as other languages like them, when an object is read with one convention and written with another. */
function renamed(body: JsonInputObject): Signed[] {
  const conventions: [string, (name: string) => string][] = [
    ['PascalCase', (name) => name.slice(0, 1).toUpperCase() + name.slice(1)],
    ['snake_case', (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)],
    ['lower case', (name) => name.toLowerCase()],
  ];
  return conventions.map(([convention, rename]) => ({
    cause: cause('members', `成员名变成了 ${convention}`, `the names are written in ${convention}`),
    signed: canonicalPayload(Object.fromEntries(Object.entries(body).map(([name, value]) => [rename(name), value]))),
  }));
}

/** A Java HashMap, which is what most JSON libraries parse into, gives its names in the order of their hashes. */
function hashed(body: JsonInputObject): Signed {
  const present = Object.keys(body).filter((name) => body[name] !== undefined && body[name] !== null);
  const hash = cause(
    'order',
    '成员按 Java HashMap 的顺序，未排序',
    'members in the order of a Java HashMap, not sorted',
  );
  return {
    cause: hash,
    signed: writtenInOrder(
      body,
      present.toSorted((a, b) => bucketOf(a) - bucketOf(b)),
    ),
  };
}

/** Of the sixteen that a new HashMap has. */
function bucketOf(name: string): number {
  let hash = 0;
  for (const character of name) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) | 0;
  return (hash ^ (hash >>> 16)) & 15;
}

function newline(canonical: string): Signed {
  return {
    cause: cause('encoding', '报文末尾多了一个换行', 'a newline is added to the body'),
    signed: `${canonical}\n`,
  };
}

function writtenInOrder(body: JsonInputObject, names: readonly string[]): string {
  return `{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(body[name])}`).join(',')}}`;
}

/** The same object sorted, spaced or escaped otherwise. */
function written(canonical: string, sent: SentText | null): Signed[] {
  const text = sent?.text ?? canonical;
  return payloadVariants(text).flatMap(({ payload, mistakes: [first] }) => {
    if (first === undefined) return sent === null ? [] : [{ cause: sent.asItIs, signed: payload }];
    // The body on its way is ours: that it was altered says nothing about a seller.
    return first.code === 'request.body-altered'
      ? []
      : [{ cause: causeOfMistake(first.code, first.change), signed: payload }];
  });
}

function charsets(canonical: string): Signed[] {
  const bytes = Buffer.from(canonical);
  const decoded = (name: string, signed: string) => ({
    cause: cause('encoding', `请求体被当作 ${name} 解码`, `the body is decoded as ${name}`),
    signed,
  });
  return [
    decoded('ISO-8859-1', bytes.toString('latin1')),
    decoded('Windows-1252', new TextDecoder('windows-1252').decode(bytes)),
    decoded('GBK', new TextDecoder('gbk').decode(bytes)),
    {
      cause: cause('encoding', '非 ASCII 字符变成了 “?”', 'non-ASCII characters become “?”'),
      signed: canonical.replace(/[^\0-\x7f]/gu, '?'),
    },
  ];
}

function members(body: JsonInputObject): Signed[] {
  const left = Object.keys(body).map((name) => ({
    cause: cause('members', `验签时漏掉了成员 ${name}`, `the member ${name} is left out`),
    signed: canonicalPayload({ ...body, [name]: null }),
  }));
  const asNumber = { ...body, testFlag: Number(body.testFlag) };
  const number = cause('members', 'testFlag 被转换成了数字', 'testFlag is turned into a number');
  return [...left, ...(body.testFlag === undefined ? [] : [{ cause: number, signed: canonicalPayload(asNumber) }])];
}

const WITH_QUERY: OtherPayload = {
  cause: cause(
    'members',
    'nonce 和 timestamp 也被放进了报文成员',
    'nonce and timestamp of the query are put among the members',
  ),
  sign: ({ payload, nonce, timestamp, accessKey }) => {
    const given: JsonInputObject = JSON.parse(payload);
    return signBase({ payload: canonicalPayload({ ...given, nonce, timestamp }), nonce, timestamp, accessKey })
      .signature;
  },
};
