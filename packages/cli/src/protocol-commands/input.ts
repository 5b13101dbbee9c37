import type { Head } from '@jishi/marketplace';
import { canonicalPayloadOfText, parseJson } from '@jishi/protocol';
import { CliExit, type CliIo } from '../io.ts';

/** Reading what the user gave; whatever is unusable ends with exit code 2 and a line that names it. */

export function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new CliExit(2, `${option} is required`);
  return value;
}

/** One of a few words, or exit 2 with the words. */
export function oneOf<T extends string>(value: string, words: readonly T[], name: string): T {
  const found = words.find((word) => word === value);
  if (found === undefined) throw new CliExit(2, `${name}: ${words.join(', ')} expected, not "${value}"`);
  return found;
}

/**
 * The head of a chain of seals that was kept, `<seal>:<SHA-256>`; null when it is left out.
 * @param printedBy the command that prints heads in this form
 */
export function headOption(text: string | undefined, printedBy: string): Head | null {
  if (text === undefined) return null;
  const [, seal, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (seal === undefined || hash === undefined)
    throw new CliExit(2, `--head: a seal's number and hash expected, as "${printedBy}" prints them, not "${text}"`);
  return { seal: Number(seal), hash };
}

/** The canonical payload of the JSON object on standard input. */
export async function stdinPayload(io: CliIo): Promise<string> {
  const text = await stdinText(io);
  const parsed = parseJson(text);
  if (!parsed.ok) throw new CliExit(2, `stdin: the body is not JSON: ${parsed.message}`);
  const payload = canonicalPayloadOfText(text);
  if (payload === null) throw new CliExit(2, 'stdin: the body must be a JSON object');
  return payload;
}

/** UTF-8 text on standard input; a byte-order mark is taken off. */
export async function stdinText(io: CliIo): Promise<string> {
  return utf8(await io.stdin(), 'stdin');
}

export function utf8(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CliExit(2, `${name}: not valid UTF-8`);
  }
}

/** UNIX milliseconds as text; now when it is left out. */
export function timestampOption(value: string | undefined, io: CliIo): string {
  if (value === undefined) return String(io.now().getTime());
  if (!/^\d{1,16}$/.test(value))
    throw new CliExit(2, '--timestamp: UNIX time in milliseconds expected, e.g. 1767225600000');
  return value;
}

/** An instant in ISO form; now when it is left out. */
export function instantOption(value: string | undefined, option: string, io: CliIo): Date {
  if (value === undefined) return io.now();
  const at = new Date(value);
  const hasZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value);
  if (!hasZone || Number.isNaN(at.getTime())) {
    throw new CliExit(2, `${option}: an ISO time with its zone expected, e.g. 2026-01-01T08:00:00Z`);
  }
  return at;
}
