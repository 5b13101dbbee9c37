/**
 * Looks at JSON text that nobody has parsed yet, in one pass and without recursion, so that no body, however hostile, costs
 * more than its length.
 */

/**
 * Deeper texts are refused before they are parsed: whatever recurses over a value (a schema, `JSON.stringify`) is then safe.
 * The deepest body of the protocols has five levels.
 */
export const JSON_MAX_DEPTH = 64;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Offset behind the closing quote of the string that opens at `at`; null when it never closes. */
export function endOfString(text: string, at: number): number | null {
  for (let index = at + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) return index + 1;
    if (code === BACKSLASH) index += 1;
  }
  return null;
}

/** Whether arrays and objects nest deeper than {@link JSON_MAX_DEPTH}. Brackets inside strings do not count. */
export function isTooDeep(text: string): boolean {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) index = (endOfString(text, index) ?? text.length) - 1;
    // [ and { differ in this bit only, and so do ] and }
    else if ((code | 0x20) === 0x7b) {
      depth += 1;
      if (depth > JSON_MAX_DEPTH) return true;
    } else if ((code | 0x20) === 0x7d) depth -= 1;
  }
  return false;
}

/** The tokens of a text that is known to be JSON, as they are written. */
export function* jsonTokens(text: string): Generator<string> {
  for (let at = 0, end = 0; at < text.length; at = end) {
    const code = text.charCodeAt(at);
    end = code === QUOTE ? (endOfString(text, at) ?? text.length) : at + 1;
    if (isOfWord(code)) while (isOfWord(text.charCodeAt(end))) end += 1;
    if (code > 0x20) yield text.slice(at, end);
  }
}

/** Characters of numbers and of true, false, null; false for NaN, which stands behind the end. */
function isOfWord(code: number): boolean {
  const isDigitOrSign = code >= 0x2b && code <= 0x39 && code !== 0x2c;
  return isDigitOrSign || (code >= 0x61 && code <= 0x7a) || code === 0x45;
}
