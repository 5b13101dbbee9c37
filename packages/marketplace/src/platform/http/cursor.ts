/** Opaque cursors of lists that are sorted newest first: where the page ended. */
export interface Position {
  readonly at: Date;
  readonly id: string;
}

export const encodeCursor = ({ at, id }: Position): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString('base64url');

/** Years that both this program and the database can tell; what people make up has others. */
const ISO = /^(?!0000)\d{4}-/;

/** @returns null for what is no cursor of ours */
export function decodeCursor(text: string): Position | null {
  const [iso, id] = Buffer.from(text, 'base64url').toString('utf8').split(' ');
  const at = new Date(iso ?? '');
  return id && ISO.test(iso ?? '') && !Number.isNaN(at.getTime()) ? { at, id } : null;
}

/** Asks for one more than the page holds; the surplus tells that there is a next page. */
export function toPage<T>(
  items: readonly T[],
  limit: number,
  positionOf: (item: T) => Position,
): { items: T[]; nextCursor: string | null } {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown, nextCursor: items.length > limit && last ? encodeCursor(positionOf(last)) : null };
}
