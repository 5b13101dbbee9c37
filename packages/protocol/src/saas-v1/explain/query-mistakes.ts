import { type Mistake, mistake } from '../../diagnosis/mistake.ts';
import { decryptAccountData } from '../../secrets/account-data.ts';
import { percentDecode } from '../../uri.ts';
import {
  decodeOnce,
  decodeQuery,
  type Parameter,
  signedParameters,
  signParameters,
  undecodedQuery,
  valueNamed,
} from '../auth-token.ts';
import { isActivityV1, requestsV1 } from '../requests.ts';
import { commonMistakes, type TokenMistake, tokenMistake } from './token-mistakes.ts';

/** Members whose value is base64, so that a blank in it can only have been a `+` (`saas-v1.md` 3.3). */
export const BASE64_MEMBERS: readonly string[] = ['authToken', 'mobilePhone', 'email', 'saasExtendParams'];

/**
 * The known mistakes that make another token of this query than the right one, each token once: what a seller computes that
 * makes such a mistake. A checker sends them one by one to see which is taken.
 */
export function authTokenMistakes(
  rawQuery: string,
  key: string,
): { readonly mistake: Mistake; readonly token: string }[] {
  const parameters = decodeQuery(rawQuery);
  const known = new Set([signParameters(parameters, key).authToken]);
  return queryMistakes(rawQuery, parameters, key).flatMap((candidate) => {
    const token = candidate.token();
    if (known.has(token)) return [];
    known.add(token);
    return [{ mistake: candidate.mistake, token }];
  });
}

/** So many parameters are left out one by one; a genuine request has at most 26. */
const PARAMETERS_LIMIT = 64;

/** Mistakes in the token of a base call: F5a–F5f, F6, F8 of `saas-v1.md` 11. `parameters` are decoded once. */
export function queryMistakes(rawQuery: string, parameters: readonly Parameter[], key: string): TokenMistake[] {
  const over = (made: Mistake, values: (each: Parameter) => string) =>
    tokenMistake(
      made,
      () =>
        signParameters(
          parameters.map((each) => ({ ...each, value: values(each) })),
          key,
        ).authToken,
    );
  return [
    ...commonMistakes(parameters, key),
    over(PLUS, ({ value }) => value.replaceAll(' ', '+')),
    over(PLUS, ({ value }) => value.replaceAll('+', ' ')),
    over(PLUS, ({ name, value }) => (BASE64_MEMBERS.includes(name) ? value.replaceAll(' ', '+') : value)),
    tokenMistake(NOT_DECODED, () => signParameters(undecodedQuery(rawQuery), key).authToken),
    ...otherCharsets(rawQuery, parameters, key),
    over(DECODED_TWICE, ({ value }) => decodeOnce(value)),
    over(DECRYPTED, (each) => decrypted(each, key)),
    over(EXTENSIONS_DECODED, ({ name, value }) =>
      name === 'saasExtendParams' ? Buffer.from(value, 'base64').toString('utf8') : value,
    ),
    tokenMistake(
      mistake('request.signature-nulls', '去掉了空值参数', 'empty values were dropped'),
      () =>
        signParameters(
          parameters.filter(({ value }) => value !== ''),
          key,
        ).authToken,
    ),
    over(TRIMMED, ({ value }) => value.trim()),
    over(ESCAPED, ({ value }) => htmlEscaped(value)),
    ...fewerParameters(parameters, key),
    ...moreParameters(parameters, key),
  ];
}

/** The percent-encoded bytes taken for another charset than UTF-8, as old servlet containers do, or signed in one. */
function otherCharsets(rawQuery: string, parameters: readonly Parameter[], key: string): TokenMistake[] {
  const raw = undecodedQuery(rawQuery);
  const decodedAs = (charset: 'latin1' | 'gbk') =>
    raw.map(({ name, value }) => {
      const bytes = percentDecode(value);
      return { name, value: charset === 'gbk' ? GBK.decode(bytes) : Buffer.from(bytes).toString('latin1') };
    });
  const encoded = (zh: string, en: string, changed: () => readonly Parameter[]) =>
    tokenMistake(mistake('request.auth-token-encoding', zh, en), () => signParameters(changed(), key).authToken);
  return [
    encoded('按 ISO-8859-1 而不是 UTF-8 解码', 'decoded as ISO-8859-1 instead of UTF-8', () => decodedAs('latin1')),
    encoded('按 GBK 而不是 UTF-8 解码', 'decoded as GBK instead of UTF-8', () => decodedAs('gbk')),
    encoded('非 ASCII 字符变成了 “?”', 'non-ASCII characters became “?”', () =>
      parameters.map(({ name, value }) => ({ name, value: value.replace(/[^\p{ASCII}]/gu, '?') })),
    ),
  ];
}

const GBK = new TextDecoder('gbk');

/** What filters against script injection make of a value. */
function htmlEscaped(value: string): string {
  const entities = new Map([
    ['&', '&amp;'],
    ['<', '&lt;'],
    ['>', '&gt;'],
    ['"', '&quot;'],
    ["'", '&#39;'],
  ]);
  return value.replace(/[&<>"']/g, (character) => entities.get(character) ?? character);
}

/** A bean of all documented parameters: those that were not sent are signed as well, as empty or by the word for nothing. */
function moreParameters(parameters: readonly Parameter[], key: string): TokenMistake[] {
  const activity = valueNamed(parameters, 'activity');
  if (!isActivityV1(activity)) return [];
  const absent = Object.keys(requestsV1[activity].shape).filter(
    (name) => !parameters.some((each) => each.name === name),
  );
  return ['', 'null'].map((value) =>
    tokenMistake(
      mistake(
        'request.auth-token-parameters',
        `未发送的参数也参与了签名（${value === '' ? '空值' : value}）`,
        `parameters that were not sent are signed too, as ${value === '' ? 'empty' : value}`,
      ),
      () => signParameters([...parameters, ...absent.map((name) => ({ name, value }))], key).authToken,
    ),
  );
}

/** F5e: a fixed list of names, or one parameter forgotten. */
function fewerParameters(parameters: readonly Parameter[], key: string): TokenMistake[] {
  const signed = signedParameters(parameters);
  const timeStamp = signed.find(({ name }) => name === 'timeStamp');
  if (signed.length > PARAMETERS_LIMIT || timeStamp === undefined) return [];
  const known = signed.filter(({ name }) => DOCUMENTED.has(name));
  const without = (left: string, parts: readonly Parameter[]) =>
    tokenMistake(
      mistake('request.auth-token-parameters', `缺少 ${left}`, `without ${left}`),
      // The HMAC key still holds timeStamp where only the text lacks it.
      () => signParameters(parts, parts.includes(timeStamp) ? key : key + timeStamp.value).authToken,
    );
  const unknown = signed.filter((each) => !known.includes(each)).map(({ name }) => name);
  return [
    ...(unknown.length > 0 ? [without(unknown.join(', ').slice(0, 200), known)] : []),
    ...signed.map((each) =>
      without(
        each.name.slice(0, 100),
        signed.filter((other) => other !== each),
      ),
    ),
  ];
}

const DOCUMENTED: ReadonlySet<string> = new Set(Object.values(requestsV1).flatMap(({ shape }) => Object.keys(shape)));

function decrypted({ name, value }: Parameter, key: string): string {
  if (name !== 'mobilePhone' && name !== 'email') return value;
  const opened = [decryptAccountData(value, key, '1'), decryptAccountData(value, key, '2')].find(({ ok }) => ok);
  return opened?.ok ? opened.text : value;
}

const PLUS = mistake(
  'request.auth-token-plus',
  '参数值中的 “+” 与空格混淆',
  'a “+” of a value was taken for a blank, or the other way round',
);
const NOT_DECODED = mistake('request.auth-token-encoding', '使用了未解码的参数值', 'values were not decoded');
const DECODED_TWICE = mistake('request.auth-token-encoding', '参数值被解码了两次', 'values were decoded twice');
const DECRYPTED = mistake(
  'request.auth-token-encoding',
  'mobilePhone、email 在签名前被解密',
  'mobilePhone or email was decrypted before signing',
);
const TRIMMED = mistake('request.auth-token-encoding', '参数值去掉了首尾空格', 'values were trimmed');
const ESCAPED = mistake(
  'request.auth-token-encoding',
  '参数值做了 HTML 转义（如 XSS 过滤器）',
  'values were HTML-escaped, as filters against script injection do',
);
const EXTENSIONS_DECODED = mistake(
  'request.auth-token-encoding',
  'saasExtendParams 在签名前做了 base64 解码',
  'saasExtendParams was base64-decoded before signing',
);
