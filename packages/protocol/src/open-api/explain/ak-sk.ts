import { type Diagnosis, diagnose, type Words } from '../../diagnosis/diagnosis.ts';
import { hmacSha256Hex } from '../../signing/digest.ts';
import { type CanonicalParts, canonicalRequestText, stringToSign } from '../canonical.ts';
import { bodyChanges } from './body.ts';
import type { Change, WrongAkSk } from './change.ts';
import { headerChanges, methodChanges } from './headers.ts';
import { pathChanges, queryChanges } from './path-and-query.ts';

/**
 * Why an AK/SK signature differs: the canonical request is rebuilt with the mistakes of `openapi.md` 3.7 and those of other
 * clients, one and then two at a time, and the one that reproduces the signature is named.
 */

/** Larger requests are not searched: some thousand digests of each would let a stranger keep a server busy. */
const EXPLAIN_MAX_CHARACTERS = 8_192;
const EXPLAIN_MAX_HEADERS = 32;

const NOTHING_FITS = { zh: '没有任何已知错误能得到这个签名', en: 'no known mistake reproduces the signature' };
const NOT_SEARCHED = {
  zh: '请求过长，未逐一排查其他错误',
  en: 'other mistakes were not searched in so long a request',
};

export function explainAkSk(wrong: WrongAkSk): Diagnosis[] {
  const { signature, parts } = wrong;
  const isSearched =
    parts.signedHeaders.length <= EXPLAIN_MAX_HEADERS && canonicalRequestText(parts).length <= EXPLAIN_MAX_CHARACTERS;
  if (!isSearched) return [anotherSecret(wrong, NOT_SEARCHED)];
  if (signature !== signature.toLowerCase() && fits({ ...wrong, signature: signature.toLowerCase() }, parts)) {
    return [diagnose('aksk.malformed', { expected: 'the signature in lower-case hex', seen: 'upper-case hex digits' })];
  }
  const standard = signature.replaceAll('-', '+').replaceAll('_', '/').replace(/=*$/, '');
  const hex = Buffer.from(standard, 'base64').toString('hex');
  if (standard.length === 43 && fits({ ...wrong, signature: hex }, parts)) {
    return [diagnose('aksk.malformed', { expected: 'the signature in lower-case hex', seen: 'base64' })];
  }
  const groups = [
    pathChanges(wrong),
    queryChanges(wrong),
    headerChanges(wrong),
    bodyChanges(wrong),
    methodChanges(wrong),
  ];
  const single = groups.flat().find((change) => fits(wrong, { ...parts, ...change.parts }));
  if (single !== undefined) return [named(single)];
  for (const [index, group] of groups.entries()) {
    for (const other of groups.slice(index + 1).flat()) {
      const first = group.find((change) => fits(wrong, { ...parts, ...change.parts, ...other.parts }));
      if (first !== undefined) return [named(first), named(other)];
    }
  }
  return [anotherSecret(wrong, NOTHING_FITS)];
}

function fits({ sk, sdkDate, signature }: WrongAkSk, parts: CanonicalParts): boolean {
  return hmacSha256Hex(sk, stringToSign(sdkDate, canonicalRequestText(parts))) === signature;
}

function named({ code, zh, en }: Change): Diagnosis {
  return diagnose(code, { change: en, changeZh: zh, seen: `fits: ${en}` });
}

function anotherSecret({ sk, sdkDate, signature, parts }: WrongAkSk, otherwise: Words): Diagnosis {
  const canonicalRequest = canonicalRequestText(parts);
  const text = stringToSign(sdkDate, canonicalRequest);
  const guesses: [fits: boolean, zh: string, en: string][] = [
    [hmacSha256Hex(sk.trim(), text) === signature, 'SK 首尾有空白', 'the SK without the blanks around it'],
    [hmacSha256Hex(`${sk}\n`, text) === signature, 'SK 末尾多了一个换行', 'the SK with a newline at its end'],
    [
      hmacSha256Hex(sk, canonicalRequest) === signature,
      '直接对规范请求签名',
      'the right key, but the canonical request itself was signed',
    ],
  ];
  const [, zh, en] = guesses.find(([is]) => is) ?? [true, otherwise.zh, otherwise.en];
  return diagnose('aksk.secret', {
    change: en,
    changeZh: zh,
    expected: canonicalRequest.replaceAll('\n', '|'),
    seen: signature,
  });
}
