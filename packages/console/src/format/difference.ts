/** A stretch of text, where it starts in its text, and whether it differs from its counterpart. */
export interface Part {
  readonly start: number;
  readonly text: string;
  readonly differs: boolean;
}

/** Two texts cut into parts; joining the parts of a side gives its text back. */
export interface Difference {
  readonly expected: readonly Part[];
  readonly seen: readonly Part[];
}

/** Beyond this many comparisons (two texts of some 500 words) only what the ends share is told apart. */
const maximumCells = 250_000;

/**
 * Marks where `expected` and `seen` differ (console.md: "expected, seen side by side with the differing part marked"),
 * word by word: a signature or a header value is marked as a whole, white space that was added shows as such.
 */
export function markDifference(expected: string, seen: string): Difference {
  const left = words(expected);
  const right = words(seen);
  const head = sharedLength(left, right);
  const tail = sharedLength(left.slice(head).reverse(), right.slice(head).reverse());
  const leftMiddle = left.slice(head, left.length - tail);
  const rightMiddle = right.slice(head, right.length - tail);
  const kept = leftMiddle.length * rightMiddle.length > maximumCells ? none : commonWords(leftMiddle, rightMiddle);
  const start = same(left.slice(0, head));
  const end = same(left.slice(left.length - tail));
  return {
    expected: join([...start, ...leftMiddle.map((text, index) => ({ text, differs: !kept.left.has(index) })), ...end]),
    seen: join([...start, ...rightMiddle.map((text, index) => ({ text, differs: !kept.right.has(index) })), ...end]),
  };
}

type Word = Omit<Part, 'start'>;

interface Kept {
  readonly left: ReadonlySet<number>;
  readonly right: ReadonlySet<number>;
}

const none: Kept = { left: new Set(), right: new Set() };

/** Runs of letters and digits, and every other character by itself; no surrogate pair is cut. */
function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}_]+|./gsu) ?? [];
}

function sharedLength(left: readonly string[], right: readonly string[]): number {
  const differing = left.findIndex((word, index) => word !== right[index]);
  return differing === -1 ? Math.min(left.length, right.length) : differing;
}

/** Positions of the longest common subsequence on both sides. */
function commonWords(left: readonly string[], right: readonly string[]): Kept {
  const width = right.length + 1;
  const length = new Uint16Array((left.length + 1) * width);
  const at = (row: number, column: number): number => length[row * width + column] ?? 0;
  for (let row = left.length - 1; row >= 0; row -= 1) {
    for (let column = right.length - 1; column >= 0; column -= 1) {
      length[row * width + column] =
        left[row] === right[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const kept = { left: new Set<number>(), right: new Set<number>() };
  for (let row = 0, column = 0; row < left.length && column < right.length; ) {
    if (left[row] === right[column]) {
      kept.left.add(row++);
      kept.right.add(column++);
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return kept;
}

function same(texts: readonly string[]): Word[] {
  return texts.map((text) => ({ text, differs: false }));
}

/** Neighbours of one kind become one part. */
function join(all: readonly Word[]): Part[] {
  const joined: Part[] = [];
  let start = 0;
  for (const word of all) {
    const last = joined.at(-1);
    if (last?.differs === word.differs) joined[joined.length - 1] = { ...last, text: last.text + word.text };
    else joined.push({ ...word, start });
    start += word.text.length;
  }
  return joined;
}
