import { type Diagnosis, decryptAccountData, type EncryptType, encryptAccountData } from '@jishi/protocol';
import type { Command } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import { oneOf, required, stdinText } from '../protocol-commands/input.ts';
import { diagnosisText } from '../protocol-commands/print.ts';

interface SecretOptions {
  key?: string;
  scheme: string;
  encryptType?: string;
  iv?: string;
  json?: boolean;
}

const TYPES = ['1', '2'] as const;
const IV_CHARACTERS = 16;
/** The value may have 128 characters with its IV (`saas-v2.md` 4.1). */
const MAX_TEXT_BYTES = 79;

/** `jishi secret encrypt|decrypt`: account data as sellers send it. V1.0 and V2.0 use the same form (`saas-v1.md` 5.1). */
export function registerSecret(program: Command, io: CliIo): void {
  program
    .command('secret')
    .description('encrypt or decrypt account data; the text is read from stdin, its last line end is not part of it')
    .argument('<action>', 'encrypt, decrypt')
    .option('--key <key>', 'access key')
    .option('--scheme <scheme>', 'v2, v1', 'v2')
    .option('--encrypt-type <type>', '1 = AES-256, 2 = AES-128; default 1, decrypt tries both')
    .option('--iv <text>', '16 characters A–Z a–z 0–9; default random (encrypt)')
    .option('--json', 'print one JSON document')
    .action(async (action: string, options: SecretOptions) => {
      const run = { encrypt, decrypt }[oneOf(action, ['encrypt', 'decrypt'], 'ACTION')];
      const key = required(options.key, '--key');
      oneOf(options.scheme, ['v2', 'v1'], '--scheme');
      const type = options.encryptType === undefined ? undefined : oneOf(options.encryptType, TYPES, '--encrypt-type');
      const text = (await stdinText(io)).replace(/\r?\n$/, '');
      const result = run(text, key, type, options, io);
      if ('value' in result) io.out(options.json ? JSON.stringify(result) : result.value);
      else refuse(result.diagnosis, options, io);
    });
}

type Result = { value: string; encryptType: EncryptType } | { diagnosis: Diagnosis[] };

function encrypt(text: string, key: string, type: EncryptType = '1', options: SecretOptions, io: CliIo): Result {
  const iv = options.iv ?? io.randomText(IV_CHARACTERS);
  if (!/^[A-Za-z0-9]{16}$/.test(iv)) throw new CliExit(2, '--iv: 16 characters of A–Z a–z 0–9 expected');
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_TEXT_BYTES)
    throw new CliExit(2, `stdin: at most ${MAX_TEXT_BYTES} bytes of text, these are ${bytes}`);
  return { value: encryptAccountData(text, key, type, iv), encryptType: type };
}

function decrypt(text: string, key: string, type: EncryptType | undefined): Result {
  const encryptType = type ?? (decryptAccountData(text, key, '2').ok ? '2' : '1');
  const decrypted = decryptAccountData(text, key, encryptType);
  return decrypted.ok ? { value: decrypted.text, encryptType } : { diagnosis: decrypted.diagnosis };
}

function refuse(diagnosis: Diagnosis[], options: SecretOptions, io: CliIo): never {
  io.out(options.json ? JSON.stringify({ ok: false, diagnosis }) : diagnosisText(diagnosis));
  throw new CliExit(1, 'the value cannot be decrypted');
}
