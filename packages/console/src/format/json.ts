/** Lays out JSON for reading without touching a single literal: evidence stays what was on the wire. */

/** `text` indented by two spaces if it is JSON, else unchanged. Long numbers and key order are kept. */
export function prettyJson(text: string): string {
  if (!isJson(text)) return text;
  let output = '';
  let depth = 0;
  for (const token of text.match(tokens) ?? []) {
    const opens = token === '{' || token === '[';
    if (token === '}' || token === ']') {
      depth -= 1;
      output = /[[{]\s*$/.test(output) ? output.trimEnd() : newLine(output, depth);
    }
    output += token === ':' ? ': ' : token;
    if (opens) depth += 1;
    if (opens || token === ',') output = newLine(output, depth);
  }
  return output;
}

const tokens = /"(?:\\.|[^"\\])*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

function newLine(output: string, depth: number): string {
  return `${output}\n${'  '.repeat(depth)}`;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
