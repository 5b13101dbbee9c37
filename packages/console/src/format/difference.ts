/** Where two texts part: what they share at both ends, and what differs between. */
export interface Difference {
  readonly before: string;
  readonly expected: string;
  readonly seen: string;
  readonly after: string;
}

/**
 * Marks the differing part of `expected` against `seen` (console.md: "expected, seen side by side with the differing
 * part marked"). Works on whole characters, so that no surrogate pair is cut. Joining the parts gives both texts back.
 */
export function markDifference(expected: string, seen: string): Difference {
  const left = Array.from(expected);
  const right = Array.from(seen);
  const shortest = Math.min(left.length, right.length);
  let head = 0;
  while (head < shortest && left[head] === right[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && left[left.length - 1 - tail] === right[right.length - 1 - tail]) tail += 1;
  return {
    before: left.slice(0, head).join(''),
    expected: left.slice(head, left.length - tail).join(''),
    seen: right.slice(head, right.length - tail).join(''),
    after: left.slice(left.length - tail).join(''),
  };
}
