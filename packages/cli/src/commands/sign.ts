import { bodySign, parseSdkDate, signAkSk, signAuthToken, signBase, signKit } from '@jishi/protocol';
import type { Command } from 'commander';
import { CliExit, type CliIo } from '../io.ts';
import { oneOf, required, stdinPayload, stdinText, timestampOption } from '../protocol-commands/input.ts';
import { printSteps, type Step } from '../protocol-commands/print.ts';

/** What a signature consists of: JSON members and the same as steps for people. */
interface Signed {
  readonly json: Record<string, unknown>;
  readonly steps: readonly Step[];
}

interface SignOptions {
  key?: string;
  timestamp?: string;
  nonce?: string;
  ak?: string;
  sk?: string;
  method?: string;
  url?: string;
  header: string[];
  date?: string;
  json?: boolean;
}

const SIGNERS = {
  'saas-v2': signSaasV2,
  kit: signKitCall,
  'saas-v1': signSaasV1,
  openapi: signOpenApi,
  'body-sign': signBody,
};
const PROTOCOLS = ['saas-v2', 'kit', 'saas-v1', 'openapi', 'body-sign'] as const;
const NONCE_CHARACTERS = 32;

/** `jishi sign PROTOCOL`: a signature with every step on the way to it, to be compared with one's own. */
export function registerSign(program: Command, io: CliIo): void {
  program
    .command('sign')
    .description('compute a signature step by step; the body (saas-v1: the query string) is read from stdin')
    .argument('<protocol>', PROTOCOLS.join(', '))
    .option('--key <key>', 'access key (saas-v2, kit, saas-v1, body-sign)')
    .option('--timestamp <ms>', 'UNIX time in milliseconds; default now (saas-v2, kit)')
    .option('--nonce <text>', 'default a random one (saas-v2, kit)')
    .option('--ak <id>', 'access key ID (openapi)')
    .option('--sk <secret>', 'secret access key (openapi)')
    .option('--method <method>', 'HTTP method (openapi)')
    .option('--url <url>', 'absolute URL as it will be sent (openapi)')
    .option('--header <line>', "'Name: value' to be signed, repeatable (openapi)", collect, [])
    .option('--date <time>', 'X-Sdk-Date, yyyyMMddTHHmmssZ; default now (openapi)')
    .option('--json', 'print one JSON document')
    .action(async (protocol: string, options: SignOptions) => {
      const signed = await SIGNERS[oneOf(protocol, PROTOCOLS, 'PROTOCOL')](options, io);
      if (options.json) io.out(JSON.stringify(signed.json));
      else printSteps(io, signed.steps);
    });
}

async function signSaasV2(options: SignOptions, io: CliIo): Promise<Signed> {
  const { accessKey, timestamp, nonce } = callOptions(options, io);
  const signed = signBase({ accessKey, timestamp, nonce, payload: await stdinPayload(io) });
  return {
    json: { ...signed, timestamp, nonce },
    steps: [
      PAYLOAD(signed.payload),
      ['bodyMac', 'lower-case hex of HMAC-SHA256(accessKey, payload)', signed.bodyMac],
      ['canonicalRequest', 'accessKey + nonce + timestamp + bodyMac', signed.canonicalRequest],
      ['signature', 'hex of HMAC-SHA256(accessKey, canonicalRequest)', signed.signature],
      [
        'query',
        'appended to the production address',
        `signature=${signed.signature}&timestamp=${timestamp}&nonce=${encodeURIComponent(nonce)}`,
      ],
    ],
  };
}

async function signKitCall(options: SignOptions, io: CliIo): Promise<Signed> {
  const { accessKey, timestamp, nonce } = callOptions(options, io);
  const signed = signKit({ accessKey, timestamp, nonce, payload: await stdinPayload(io) });
  return {
    json: { ...signed, timestamp, nonce },
    steps: [
      PAYLOAD(signed.payload),
      ['canonicalRequest', 'accessKey + nonce + timestamp + payload', signed.canonicalRequest],
      ['signature', 'hex of HMAC-SHA256(accessKey, canonicalRequest)', signed.signature],
      ['headers', 'sent with the call', `x-sign: ${signed.signature}\nx-timestamp: ${timestamp}\nx-nonce: ${nonce}`],
    ],
  };
}

async function signSaasV1(options: SignOptions, io: CliIo): Promise<Signed> {
  const key = required(options.key, '--key');
  const query = (await stdinText(io)).trim().replace(/^\?/, '');
  if (!/(^|&)timeStamp=[^&]/.test(query)) throw new CliExit(2, 'stdin: a query string with timeStamp expected');
  const signed = signAuthToken(query, key);
  return {
    json: signed,
    steps: [
      [
        'stringToSign',
        'decoded parameters without authToken, sorted by name, name=value joined by &',
        signed.stringToSign,
      ],
      ['authToken', 'base64 of HMAC-SHA256(key + timeStamp, stringToSign)', signed.authToken],
      ['url', 'the query string with the token, URL-encoded', signed.url],
    ],
  };
}

async function signBody(options: SignOptions, io: CliIo): Promise<Signed> {
  const signed = bodySign(await io.stdin(), required(options.key, '--key'));
  return {
    json: signed,
    steps: [
      ['signature', 'base64 of HMAC-SHA256(key, the bytes of the body)', signed.signature],
      ['header', 'the value of Body-Sign', signed.header],
    ],
  };
}

async function signOpenApi(options: SignOptions, io: CliIo): Promise<Signed> {
  const ak = required(options.ak, '--ak');
  const sk = required(options.sk, '--sk');
  const method = required(options.method, '--method');
  const url = required(options.url, '--url');
  if (!/^https?:\/\/[^/?#]/i.test(url)) throw new CliExit(2, '--url: an absolute URL expected, e.g. https://host/path');
  const headers = Object.fromEntries(options.header.map(headerOption));
  const date = options.date === undefined ? io.now() : parseSdkDate(options.date);
  if (date === null) throw new CliExit(2, '--date: yyyyMMddTHHmmssZ expected, e.g. 20260101T080000Z');
  const signed = signAkSk({ ak, sk, method, url, headers, body: await io.stdin(), date });
  const { canonicalRequest, stringToSign, signature } = signed;
  return {
    json: { canonicalRequest, stringToSign, signature, headers: signed.headers },
    steps: [
      ['canonicalRequest', 'method, path, query, headers, signed header names, body hash', canonicalRequest],
      ['stringToSign', 'algorithm, X-Sdk-Date, hex of SHA-256(canonicalRequest)', stringToSign],
      ['signature', 'hex of HMAC-SHA256(SK, stringToSign)', signature],
      [
        'headers',
        'to be added',
        Object.entries(signed.headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n'),
      ],
    ],
  };
}

const PAYLOAD = (payload: string): Step => ['payload', 'the body: members sorted A→Z, nulls dropped, compact', payload];

function callOptions(options: SignOptions, io: CliIo): { accessKey: string; timestamp: string; nonce: string } {
  return {
    accessKey: required(options.key, '--key'),
    timestamp: timestampOption(options.timestamp, io),
    nonce: options.nonce === undefined ? io.randomText(NONCE_CHARACTERS) : required(options.nonce, '--nonce'),
  };
}

function headerOption(line: string): [string, string] {
  const header = /^([^\s:]+):\s*(.*)$/.exec(line);
  if (header === null) throw new CliExit(2, `--header: 'Name: value' expected, not '${line}'`);
  return [header[1] ?? '', header[2] ?? ''];
}

function collect(line: string, lines: string[]): string[] {
  return [...lines, line];
}
