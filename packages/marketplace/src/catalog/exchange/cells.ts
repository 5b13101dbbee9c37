/** Members as cells and back, without loss: what is empty, what is absent and what is a number stay apart. Pure. */

/**
 * text: an empty cell is the empty text. nullable: an empty cell is absent, `""` the empty text. whole: a number, empty
 * is absent. flag: TRUE or FALSE. json: lists and files. brackets: a price, or `0..10=100; 10..=90`.
 */
export type CellKind = 'text' | 'nullable' | 'whole' | 'flag' | 'json' | 'brackets';

export function toCell(kind: CellKind, value: unknown): string {
  if (kind === 'json') return JSON.stringify(value ?? null);
  if (kind === 'brackets') return bracketsToCell(value);
  if (value === null || value === undefined) return '';
  if (kind === 'flag') return value === true ? 'TRUE' : 'FALSE';
  const text = String(value);
  return kind === 'nullable' && (text === '' || text.startsWith('"')) ? JSON.stringify(text) : text;
}

/** @returns undefined for what the kind does not take */
export function fromCell(kind: CellKind, text: string): unknown {
  switch (kind) {
    case 'text':
      return text;
    case 'nullable':
      if (text === '') return null;
      return text.startsWith('"') ? fromJson(text) : text;
    case 'whole':
      if (text.trim() === '') return null;
      return /^-?\d{1,10}$/.test(text.trim()) ? Number(text) : undefined;
    case 'flag':
      return FLAGS.get(text.trim().toLowerCase());
    case 'json':
      return text.trim() === '' ? null : fromJson(text);
    case 'brackets':
      return bracketsFromCell(text);
  }
}

const FLAGS = new Map([
  ['true', true],
  ['yes', true],
  ['是', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['否', false],
  ['0', false],
  ['', false],
]);

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Bracket {
  readonly from: number | null;
  readonly to: number | null;
  readonly unitPrice: string;
}
const isBracket = (value: unknown): value is Bracket =>
  typeof value === 'object' && value !== null && 'from' in value && 'to' in value && 'unitPrice' in value;
const isPlain = (text: string): boolean => /^-?[\d.]*$/.test(text) && !text.includes('..');

function bracketsToCell(value: unknown): string {
  const all: unknown[] = Array.isArray(value) ? value : [];
  const brackets = all.filter(isBracket);
  const [first] = brackets;
  if (brackets.length === 1 && first?.from === 0 && first.to === null && isPlain(first.unitPrice))
    return first.unitPrice;
  if (brackets.length === 0 || !brackets.every(({ unitPrice }) => isPlain(unitPrice))) return JSON.stringify(brackets);
  return brackets.map(({ from, to, unitPrice }) => `${from ?? ''}..${to ?? ''}=${unitPrice}`).join('; ');
}

function bracketsFromCell(text: string): unknown {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) return fromJson(trimmed);
  if (!trimmed.includes('..')) return [{ from: 0, to: null, unitPrice: trimmed }];
  const parts = trimmed.split(';').map((part) => /^\s*(-?\d*)\.\.(-?\d*)\s*=\s*(\S*)\s*$/.exec(part));
  if (parts.some((part) => part === null)) return undefined;
  return parts.map((part) => {
    const [, from = '', to = '', unitPrice = ''] = part ?? [];
    return { from: from === '' ? null : Number(from), to: to === '' ? null : Number(to), unitPrice };
  });
}
