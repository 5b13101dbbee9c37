import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';
import { parseJson } from '../json.ts';
import { bodySign } from './body-sign.ts';
import { equalConstantTime } from './digest.ts';

const HEADER_NAME = 'Body-Sign';

/**
 * Verifies a response's `Body-Sign` header (`saas-v1.md` 4). `headers` are name and value as they stand on the wire: the
 * spelling of the name counts, and the exact one wins where there are several.
 */
export function verifyBodySign(input: {
  headers: readonly (readonly [name: string, value: string])[];
  body: Uint8Array;
  key: string;
}): { ok: true } | { ok: false; diagnosis: Diagnosis[] } {
  const { headers, body, key } = input;
  const exact = headers.find(([name]) => name === HEADER_NAME);
  const similar = headers.find(([name]) => name.replaceAll('-', '').toLowerCase() === 'bodysign');
  if (exact === undefined) {
    const found =
      similar === undefined ? diagnose('body-sign.missing') : diagnose('body-sign.name-case', { seen: similar[0] });
    return { ok: false, diagnosis: [found] };
  }
  const value = exact[1];
  const signature = quoted(value, 'signature');
  const signType = quoted(value, 'sign_type');
  if (signature === null || signType === null)
    return { ok: false, diagnosis: [diagnose('body-sign.quotes', { seen: value })] };
  const problems = [
    ...(signType === 'HMAC-SHA256' ? [] : [diagnose('body-sign.sign-type', { seen: signType })]),
    ...(equalConstantTime(bodySign(body, key).signature, signature) ? [] : [explain(body, key, signature)]),
  ];
  return problems.length === 0 ? { ok: true } : { ok: false, diagnosis: problems };
}

/** `name="value"`, blanks around `=` allowed (`saas-v1.md` 4). */
function quoted(header: string, name: string): string | null {
  return new RegExp(`(?:^|,)\\s*${name}\\s*=\\s*"([^"]*)"\\s*(?=,|$)`).exec(header)?.[1] ?? null;
}

function explain(body: Uint8Array, key: string, signature: string): Diagnosis {
  const fit = reformatted(new TextDecoder().decode(body)).find(
    ({ text }) => bodySign(text, key).signature === signature,
  );
  return fit === undefined
    ? diagnose('body-sign.key', { seen: signature })
    : diagnose('body-sign.body-altered', { change: fit.en, changeZh: fit.zh, seen: `fits: ${fit.en}` });
}

/** Bodies that were signed and then sent in another form. */
function reformatted(text: string): { text: string; zh: string; en: string }[] {
  const parsed = parseJson(text);
  const lines = text.replaceAll('\r\n', '\n');
  const json = parsed.ok
    ? [
        { text: JSON.stringify(parsed.value), zh: '紧凑格式', en: 'compact JSON' },
        { text: JSON.stringify(parsed.value, null, 2), zh: '带缩进的格式', en: 'pretty-printed JSON' },
        { text: JSON.stringify(parsed.value, null, 4), zh: '带缩进的格式', en: 'pretty-printed JSON' },
        {
          text: JSON.stringify(parsed.value).replace(/[\u0080-\uffff]/g, unicodeEscape),
          zh: '非 ASCII 字符被转义',
          en: 'non-ASCII characters escaped',
        },
      ]
    : [];
  return [
    { text: `${text}\n`, zh: '末尾有换行', en: 'a newline at the end' },
    { text: text.trim(), zh: '首尾没有空白或换行', en: 'no white space or newline around it' },
    { text: lines, zh: '换行为 LF', en: 'line endings as LF' },
    { text: lines.replaceAll('\n', '\r\n'), zh: '换行为 CRLF', en: 'line endings as CRLF' },
    ...json,
  ];
}

function unicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
