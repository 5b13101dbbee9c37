/** The command line of `jishi conformance`, checked: whatever is unusable ends with exit code 2 and names the option. */
import { constants } from 'node:fs';
import { access, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type CheckOptions, type ConformanceCase, casesOf, type Language, PROTOCOLS } from '@jishi/conformance';
import { readPublicKey } from '@jishi/protocol';
import { CliExit } from '../io.ts';
import { oneOf } from '../protocol-commands/input.ts';
import { languageOf, type Terminal } from './terminal.ts';

/** As commander hands them over. */
export interface GivenOptions {
  readonly protocol?: string;
  readonly accessKey?: string;
  readonly json?: boolean;
  readonly case?: readonly string[];
  readonly list?: boolean;
  readonly html?: string;
  readonly junit?: string;
  readonly insecure?: boolean;
  readonly lenient?: boolean;
  readonly publicKey?: string;
  readonly liveCycle?: boolean;
  readonly timeout?: string;
  readonly lang?: string;
}

/** The access key may come from here: what stands on a command line stays in the shell's history. */
export const KEY_VARIABLE = 'JISHI_ACCESS_KEY';
const MOST_TIMEOUT_S = 600;
const LANGUAGES: readonly Language[] = ['zh', 'en'];

export function protocolOption(given: GivenOptions): CheckOptions['protocol'] {
  if (given.protocol === undefined) throw new CliExit(2, `--protocol is required: ${PROTOCOLS.join(', ')}`);
  return oneOf(given.protocol, PROTOCOLS, '--protocol');
}

export function languageOption(given: GivenOptions, env: Terminal['env']): Language {
  return given.lang === undefined ? languageOf(env) : oneOf(given.lang, LANGUAGES, '--lang');
}

/** What the suite is asked for. Files that will be written are tried first: nobody likes to hear of them after the run. */
export async function checkOptions(
  url: string | undefined,
  given: GivenOptions,
  env: Terminal['env'],
): Promise<CheckOptions> {
  const protocol = protocolOption(given);
  const accessKey = given.accessKey ?? env[KEY_VARIABLE];
  if (accessKey === undefined || accessKey === '') {
    throw new CliExit(
      2,
      `--access-key is required: the key that your server checks signatures with (or set ${KEY_VARIABLE})`,
    );
  }
  if (given.publicKey !== undefined && protocol !== 'kit')
    throw new CliExit(2, '--public-key goes with --protocol kit');
  for (const [option, file] of [
    ['--html', given.html],
    ['--junit', given.junit],
  ] as const)
    await writable(option, file);
  return {
    url: urlArgument(url, protocol),
    protocol,
    accessKey,
    cases: given.case === undefined ? undefined : caseNames(given.case, given, casesOf(protocol)),
    liveCycle: given.liveCycle,
    lenient: given.lenient,
    insecure: given.insecure,
    publicKey: given.publicKey === undefined ? undefined : await keyFile(given.publicKey),
    timeoutMs: given.timeout === undefined ? undefined : seconds(given.timeout) * 1_000,
  };
}

function urlArgument(url: string | undefined, protocol: CheckOptions['protocol']): string {
  const example = protocol === 'kit' ? 'http://localhost:8081' : 'http://localhost:8081/produce';
  if (url === undefined)
    throw new CliExit(2, `URL is required: the production address of your server, e.g. ${example}`);
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) {
    throw new CliExit(2, `URL: an http(s) address expected, e.g. ${example}, not "${url}"`);
  }
  return url;
}

function caseNames(
  names: readonly string[],
  { liveCycle }: GivenOptions,
  cases: readonly ConformanceCase[],
): readonly string[] {
  for (const name of names) {
    const found = cases.find((item) => item.name === name);
    if (found === undefined)
      throw new CliExit(2, `--case: there is no "${name}"${similar(name, cases)}; --list shows all`);
    if (found.live && !liveCycle) throw new CliExit(2, `--case: "${name}" changes live data and needs --live-cycle`);
  }
  return names;
}

/** Cases of the same topic, or with the same ending. */
function similar(name: string, cases: readonly ConformanceCase[]): string {
  const [topic = '', what = ''] = name.toLowerCase().split('.');
  const near = cases
    .map((item) => item.name)
    .filter((other) => {
      const [otherTopic = '', otherWhat = ''] = other.toLowerCase().split('.');
      return otherTopic === topic || (what !== '' && otherWhat === what);
    });
  return near.length === 0 ? '' : `, did you mean ${near.slice(0, 4).join(', ')}?`;
}

function seconds(text: string): number {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0;
  if (value <= 0 || value > MOST_TIMEOUT_S) {
    throw new CliExit(2, `--timeout: seconds up to ${MOST_TIMEOUT_S} expected, not "${text}"`);
  }
  return value;
}

async function keyFile(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CliExit(2, `--public-key: ${file} cannot be read (${codeOf(error)})`);
  });
  const key = readPublicKey(text);
  if (key.ok || key.isShort) return text;
  const [fault] = key.diagnosis;
  throw new CliExit(2, `--public-key: ${file}: ${fault?.expected} expected, not ${fault?.seen}`);
}

async function writable(option: string, file: string | undefined): Promise<void> {
  if (file === undefined) return;
  if (file === '') throw new CliExit(2, `${option}: a file name expected`);
  const folder = dirname(file);
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    throw new CliExit(2, `${option}: the folder ${folder} cannot be written to (${codeOf(error)})`);
  }
  const isFolder = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (isFolder) throw new CliExit(2, `${option}: ${file} is a folder`);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
