import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { diagnoseMistake, type Mistake, mistake } from '../diagnosis/mistake.ts';
import { equalConstantTime, hmacSha256 } from '../signing/digest.ts';
import { splitQuery } from '../uri.ts';
import { decodeOnce, decodeQuery, type Parameter, signParameters } from './auth-token.ts';

export type AuthTokenVerdict = { ok: true } | { ok: false; resultCode: '000001'; diagnosis: Diagnosis[] };

/**
 * Verifies the authToken of a V1.0 base call (`saas-v1.md` 3.3): constant time, case-sensitive. There is no time window in
 * V1.0. `rawQuery` is the query exactly as received, without `?`.
 */
export function verifyAuthToken(rawQuery: string, key: string): AuthTokenVerdict {
  const parameters = decodeQuery(rawQuery);
  const token = valueNamed(parameters, 'authToken');
  const missing = [
    ...(valueNamed(parameters, 'timeStamp') === ''
      ? [diagnose('request.timestamp-missing', { expected: 'query parameter timeStamp' })]
      : []),
    ...(token === '' ? [diagnose('request.signature-missing', { expected: 'query parameter authToken' })] : []),
  ];
  if (missing.length > 0) return { ok: false, resultCode: '000001', diagnosis: missing };
  if (equalConstantTime(signParameters(parameters, key).authToken, token)) return { ok: true };
  return { ok: false, resultCode: '000001', diagnosis: [explain(rawQuery, parameters, key, token)] };
}

/** Faults F5, F6 and F8 of `saas-v1.md` and some more; never prints the right token. */
function explain(rawQuery: string, parameters: readonly Parameter[], key: string, token: string): Diagnosis {
  const raw = splitQuery(rawQuery);
  const candidates: [token: string, mistake: Mistake][] = [
    [token.replaceAll(' ', '+') === signParameters(parameters, key).authToken ? token : '', PLUS_IN_TOKEN],
    [decodeOnce(token) === signParameters(parameters, key).authToken ? token : '', TOKEN_TWICE],
    [
      signParameters(
        mapValues(parameters, (value) => value.replaceAll(' ', '+')),
        key,
      ).authToken,
      PLUS,
    ],
    [
      signParameters(
        mapValues(parameters, (value) => value.replaceAll('+', ' ')),
        key,
      ).authToken,
      PLUS,
    ],
    [signParameters(raw, key).authToken, NOT_DECODED],
    [signParameters(mapValues(parameters, decodeOnce), key).authToken, DECODED_TWICE],
    [
      signParameters(
        parameters.filter(({ value }) => value !== ''),
        key,
      ).authToken,
      EMPTY_DROPPED,
    ],
    [tokenWith(parameters, key, key), KEY_ALONE],
    [
      tokenOver(
        parameters
          .map(pair)
          .filter((each) => !each.startsWith('authToken='))
          .join('&'),
        parameters,
        key,
      ),
      UNSORTED,
    ],
    [Buffer.from(signParameters(parameters, key).authToken, 'base64').toString('hex'), HEX],
  ];
  const found = candidates.find(([each]) => each === token);
  if (found !== undefined) return diagnoseMistake(found[1]);
  const expected = `HMAC-SHA256 keyed with ***${valueNamed(parameters, 'timeStamp')} over ${signParameters(parameters, key).stringToSign}`;
  const change = { change: 'no known mistake reproduces the token', changeZh: '没有任何已知错误能得到这个 authToken' };
  return diagnose('request.signature-key', { ...change, expected: expected.slice(0, 1000), seen: token });
}

const PLUS_IN_TOKEN = mistake(
  'request.auth-token-plus',
  'authToken 中的 “+” 变成了空格',
  'the “+” of the token itself became a blank',
);
const TOKEN_TWICE = mistake('request.auth-token-encoding', 'authToken 被编码了两次', 'the token was URL-encoded twice');
const PLUS = mistake(
  'request.auth-token-plus',
  '参数值中的 “+” 与空格混淆',
  'a “+” of a value was taken for a blank, or the other way round',
);
const NOT_DECODED = mistake('request.auth-token-encoding', '使用了未解码的参数值', 'values were not decoded');
const DECODED_TWICE = mistake('request.auth-token-encoding', '参数值被解码了两次', 'values were decoded twice');
const EMPTY_DROPPED = mistake('request.signature-nulls', '去掉了空值参数', 'empty values were dropped');
const KEY_ALONE = mistake('request.signature-key', 'HMAC 密钥未拼接 timeStamp', 'the key without timeStamp');
const UNSORTED = mistake('request.signature-unsorted', '参数按原有顺序，未排序', 'parameters in the order of the URL');
const HEX = mistake('request.signature-form', '使用了十六进制而不是 base64', 'hex instead of base64');

function tokenWith(parameters: readonly Parameter[], key: string, hmacKey: string): string {
  return hmacSha256(hmacKey, signParameters(parameters, key).stringToSign).toString('base64');
}

function tokenOver(text: string, parameters: readonly Parameter[], key: string): string {
  return hmacSha256(key + valueNamed(parameters, 'timeStamp'), text).toString('base64');
}

function mapValues(parameters: readonly Parameter[], change: (value: string) => string): Parameter[] {
  return parameters.map(({ name, value }) => ({ name, value: change(value) }));
}

function pair({ name, value }: Parameter): string {
  return `${name}=${value}`;
}

function valueNamed(parameters: readonly Parameter[], wanted: string): string {
  return parameters.find(({ name }) => name === wanted)?.value ?? '';
}
