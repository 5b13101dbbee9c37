import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { diagnoseMistake, type Mistake, mistake } from '../diagnosis/mistake.ts';
import { bodySign } from './body-sign.ts';
import { changedBodies } from './changed-bodies.ts';

/** Why a signature does not fit: F4a–F4d of `saas-v1.md` 11. Never prints the right one. */
export function explainBodySign(input: {
  body: Uint8Array;
  key: string;
  signature: string;
  timeStamp: string | undefined;
}): Diagnosis {
  const { body, key, signature, timeStamp } = input;
  const found =
    writtenOtherwise(bodySign(body, key).signature).find(([, written]) => written === signature)?.[0] ??
    otherKeys(key, timeStamp).find(([, otherKey]) => bodySign(body, otherKey).signature === signature)?.[0] ??
    changedBodies(body).find((changed) => bodySign(changed.body, key).signature === signature)?.mistake;
  return found === undefined ? diagnose('body-sign.key', { seen: signature.slice(0, 200) }) : diagnoseMistake(found);
}

function writtenOtherwise(right: string): [Mistake, string][] {
  const bytes = Buffer.from(right, 'base64');
  const hex = bytes.toString('hex');
  const form = (zh: string, en: string) => mistake('body-sign.form', zh, en);
  return [
    [form('使用了十六进制', 'hex'), hex],
    [form('使用了十六进制', 'hex'), hex.toUpperCase()],
    [form('使用了 URL 安全的 base64', 'URL-safe base64'), right.replaceAll('+', '-').replaceAll('/', '_')],
    [form('使用了 URL 安全的 base64', 'URL-safe base64 without padding'), bytes.toString('base64url')],
    [form('base64 缺少填充字符 “=”', 'base64 without padding'), right.replaceAll('=', '')],
    [form('对十六进制文本又做了 base64', 'base64 of the hex text'), Buffer.from(hex).toString('base64')],
    [form('“+” 变成了空格', 'a “+” became a blank'), right.replaceAll('+', ' ')],
    [form('做了 URL 编码', 'URL-encoded'), encodeURIComponent(right)],
  ];
}

function otherKeys(key: string, timeStamp: string | undefined): (readonly [Mistake, string])[] {
  const keyed = (zh: string, en: string) => mistake('body-sign.key', zh, en);
  return [
    ...(timeStamp === undefined
      ? []
      : [[keyed('密钥拼接了 timeStamp', 'the key with timeStamp appended'), key + timeStamp] as const]),
    [keyed('密钥末尾带有换行', 'a newline at the end of the key'), `${key}\n`],
    [keyed('密钥末尾带有空格', 'a blank at the end of the key'), `${key} `],
    [keyed('密钥开头带有空格', 'a blank before the key'), ` ${key}`],
    [keyed('此处的密钥首尾带有空白', 'white space around the key here'), key.trim()],
  ];
}
