/** A body: laid out where it is JSON, beside it as it came, with what the diagnosis is about marked. */
import type { Words } from '@jishi/protocol';
import { readableBody } from '../body.ts';
import { isMarked, type SideMarks } from './marks.ts';
import { both, html, type Markup } from './markup.ts';
import { prettyJson } from './pretty.ts';

/** Longer bodies are cut in the report: nobody reads them, and a hostile one must not make it unusable. */
const MOST_CHARACTERS = 16_384;
const MOST_HEX_BYTES = 48;

const WORDS = {
  laidOut: { zh: '格式化', en: 'laid out' },
  empty: { zh: '无报文体', en: 'no body' },
  notUtf8: { zh: '开头的字节', en: 'its first bytes' },
};

/**
 * A line end right after <pre> is not part of it: one stands there, so that none of the body's is lost.
 * @param isFault whether the whole body is at fault, unless it is a JSON object after all
 */
export function bodyMarkup(body: string | Uint8Array, marks: SideMarks, isFault: boolean, caption: Words): Markup {
  const { text, isUtf8, bytes } = readableBody(body);
  if (bytes === 0) {
    const empty = both(WORDS.empty);
    return html`<p class="empty">${isFault ? html`<mark>${empty}</mark>` : empty}</p>`;
  }
  const shown = text.slice(0, MOST_CHARACTERS);
  const more = text.length - shown.length;
  const tokens = prettyJson(shown);
  const isObject = tokens?.[0]?.text === '{';
  const cut = more === 0 ? null : html`<p class="cut">${both(cutWords(more))}</p>`;
  const raw = html`<figure><figcaption>${both(caption)} · ${bytes} B</figcaption>
<pre>
${isFault && !isObject ? html`<mark>${shown}</mark>` : markedText(shown, marks)}</pre>${cut}${hexOf(body, isUtf8)}</figure>`;
  if (tokens === null) return html`<div class="bodies">${raw}</div>`;
  const pieces = tokens.map(({ kind, text: piece, member }) => {
    const isFound = (member !== null && isMarked(member, marks)) || (kind === 'string' && holdsText(piece, marks));
    return kind === 'space'
      ? piece
      : html`<span class="t-${kind}">${isFound ? html`<mark>${piece}</mark>` : piece}</span>`;
  });
  return html`<div class="bodies two"><figure><figcaption>${both(WORDS.laidOut)}</figcaption><pre>
${pieces}</pre></figure>${raw}</div>`;
}

/** Members by name with their single values, and texts as they are. */
export function markedText(text: string, marks: SideMarks): readonly (string | Markup)[] {
  const member = /"((?:[^"\\]|\\.)*)"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[^\s,{}[\]]+)?/g;
  const ranges = [...text.matchAll(member)]
    .filter(([, name = '']) => isMarked(name, marks))
    .map(({ index, 0: found }) => ({ from: index, to: index + found.length }));
  for (const wanted of marks.texts) {
    for (let from = text.indexOf(wanted); from !== -1; from = text.indexOf(wanted, from + wanted.length)) {
      ranges.push({ from, to: from + wanted.length });
    }
  }
  const pieces: (string | Markup)[] = [];
  let at = 0;
  for (const { from, to } of ranges.sort((one, other) => one.from - other.from)) {
    if (from < at) continue;
    pieces.push(text.slice(at, from), html`<mark>${text.slice(from, to)}</mark>`);
    at = to;
  }
  return [...pieces, text.slice(at)];
}

function holdsText(piece: string, { texts }: SideMarks): boolean {
  return texts.some((text) => piece.includes(text));
}

/** Where the charset is at fault, bytes say more than characters. */
function hexOf(body: string | Uint8Array, isUtf8: boolean): Markup | null {
  if (typeof body === 'string') return null;
  const hasMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
  if (isUtf8 && !hasMark) return null;
  const bytes = Array.from(body.subarray(0, MOST_HEX_BYTES), (byte) =>
    byte.toString(16).padStart(2, '0').toUpperCase(),
  );
  const dots = body.length > MOST_HEX_BYTES ? ' …' : '';
  return html`<figcaption>${both(WORDS.notUtf8)}</figcaption><pre>${bytes.join(' ')}${dots}</pre>`;
}

function cutWords(more: number) {
  return { zh: `……另有 ${more} 个字符未显示`, en: `… and ${more} more characters` };
}
