import type { Diagnosis } from '../../diagnosis/diagnosis.ts';
import { diagnoseMistake, type Mistake, mistake } from '../../diagnosis/mistake.ts';
import { compareCodeUnits } from '../../json.ts';
import { jsonTokens } from '../../json-scan.ts';
import { canonicalPayloadOfText, membersOfText } from '../../json-text.ts';
import { NULLS_KEPT, UNSORTED } from './payload-variants.ts';

const BLANKS_KEPT = mistake('request.signature-whitespace', '保留了空白或换行', 'white space was kept');
const ESCAPES_KEPT = mistake(
  'request.signature-escapes',
  '保留了可省略的转义',
  'escapes that JSON does not need were kept',
);
const REPEATED = mistake('request.body-altered', '同名成员出现多次', 'a member stands there twice');

/**
 * Warnings about a signature that fits the body as it was received but not its canonical form (`saas-v2.md` 3.1): a receiver
 * that sorts and serialises anew refuses it. None where both are the same text, or where the body is no object.
 */
export function warnNotCanonical(body: string): Diagnosis[] {
  const members = membersOfText(body);
  if (members === null || canonicalPayloadOfText(body) === body) return [];
  const tokens = [...jsonTokens(body)];
  const present = [...members].filter(([, value]) => value !== 'null').map(([name]) => name);
  const found: [applies: boolean, mistake: Mistake][] = [
    [present.some((name, index) => compareCodeUnits(present[index - 1] ?? name, name) > 0), UNSORTED],
    [present.length < members.size, NULLS_KEPT],
    [tokens.join('') !== body, BLANKS_KEPT],
    [tokens.some((token) => token.startsWith('"') && JSON.stringify(JSON.parse(token)) !== token), ESCAPES_KEPT],
  ];
  const mistakes = found.filter(([applies]) => applies).map(([, each]) => each);
  return (mistakes.length === 0 ? [REPEATED] : mistakes).map((each) => ({
    ...diagnoseMistake(each),
    severity: 'warning',
  }));
}
