import { sha256Hex } from '../../signing/digest.ts';
import { UNSIGNED_PAYLOAD } from '../canonical.ts';
import type { Change, WrongAkSk } from './change.ts';

/** Other bodies, and other ways to hash them, that may have been signed. */

/** Bodies over this many bytes are only tried as they are and as empty. */
const EXPLAIN_MAX_BYTES = 65_536;

export function bodyChanges({ body, headers }: WrongAkSk): Change[] {
  const at = (payloadHash: string, zh: string, en: string): Change => ({
    code: 'aksk.body-hash',
    zh,
    en,
    parts: { payloadHash },
  });
  const constant = [
    at(sha256Hex(''), '签名时请求体为空', 'signed over an empty body'),
    at(
      UNSIGNED_PAYLOAD,
      '签名时使用了 UNSIGNED-PAYLOAD，但未发送 X-Sdk-Content-Sha256',
      'UNSIGNED-PAYLOAD signed, but X-Sdk-Content-Sha256 not sent',
    ),
    at(sha256Hex(body).toUpperCase(), '摘要使用了大写十六进制', 'the hash in upper-case hex'),
    ...(headers['x-sdk-content-sha256'] === undefined
      ? []
      : [at(sha256Hex(body), '忽略了 X-Sdk-Content-Sha256', 'X-Sdk-Content-Sha256 was not taken')]),
  ];
  if (body.length > EXPLAIN_MAX_BYTES) return constant;
  const text = new TextDecoder().decode(body);
  const over = (signed: string, zh: string, en: string) => at(sha256Hex(signed), zh, en);
  return [
    ...constant,
    over(
      JSON.stringify(text),
      '请求体以字符串传入，签名时多了一层引号',
      'the body given as a string: hashed with quotes',
    ),
    over(`${text}\n`, '签名后丢失了末尾换行', 'a newline at the end was lost'),
    over(text.trim(), '签名后增加了首尾空白或换行', 'white space or a newline was added'),
    over(text.replaceAll('\r\n', '\n'), '换行变成了 CRLF', 'line endings became CRLF'),
    over(text.replace(/\r?\n/g, '\r\n'), '换行变成了 LF', 'line endings became LF'),
    over('{}', '签名时请求体为 {}', 'signed over {}'),
    ...reformatted(text).map((each) => over(each, 'JSON 被重新序列化', 'the JSON was serialised anew')),
  ];
}

function reformatted(text: string): string[] {
  try {
    const value: unknown = JSON.parse(text);
    return [JSON.stringify(value), JSON.stringify(value, null, 2), JSON.stringify(value, null, 4)];
  } catch {
    return [];
  }
}
