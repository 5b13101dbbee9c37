/** The way from the terminal to a sandbox that runs on this machine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import { CliExit } from '../io.ts';

export interface SandboxOptions {
  url?: string;
  token?: string;
  data?: string;
}

export interface Connection {
  readonly url: string;
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  /** A refusal ends the command: 1 with the marketplace's words, 2 when what was asked makes no sense. */
  send<T>(method: 'POST' | 'DELETE', path: string, body: unknown, schema: z.ZodType<T>): Promise<T>;
  text(path: string): Promise<string>;
  /** News until the signal ends it; a stream that breaks is opened again. */
  listen(signal: AbortSignal, told: (event: string, data: unknown) => void): Promise<void>;
}

/** The options by which every command finds its sandbox. */
export const withSandbox = (command: Command): Command =>
  command
    .option('--url <address>', 'address of the sandbox; default: the one that runs on the data folder')
    .option('--token <token>', 'its token, as `jishi start --memory` prints it')
    .option('--data <folder>', 'data folder of the running sandbox', '.jishi');

const file = z.object({ url: z.string(), token: z.string() });
const problem = z.object({ title: z.string(), code: z.string().optional(), detail: z.string().optional() });

/** By --url and --token, by JISHI_SANDBOX_URL and JISHI_SANDBOX_TOKEN, or by what `jishi start` left in its data folder. */
export function connect(options: SandboxOptions, environment: NodeJS.ProcessEnv = process.env): Connection {
  const { url, token } = whereOf(options, environment);
  const base = `${url.replace(/\/$/, '')}/api/sandbox`;
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const ask = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const content =
      body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { ...headers, 'content-type': 'application/json' } };
    const response = await fetch(base + path, { method, headers, ...content }).catch((error: unknown) => {
      throw new CliExit(
        2,
        `${url} does not answer (${reasonOf(error)}): is the sandbox running? Start one with "jishi start"`,
      );
    });
    if (!response.ok) throw await refusalOf(response, base + path);
    return response;
  };
  const parsed = async <T>(response: Response, schema: z.ZodType<T>): Promise<T> => schema.parse(await response.json());
  return {
    url,
    get: async (path, schema) => parsed(await ask('GET', path), schema),
    send: async (method, path, body, schema) => parsed(await ask(method, path, body), schema),
    text: async (path) => (await ask('GET', path)).text(),
    async listen(signal, told) {
      while (!signal.aborted) {
        const response = await fetch(`${base}/events`, {
          headers: { ...headers, accept: 'text/event-stream' },
          signal,
        }).catch((error: unknown) => {
          if (signal.aborted) return null;
          throw new CliExit(2, `${url} does not answer (${reasonOf(error)}): is the sandbox running?`);
        });
        if (response === null) return;
        if (!response.ok || response.body === null) throw await refusalOf(response, `${base}/events`);
        await read(response.body, signal, told);
      }
    },
  };
}

async function read(
  body: ReadableStream<Uint8Array>,
  signal: AbortSignal,
  told: (event: string, data: unknown) => void,
): Promise<void> {
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event !== undefined) told(event, JSON.parse(data));
    },
  });
  const decoder = new TextDecoder();
  try {
    for await (const bytes of body) parser.feed(decoder.decode(bytes, { stream: true }));
  } catch (error) {
    if (!signal.aborted && !(error instanceof TypeError)) throw error;
  }
}

function whereOf(options: SandboxOptions, environment: NodeJS.ProcessEnv): { url: string; token: string } {
  const url = options.url ?? environment.JISHI_SANDBOX_URL;
  const token = options.token ?? environment.JISHI_SANDBOX_TOKEN;
  if (url !== undefined && !(URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)))
    throw new CliExit(2, `--url must be an http(s) address, not "${url}"`);
  if (url !== undefined && token !== undefined) return { url, token };
  const place = join(options.data ?? '.jishi', 'sandbox.json');
  try {
    const known = file.parse(JSON.parse(readFileSync(place, 'utf8')));
    return { url: url ?? known.url, token: token ?? known.token };
  } catch {
    const missing = url === undefined ? 'no sandbox runs on this data folder' : '--url needs --token';
    throw new CliExit(
      2,
      `${missing} (${place} is not there): start one with "jishi start", name its folder with --data DIR, or give --url and --token`,
    );
  }
}

async function refusalOf(response: Response, address: string): Promise<CliExit> {
  const body = problem.safeParse(await response.json().catch(() => null));
  if (!body.success) return new CliExit(2, `${address} answered HTTP ${response.status}: this is no Jishi sandbox`);
  const { code = '', detail, title } = body.data;
  const words = `${code === '' ? '' : `${code}: `}${detail ?? title}`;
  if (response.status === 401) return new CliExit(2, `${words} – the token is printed by "jishi start --memory"`);
  return new CliExit(response.status === 400 || response.status === 422 ? 2 : 1, words);
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message;
}
