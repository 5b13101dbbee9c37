/**
 * The messages of `tests/captured`: one file a diagnosis code, with the mistake in it. The first remark of a file says how it is
 * read, `# en:` and `# zh:` say what was done. Tests read every file so, the pages of the codes print them.
 *
 * - `# jishi verify PROTOCOL …` the command line that names the code
 * - `# answer PROTOCOL ACTIVITY [--key KEY] [of ID,ID] [after N ms] [cut at 1 MiB]` a seller's answer, as the marketplace reads it
 * - `# conduct PROTOCOL --key KEY --at TIME` calls with their answers, which only together show the mistake
 * - `# seen: WHAT WAS SEEN` there is no message to show, because nothing came back or nothing was sent
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Words } from '@jishi/protocol';
import { messagesOf } from '../packages/cli/src/protocol-commands/http-message.ts';

export interface Capture {
  readonly code: string;
  readonly how: Reading;
  readonly story: Words;
  /** The messages, byte for byte. */
  readonly messages: readonly Uint8Array[];
}

export type Reading =
  | { readonly kind: 'verify'; readonly commandLine: readonly string[] }
  | {
      readonly kind: 'answer';
      readonly protocol: string;
      readonly activity: string;
      readonly key: string | null;
      readonly instanceIds: readonly string[];
      readonly durationMs: number;
      readonly truncated: boolean;
    }
  | { readonly kind: 'conduct'; readonly protocol: string; readonly key: string; readonly at: Date }
  | { readonly kind: 'seen'; readonly seen: string };

const CAPTURED = fileURLToPath(new URL('../tests/captured', import.meta.url));

/** Every capture, by its code. */
export function captures(): Map<string, Capture> {
  const files = readdirSync(CAPTURED)
    .filter((name) => name.endsWith('.http'))
    .sort();
  return new Map(files.map((file) => [file.replace(/\.http$/, ''), captureOf(file)]));
}

function captureOf(file: string): Capture {
  const bytes = readFileSync(join(CAPTURED, file));
  const remarks = bytes
    .toString('utf8')
    .split('\n')
    .filter((line) => line.startsWith('# '))
    .map((line) => line.slice(2));
  const remark = (name: string) => remarks.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? '';
  return {
    code: file.replace(/\.http$/, ''),
    how: readingOf(remarks[0] ?? ''),
    story: { en: remark('en'), zh: remark('zh') },
    messages: messagesOf(bytes).filter((message) => message.length > 0),
  };
}

function readingOf(remark: string): Reading {
  const [word = '', protocol = '', activity = ''] = remark.split(' ');
  if (word === 'jishi') return { kind: 'verify', commandLine: remark.split(' ').slice(1) };
  if (word === 'seen:') return { kind: 'seen', seen: remark.slice('seen: '.length) };
  const key = /--key (\S+)/.exec(remark)?.[1];
  if (word === 'conduct' && key !== undefined)
    return { kind: 'conduct', protocol, key, at: new Date(/--at (\S+)/.exec(remark)?.[1] ?? '') };
  if (word === 'answer')
    return {
      kind: 'answer',
      protocol,
      activity,
      key: key ?? null,
      instanceIds: / of (\S+)/.exec(remark)?.[1]?.split(',') ?? [],
      durationMs: Number(/ after (\d+) ms/.exec(remark)?.[1] ?? 40),
      truncated: remark.includes(' cut at '),
    };
  throw new Error(`a captured message begins with a remark that nobody understands: # ${remark}`);
}
