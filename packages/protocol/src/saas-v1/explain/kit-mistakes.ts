import { type Mistake, mistake } from '../../diagnosis/mistake.ts';
import { parseJson } from '../../json.ts';
import { percentEncode } from '../../uri.ts';
import { decodeOnce, type Parameter, signParameters } from '../auth-token.ts';
import { withoutBlank } from '../kit-token.ts';
import { commonMistakes, type TokenMistake, tokenMistake } from './token-mistakes.ts';

/** Mistakes in the token of a kit call: F8, F9 of `saas-v1.md` 11. `parameters` are all members, blank ones included. */
export function kitMistakes(parameters: readonly Parameter[], key: string): TokenMistake[] {
  const signed = withoutBlank(parameters);
  const over = (made: Mistake, changed: readonly Parameter[]) =>
    tokenMistake(made, () => signParameters(changed, key).authToken);
  const values = (change: (value: string) => string) => signed.map((each) => ({ ...each, value: change(each.value) }));
  return [
    ...commonMistakes(signed, key),
    over(mistake('request.signature-nulls', '保留了空值成员', 'blank members were kept'), parameters),
    over(
      mistake('request.signature-nulls', '保留了只含空格的成员', 'members of blanks only were kept'),
      parameters.filter(({ value }) => value !== ''),
    ),
    over(
      mistake(
        'request.body-altered',
        '字符串里的 JSON 列表被重新序列化',
        'a JSON list inside a string was serialised anew',
      ),
      values(serialisedAnew),
    ),
    over(mistake('request.auth-token-encoding', '成员值做了 URL 解码', 'values were URL-decoded'), values(decodeOnce)),
    over(
      mistake('request.auth-token-encoding', '成员值做了 URL 编码', 'values were URL-encoded'),
      values(percentEncode),
    ),
  ];
}

function serialisedAnew(value: string): string {
  if (!/^\s*[[{]/.test(value)) return value;
  const parsed = parseJson(value);
  return parsed.ok ? JSON.stringify(parsed.value) : value;
}
