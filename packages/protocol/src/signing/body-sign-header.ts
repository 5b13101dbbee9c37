import { type Diagnosis, diagnose } from '../diagnosis/diagnosis.ts';

/**
 * The two values of a `Body-Sign` header (`saas-v1.md` 4): parts separated by commas outside quotes, each `name="value"`, blanks
 * around `=` allowed. Neither may be empty.
 */
export function readBodySign(
  header: string,
): { ok: true; signType: string; signature: string } | { ok: false; diagnosis: Diagnosis } {
  const parts = new Map(
    splitOutsideQuotes(header).flatMap((part) => {
      const [, name, value] = /^([\w-]+)\s*=\s*"([^"]*)"$/.exec(part.trim()) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value] as const];
    }),
  );
  const signType = parts.get('sign_type');
  const signature = parts.get('signature');
  if (signType && signature) return { ok: true, signType, signature };
  const begin = header.slice(0, EXAMINED_CHARACTERS);
  const { zh, en } = FORMS.find((form) => form.is(begin)) ?? {
    zh: '值没有加双引号',
    en: 'values not in double quotes',
  };
  return { ok: false, diagnosis: diagnose('body-sign.quotes', { change: en, changeZh: zh, seen: begin }) };
}

/** A genuine header has 82; what a hostile one goes on with is not looked at. */
const EXAMINED_CHARACTERS = 200;

/** What is wrong with a header that cannot be read; the first that fits names it. */
const FORMS: readonly { zh: string; en: string; is(header: string): boolean }[] = [
  { zh: '使用了中文或弯引号', en: 'typographic quotes', is: (header) => /[“”„‟＂]|â€/.test(header) },
  { zh: '缺少 signature', en: 'no signature', is: (header) => !/\bsignature\s*=/.test(header) },
  { zh: '缺少 sign_type', en: 'no sign_type', is: (header) => !/\bsign_type\s*=/.test(header) },
  { zh: '值为空', en: 'an empty value', is: (header) => /=\s*(""|,|$)/.test(header) },
  { zh: '使用了单引号', en: 'single quotes', is: (header) => /=\s*'/.test(header) },
  { zh: '分隔符不是英文逗号', en: 'no comma between the values', is: (header) => /"\s*[^\s,"]?\s*sign/.test(header) },
];

function splitOutsideQuotes(header: string): string[] {
  return header.match(/(?:"[^"]*"|[^,"])+/g) ?? [];
}
