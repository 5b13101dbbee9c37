import { readFile } from 'node:fs/promises';
import {
  type CallVerdict,
  type Diagnosis,
  type DiagnosisCode,
  diagnose,
  parseAuthorization,
  type ReceivedCall,
  readBodyObject,
  verifyAkSk,
  verifyAuthToken,
  verifyBase,
  verifyBodySign,
  verifyKit,
  verifyKitTokenV1,
} from '@jishi/protocol';
import type { Command } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import {
  type HttpMessage,
  headersByName,
  messagesOf,
  parseHttpMessage,
  queryParameters,
} from '../protocol-commands/http-message.ts';
import { instantOption, oneOf, required, utf8 } from '../protocol-commands/input.ts';
import { diagnosisText } from '../protocol-commands/print.ts';

interface VerifyOptions {
  key?: string;
  sk?: string;
  ak?: string;
  at?: string;
  json?: boolean;
}

/**
 * What `--json` prints; `diagnosis` is empty when all is well, and holds warnings when the signature fits nevertheless. Of several
 * messages: the first that does not verify, with the findings of all.
 */
type Verdict = { ok: boolean; resultCode?: string; diagnosis?: Diagnosis[]; canonicalRequest?: string | null };

const PROTOCOLS = ['saas-v2', 'kit', 'saas-v1', 'openapi', 'body-sign'] as const;

/**
 * `jishi verify PROTOCOL [FILE]`: checks the signature of a captured message and names the mistake in a wrong one. A capture may
 * hold several messages, parted by lines that begin with `###`: then a nonce that comes a second time is named too.
 */
export function registerVerify(program: Command, io: CliIo): void {
  program
    .command('verify')
    .description('verify a captured HTTP/1.1 message (several: parted by ### lines) and explain a wrong signature')
    .argument('<protocol>', PROTOCOLS.join(', '))
    .argument('[file]', 'the message; - or none: stdin', '-')
    .option('--key <key>', 'access key (saas-v2, kit, saas-v1, body-sign)')
    .option('--sk <secret>', 'secret access key (openapi)')
    .option('--ak <key>', 'the access key that belongs to --sk: another one in the message is named (openapi)')
    .option('--at <time>', 'the time to compare timestamps with, ISO 8601; default now')
    .option('--json', 'print one JSON document')
    .action(async (protocol: string, file: string, options: VerifyOptions) => {
      const name = oneOf(protocol, PROTOCOLS, 'PROTOCOL');
      const key = name === 'openapi' ? required(options.sk, '--sk') : required(options.key, '--key');
      const nowMs = instantOption(options.at, '--at', io).getTime();
      const source = file === '-' ? 'stdin' : file;
      const messages = messagesOf(file === '-' ? await io.stdin() : await read(file)).map((bytes) => {
        const parsed = parseHttpMessage(bytes);
        if (!parsed.ok) throw new CliExit(2, `${source}: ${parsed.problem}`);
        return parsed.message;
      });
      const seenNonces = new Set<string>();
      const verdicts = messages.map((message) =>
        VERIFIERS[name]({ message, key, ak: options.ak, nowMs, source, seenNonces }),
      );
      report(together(verdicts), options, io);
    });
}

function together(verdicts: readonly Verdict[]): Verdict {
  const decisive = verdicts.find(({ ok }) => !ok) ?? { ok: true };
  return { ...decisive, diagnosis: verdicts.flatMap(({ diagnosis = [] }) => diagnosis) };
}

interface Verification {
  readonly message: HttpMessage;
  readonly key: string;
  readonly ak: string | undefined;
  readonly nowMs: number;
  readonly source: string;
  /** Of the messages before this one in the same capture. */
  readonly seenNonces: Set<string>;
}

const VERIFIERS: Record<(typeof PROTOCOLS)[number], (input: Verification) => Verdict> = {
  'saas-v2': (input) => {
    const parameters = queryParameters(requestOf(input).target);
    const call = callOf(input, (name) => parameters.get(name) ?? undefined);
    return once(call, withBody(call, verifyBase(call)), input.seenNonces);
  },
  kit: (input) => {
    const headers = headersByName(input.message.headers);
    const call = callOf(input, (name) => headers[name === 'signature' ? 'x-sign' : `x-${name}`]);
    return once(call, withBody(call, verifyKit(call)), input.seenNonces);
  },
  'saas-v1': (input) => {
    const { method, target } = requestOf(input);
    if (method === 'POST' && input.message.body.length > 0) return kitOfV1(input);
    if (method !== 'GET')
      throw new CliExit(2, `${input.source}: line 1: GET expected, or POST with the body of a kit interface (V1.0)`);
    const query = target.includes('?') ? target.slice(target.indexOf('?') + 1) : '';
    return withPlus(query, verifyAuthToken(query, input.key));
  },
  openapi: (input) => {
    const { method, target } = requestOf(input);
    const { body } = input.message;
    const headers = headersByName(input.message.headers);
    const unknown = unknownKey(headers.authorization, input.ak);
    if (unknown !== null) return { ok: false, diagnosis: [unknown] };
    const verdict = verifyAkSk({ sk: input.key, method, rawPath: target, headers, body, nowMs: input.nowMs });
    return verdict.ok ? withHost(headers.authorization) : verdict;
  },
  'body-sign': ({ message, key, source }) => {
    if (message.request !== null && !message.headers.some(([name]) => /^body[-_]?sign$/i.test(name)))
      throw new CliExit(2, `${source}: line 1: a response expected, this is a request`);
    return verifyBodySign({ headers: message.headers, body: message.body, key });
  },
};

function kitOfV1({ message, key, source }: Verification): Verdict {
  const { authtoken } = headersByName(message.headers);
  return verifyKitTokenV1({ key, body: utf8(message.body, `${source}: body`), authToken: authtoken });
}

/** Where no mistake explains the signature, a body that is no JSON object may be all that is wrong: it was lost or mangled. */
function withBody({ body }: ReceivedCall, verdict: CallVerdict): CallVerdict {
  if (verdict.ok || !verdict.diagnosis.some(({ code }) => code === 'request.signature-key')) return verdict;
  const read = readBodyObject(body);
  return read.ok ? verdict : { ...verdict, diagnosis: [read.diagnosis, ...verdict.diagnosis] };
}

/** A raw `+` in the query is a plus to some receivers and a blank to others (`saas-v1.md` 2.1, F6). */
function withPlus(query: string, verdict: Verdict): Verdict {
  if (!verdict.ok || !query.includes('+')) return verdict;
  const seen = query.split('&').filter((pair) => pair.includes('+'));
  return { ok: true, diagnosis: [warning('request.auth-token-plus', seen.join(' '))] };
}

/** The gateway takes it (`openapi.md` 8, row 6), but a signature that leaves the host out holds for every host. */
function withHost(authorization: string | undefined): Verdict {
  const parsed = parseAuthorization(authorization);
  if (!parsed.ok || parsed.signedHeaders.includes('host')) return { ok: true };
  return { ok: true, diagnosis: [warning('aksk.host-not-signed', parsed.signedHeaders.join(';'))] };
}

const warning = (code: DiagnosisCode, seen: string): Diagnosis => ({
  ...diagnose(code, { seen }),
  severity: 'warning',
});

/** Step 6 of `saas-v2.md` 3.1, over the messages of one capture. */
function once({ nonce = '' }: ReceivedCall, verdict: CallVerdict, seenNonces: Set<string>): Verdict {
  if (!verdict.ok) return verdict;
  const isReplay = seenNonces.has(nonce);
  seenNonces.add(nonce);
  return isReplay
    ? { ok: false, resultCode: '000001', diagnosis: [diagnose('request.nonce-replayed', { seen: nonce })] }
    : verdict;
}

function unknownKey(authorization: string | undefined, ak: string | undefined): Diagnosis | null {
  const parsed = parseAuthorization(authorization);
  return ak === undefined || !parsed.ok || parsed.ak === ak
    ? null
    : diagnose('aksk.unknown-key', { expected: ak, seen: parsed.ak });
}

function callOf(
  { message, key, nowMs, source }: Verification,
  value: (name: 'signature' | 'timestamp' | 'nonce') => string | undefined,
): ReceivedCall {
  const signed = { signature: value('signature'), timestamp: value('timestamp'), nonce: value('nonce') };
  return { accessKey: key, body: utf8(message.body, `${source}: body`), ...signed, nowMs };
}

function requestOf({ message, source }: Verification): { method: string; target: string } {
  if (message.request === null) throw new CliExit(2, `${source}: line 1: a request expected, this is a response`);
  return message.request;
}

function report(verdict: Verdict, options: VerifyOptions, io: CliIo): void {
  const diagnosis = verdict.diagnosis ?? [];
  if (options.json) io.out(JSON.stringify({ ...verdict, diagnosis }));
  else
    io.out(verdict.ok ? ['✓ the signature fits', ...warningsOf(diagnosis)].join('\n\n') : textOf(verdict, diagnosis));
  if (!verdict.ok) throw new CliExit(1, 'the message does not verify');
}

/** The signature fits, but not every receiver will say so. */
function warningsOf(diagnosis: Diagnosis[]): string[] {
  return diagnosis.length === 0 ? [] : [diagnosisText(diagnosis)];
}

function textOf({ canonicalRequest }: Verdict, diagnosis: Diagnosis[]): string {
  const ours = canonicalRequest ? `\n\nour canonical request:\n${canonicalRequest}` : '';
  return diagnosisText(diagnosis) + ours;
}

async function read(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new CliExit(2, `${file}: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}
