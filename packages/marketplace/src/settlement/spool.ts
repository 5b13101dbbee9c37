/**
 * Texts put aside in named lists and read back in order: in memory for small inputs, in a temporary folder for those that
 * memory should not grow with. The engine is the same for both. Files are read and written synchronously, a large piece at a
 * time: a settlement has nothing else to do, and waiting for each line would cost more than the line.
 */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Spool {
  /** `text` holds no line break */
  append(list: string, text: string): void;
  read(list: string): Iterable<string>;
  /** the list is not needed any more */
  drop(list: string): void;
  close(): void;
}

export function memorySpool(): Spool {
  const lists = new Map<string, string[]>();
  return {
    append(list, text) {
      const texts = lists.get(list);
      if (texts) texts.push(text);
      else lists.set(list, [text]);
    },
    read: (list) => lists.get(list) ?? [],
    drop: (list) => lists.delete(list),
    close: () => lists.clear(),
  };
}

/** characters of all lists together that wait in memory before they are written */
const MOST_WAITING_CHARS = 8 * 1024 * 1024;
const PIECE_BYTES = 32 * 1024;

export function diskSpool(): Spool {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-settle-'));
  const lists = new Map<string, string[]>();
  const written = new Set<string>();
  let waiting = 0;
  const fileOf = (list: string) => join(folder, list);
  const flush = () => {
    for (const [list, texts] of lists) {
      if (texts.length === 0) continue;
      const file = openSync(fileOf(list), 'a', 0o600);
      writeSync(file, `${texts.join('\n')}\n`);
      closeSync(file);
      written.add(list);
      lists.set(list, []);
    }
    waiting = 0;
  };
  return {
    append(list, text) {
      const texts = lists.get(list);
      if (texts) texts.push(text);
      else lists.set(list, [text]);
      waiting += text.length;
      if (waiting >= MOST_WAITING_CHARS) flush();
    },
    *read(list) {
      flush();
      if (written.has(list)) yield* textsIn(fileOf(list), PIECE_BYTES);
    },
    drop(list) {
      lists.delete(list);
      if (written.delete(list)) rmSync(fileOf(list));
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The lines of a UTF-8 file without their ends, one after the other. */
export function* textsIn(file: string, pieceBytes: number): Generator<string> {
  for (const lines of linesOf(file, pieceBytes)) yield* lines;
}

/** a line is a record of some hundred bytes */
const MOST_LINE_BYTES = 16 * 1024 * 1024;

/** The lines of a UTF-8 file, some thousand at a time. @throws RangeError for one of more than 16 MiB */
export function* linesOf(file: string, pieceBytes = 1024 * 1024): Generator<string[]> {
  const handle = openSync(file, 'r');
  try {
    let buffer = Buffer.allocUnsafe(pieceBytes);
    let kept = 0;
    for (;;) {
      const read = readSync(handle, buffer, kept, buffer.length - kept, null);
      const end = kept + read;
      if (read === 0) {
        if (end > 0) yield [trimmed(buffer.toString('utf8', 0, end))];
        return;
      }
      // a line break is one byte that no other character of UTF-8 contains
      const last = buffer.lastIndexOf(LINE_FEED, end - 1);
      if (last >= 0) {
        const text = buffer.toString('utf8', 0, last);
        yield text.includes('\r') ? text.split('\n').map(trimmed) : text.split('\n');
        buffer.copyWithin(0, last + 1, end);
        kept = end - last - 1;
      } else kept = end;
      if (kept < buffer.length) continue;
      if (kept >= MOST_LINE_BYTES) throw new RangeError(`${file}: a line is longer than ${MOST_LINE_BYTES} bytes`);
      buffer = Buffer.concat([buffer], buffer.length * 2);
    }
  } finally {
    closeSync(handle);
  }
}

const LINE_FEED = 0x0a;
const trimmed = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line);
