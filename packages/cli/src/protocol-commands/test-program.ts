import { Command } from 'commander';
import { registerReconcile } from '../commands/reconcile.ts';
import { registerSecret } from '../commands/secret.ts';
import { registerSettle } from '../commands/settle.ts';
import { registerSign } from '../commands/sign.ts';
import { registerVerify } from '../commands/verify.ts';
import { CliExit } from '../io.ts';

export interface Run {
  /** 0 when the command came to its end. */
  readonly code: number;
  readonly out: string;
  /** The message of a refusal. */
  readonly message: string;
}

/** Runs a command line of the protocol commands in this process, at 2026-01-01T00:00:00Z, for tests. */
export async function runCommand(line: readonly string[], stdin: string | Uint8Array = ''): Promise<Run> {
  const out: string[] = [];
  const io = {
    stdin: async () => (typeof stdin === 'string' ? new TextEncoder().encode(stdin) : stdin),
    out: (text: string) => void out.push(text),
    stream: async (pieces: AsyncIterable<string>) => {
      let text = '';
      for await (const piece of pieces) text += piece;
      out.push(text);
    },
    err: () => undefined,
    now: () => new Date('2026-01-01T00:00:00Z'),
    randomText: (length: number) => 'A1b2C3d4E5f6G7h8'.repeat(4).slice(0, length),
  };
  const program = new Command()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  registerReconcile(program, io);
  registerSettle(program, io);
  registerSign(program, io);
  registerVerify(program, io);
  registerSecret(program, io);
  try {
    await program.parseAsync([...line], { from: 'user' });
    return { code: 0, out: out.join('\n'), message: '' };
  } catch (error) {
    if (!(error instanceof CliExit)) throw error;
    return { code: error.code, out: out.join('\n'), message: error.message };
  }
}
