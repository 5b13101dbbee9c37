/** JSON laid out for reading with every token as it was written: numbers, escapes and repeated members stay. */

export interface Token {
  readonly kind: 'name' | 'string' | 'other' | 'space';
  readonly text: string;
  /** the member whose name or single value this is; null = neither */
  readonly member: string | null;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;
/** Deeper levels are not indented further: a hostile nesting must not fill the page with blanks. */
const MOST_INDENTED = 20;

/** null = no JSON */
export function prettyJson(text: string): readonly Token[] | null {
  if (!isJson(text)) return null;
  const raw = text.match(TOKEN) ?? [];
  const tokens: Token[] = [];
  const add = (kind: Token['kind'], piece: string, member: string | null = null) =>
    tokens.push({ kind, text: piece, member });
  let depth = 0;
  let member: string | null = null;
  const newLine = () => add('space', `\n${'  '.repeat(Math.min(depth, MOST_INDENTED))}`);
  for (const [place, piece] of raw.entries()) {
    const next = raw[place + 1];
    if (piece === '{' || piece === '[') {
      add('other', piece);
      depth += 1;
      member = null;
      if (next !== '}' && next !== ']') newLine();
    } else if (piece === '}' || piece === ']') {
      depth -= 1;
      if (raw[place - 1] !== '{' && raw[place - 1] !== '[') newLine();
      add('other', piece);
    } else if (piece === ',') {
      add('other', piece);
      newLine();
      member = null;
    } else if (piece === ':') add('other', ': ');
    else if (next === ':') {
      member = nameOf(piece);
      add('name', piece, member);
    } else add(piece.startsWith('"') ? 'string' : 'other', piece, member);
  }
  return tokens;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function nameOf(piece: string): string {
  const name: unknown = JSON.parse(piece);
  return String(name);
}
