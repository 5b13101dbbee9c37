/**
 * Texts put aside in named lists and read back in order: in memory for small inputs, in a temporary folder for those that
 * memory should not grow with. The engine is the same for both.
 */
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface Spool {
  /** `text` holds no line break */
  append(list: string, text: string): void;
  read(list: string): AsyncIterable<string>;
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
    async *read(list) {
      yield* lists.get(list) ?? [];
    },
    close: () => lists.clear(),
  };
}

/** bytes of a list that wait in memory before they are written */
const BUFFER_CHARS = 256 * 1024;

export function diskSpool(): Spool {
  const folder = mkdtempSync(join(tmpdir(), 'jishi-settle-'));
  const waiting = new Map<string, { texts: string[]; chars: number }>();
  const written = new Set<string>();
  const fileOf = (list: string) => join(folder, list);
  const flush = (list: string) => {
    const buffer = waiting.get(list);
    if (!buffer || buffer.texts.length === 0) return;
    writeFileSync(fileOf(list), `${buffer.texts.join('\n')}\n`, { flag: 'a', mode: 0o600 });
    written.add(list);
    waiting.delete(list);
  };
  return {
    append(list, text) {
      const buffer = waiting.get(list) ?? { texts: [], chars: 0 };
      buffer.texts.push(text);
      buffer.chars += text.length;
      waiting.set(list, buffer);
      if (buffer.chars >= BUFFER_CHARS) flush(list);
    },
    async *read(list) {
      flush(list);
      if (!written.has(list)) return;
      yield* createInterface({ input: createReadStream(fileOf(list), 'utf8'), crlfDelay: Number.POSITIVE_INFINITY });
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
