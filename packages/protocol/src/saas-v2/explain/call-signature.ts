import { type Diagnosis, diagnose, type Words } from '../../diagnosis/diagnosis.ts';
import { diagnoseMistake, type Mistake, mistake } from '../../diagnosis/mistake.ts';
import { canonicalPayloadOfText } from '../../json-text.ts';
import { hmacSha256, hmacSha256Hex, sha256Hex } from '../../signing/digest.ts';
import { payloadVariants } from './payload-variants.ts';
import { readSignatureForm } from './received-form.ts';

/**
 * Why a signature differs: it is recomputed with the mistakes that people really make, one and then two at a time, and the one
 * that reproduces it is named. The right signature never stands in the result, so that a refusal cannot be used to forge.
 */

export interface WrongSignature {
  readonly form: 'base' | 'kit';
  readonly accessKey: string;
  readonly body: string;
  readonly signature: string;
  readonly timestamp: string;
  readonly nonce: string;
}

/**
 * Longer calls (body, nonce and timestamp together) are not searched: some hundred digests of each would let a stranger keep
 * a server busy.
 */
export const EXPLAIN_MAX_CHARACTERS = 16_384;
const MAX_MISTAKES = 2;

/** One way to do a step, with the mistake it is (none for the right one). */
interface Choice<T> {
  readonly value: T;
  readonly mistakes: readonly Mistake[];
}

/** From key and payload to the text that stands for the body in the canonical request. */
type Inner = (key: string, payload: string) => string;
/** Joins key, nonce, timestamp and that text. */
type Join = (key: string, nonce: string, timestamp: string, tail: string) => string;

export function explainCallSignature(wrong: WrongSignature): Diagnosis[] {
  const received = readSignatureForm(wrong.signature);
  if (received === null) {
    const seen = `${wrong.signature.length} characters: ${wrong.signature.slice(0, 140)}`;
    return [diagnose('request.signature-form', { expected: '64 hex digits', seen })];
  }
  const isSearched = wrong.body.length + wrong.nonce.length + wrong.timestamp.length <= EXPLAIN_MAX_CHARACTERS;
  const found = isSearched ? search(wrong, received.digest) : null;
  const mistakes = [...received.mistakes, ...(found ?? [])].map(diagnoseMistake);
  return found === null ? [...mistakes, anotherKey(wrong, isSearched ? NOTHING_FITS : NOT_SEARCHED)] : mistakes;
}

function search(wrong: WrongSignature, digest: string): readonly Mistake[] | null {
  const payloads = payloadVariants(wrong.body);
  const frames = framesOf(wrong);
  const inner = remembering();
  for (let count = 0; count <= MAX_MISTAKES; count += 1) {
    for (const frame of frames) {
      for (const payload of payloads) {
        const isRight = frame.mistakes.length === 0;
        if (payload.mistakes.length + frame.mistakes.length !== count || (payload.alone && !isRight)) continue;
        if (signatureOf(wrong.nonce, frame, payload.payload, inner) === digest)
          return [...payload.mistakes, ...frame.mistakes];
      }
    }
  }
  return null;
}

/** Everything about a signature but the payload. */
interface Frame {
  readonly key: string;
  readonly timestamp: string;
  readonly inner: Inner;
  readonly join: Join;
  readonly mistakes: readonly Mistake[];
}

function framesOf(wrong: WrongSignature): Frame[] {
  const inners = wrong.form === 'base' ? BASE_INNERS : KIT_INNERS;
  const all = keys(wrong.accessKey).flatMap((key) =>
    timestamps(wrong.timestamp).flatMap((timestamp) =>
      inners.flatMap((inner) =>
        JOINS.map((join) => ({
          key: key.value,
          timestamp: timestamp.value,
          inner: inner.value,
          join: join.value,
          mistakes: [key, timestamp, inner, join].flatMap((choice) => choice.mistakes),
        })),
      ),
    ),
  );
  return all.filter((frame) => frame.mistakes.length <= MAX_MISTAKES);
}

function signatureOf(nonce: string, { key, timestamp, inner, join }: Frame, payload: string, call: CallInner): string {
  return hmacSha256Hex(key, join(key, nonce, timestamp, call(inner, key, payload)));
}

type CallInner = (inner: Inner, key: string, payload: string) => string;

/** The same inner digest stands in many frames: it is computed once. */
function remembering(): CallInner {
  const known = new Map<Inner, Map<string, string>>();
  return (inner, key, payload) => {
    const ofInner = known.get(inner) ?? new Map<string, string>();
    known.set(inner, ofInner);
    const name = `${key}\n${payload}`;
    const value = ofInner.get(name) ?? inner(key, payload);
    ofInner.set(name, value);
    return value;
  };
}

const right = <T>(value: T): Choice<T> => ({ value, mistakes: [] });
const wrongly = <T>(value: T, each: Mistake): Choice<T> => ({ value, mistakes: [each] });

const mac: Inner = (key, payload) => hmacSha256Hex(key, payload);
const itself: Inner = (_, payload) => payload;
const plain: Choice<Inner> = wrongly(
  (_, payload) => sha256Hex(payload),
  mistake('request.signature-inner-hash', '使用了普通 SHA-256', 'plain SHA-256 instead of HMAC'),
);

const BASE_INNERS: readonly Choice<Inner>[] = [
  right(mac),
  plain,
  wrongly(
    (key, payload) => mac(key, payload).toUpperCase(),
    mistake('request.signature-inner-hash', '使用了大写十六进制', 'upper-case hex'),
  ),
  wrongly(
    (key, payload) => hmacSha256(key, payload).toString('base64'),
    mistake('request.signature-inner-hash', '使用了 base64', 'base64 instead of hex'),
  ),
  wrongly(itself, mistake('request.signature-form', '对基础接口使用了套件接口的算法', 'the kit form for a base call')),
];

const KIT_INNERS: readonly Choice<Inner>[] = [
  right(itself),
  wrongly(mac, mistake('request.signature-form', '对套件接口使用了基础接口的算法', 'the base form for a kit call')),
  plain,
];

const JOINS: readonly Choice<Join>[] = [
  right((key, nonce, timestamp, tail) => key + nonce + timestamp + tail),
  wrongly(
    (key, nonce, timestamp, tail) => key + timestamp + nonce + tail,
    order('timestamp 在 nonce 之前', 'timestamp before nonce'),
  ),
  wrongly(
    (_, nonce, timestamp, tail) => nonce + timestamp + tail,
    order('规范串中缺少 accessKey', 'no access key in the canonical request'),
  ),
  wrongly((_key, _nonce, _timestamp, tail) => tail, order('只对报文体签名', 'only the body was signed')),
];

function order(zh: string, en: string): Mistake {
  return mistake('request.signature-form', zh, en);
}

function timestamps(timestamp: string): Choice<string>[] {
  const signed = mistake(
    'request.timestamp-unit',
    '签名中使用了秒',
    'seconds in the signed text, milliseconds in the request',
  );
  return timestamp.length === 13 ? [right(timestamp), wrongly(timestamp.slice(0, 10), signed)] : [right(timestamp)];
}

/** Keys as they come out of files and forms. */
function keys(accessKey: string): Choice<string>[] {
  const at = (zh: string, en: string) => mistake('request.signature-key', zh, en);
  return [
    right(accessKey),
    wrongly(`${accessKey}\n`, at('密钥末尾多了一个换行', 'the key with a newline at its end')),
    wrongly(`${accessKey} `, at('密钥末尾多了一个空格', 'the key with a blank at its end')),
    ...(accessKey.trim() === accessKey
      ? []
      : [wrongly(accessKey.trim(), at('密钥去掉了首尾空白', 'the key without the blanks around it'))]),
  ];
}

const NOTHING_FITS = { zh: '没有任何已知错误能得到这个签名', en: 'no known mistake reproduces the signature' };
const NOT_SEARCHED = { zh: '报文过长，未逐一排查其他错误', en: 'other mistakes were not searched in so long a body' };

/** The key itself is never printed: it stands as `***` in the canonical request. */
function anotherKey({ form, accessKey, body, signature, timestamp, nonce }: WrongSignature, change: Words): Diagnosis {
  const payload = canonicalPayloadOfText(body) ?? body;
  const tail = form === 'base' ? hmacSha256Hex(accessKey, payload) : payload;
  const over = form === 'base' ? `; payload ${payload.slice(0, 400)}` : '';
  const expected = `HMAC-SHA256 of ***${nonce}${timestamp}${tail}`.slice(0, 400) + over;
  return diagnose('request.signature-key', { expected, seen: signature, change: change.en, changeZh: change.zh });
}
