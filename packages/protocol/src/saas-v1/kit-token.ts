import { membersOfText } from '../json-text.ts';
import { type Parameter, signParameters } from './auth-token.ts';

/**
 * Signs the body of a V1.0 kit call for its header `authToken` (`saas-v1.md` 3.2): top-level members as text, those that are
 * null, empty or blank dropped, then as for base calls with the body's timeStamp. `body` is the very text that is sent.
 *
 * @throws TypeError when the text holds no JSON object
 */
export function signKitTokenV1(body: string, key: string): { stringToSign: string; authToken: string } {
  const parameters = kitParameters(body);
  if (parameters === null) throw new TypeError('a kit body must be a JSON object');
  return signParameters(withoutBlank(parameters), key);
}

/**
 * The members of a kit body as text, empty ones included: strings as they are, numbers as they are written, nested values as
 * compact JSON (Q14), null as empty. Null when the text holds no object.
 */
export function kitParameters(body: string): Parameter[] | null {
  const members = membersOfText(body);
  if (members === null) return null;
  return [...members].map(([name, json]) => ({ name, value: textOf(json) }));
}

export function withoutBlank(parameters: readonly Parameter[]): Parameter[] {
  return parameters.filter(({ value }) => value.trim() !== '');
}

function textOf(json: string): string {
  if (json === 'null') return '';
  if (!json.startsWith('"')) return json;
  const text: string = JSON.parse(json);
  return text;
}
