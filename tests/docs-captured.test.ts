/**
 * Every file of `tests/captured` shows the diagnosis it is named after, and nothing else: what a developer captured, and what the
 * command line, the marketplace or the SDK says to it.
 */
import {
  type BaseActivity,
  diagnose,
  isActivityV1,
  isBaseActivity,
  isDiagnosisCode,
  readAnswer,
  readAnswerV1,
  verifyAuthToken,
  verifyBase,
  verifyKit,
} from '@jishi/protocol';
import { createSellerServer, memoryStore } from '@jishi/seller';
import { describe, expect, it } from 'vitest';
import {
  type HttpMessage,
  headersByName,
  parseHttpMessage,
  queryParameters,
} from '../packages/cli/src/protocol-commands/http-message.ts';
import { runCommand } from '../packages/cli/src/protocol-commands/test-program.ts';
import { CATALOGUE } from '../packages/protocol/src/diagnosis/catalogue.ts';
import { type Capture, captures, type Reading } from '../scripts/docs-captured.ts';

const all = [...captures().values()];
const of = <K extends Reading['kind']>(kind: K) =>
  all.flatMap((capture) => (isKind(capture.how, kind) ? [[capture.code, capture, capture.how] as const] : []));

it('has a capture for every code of the catalogue, told in both languages', () => {
  expect(all.map(({ code }) => code).sort()).toEqual(Object.keys(CATALOGUE).sort());
  for (const { story } of all) {
    expect(story.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(story.en).toMatch(/^[\x20-\x7e’“”–→]+$/);
  }
});

describe('jishi verify', () => {
  // Whether an access key is revoked only the marketplace knows; its own tests show the refusal.
  const NOT_IN_THE_MESSAGE = ['aksk.disabled-key'];

  it.each(of('verify'))('explains %s', async (code, _, { commandLine }) => {
    const run = await runCommand([...commandLine, '--json']);
    const found = JSON.parse(run.out).diagnosis.map((each: { code: string }) => each.code);
    expect([run.code, found]).toEqual(NOT_IN_THE_MESSAGE.includes(code) ? [0, []] : [1, [code]]);
  });
});

describe('the marketplace, reading an answer,', () => {
  it.each(of('answer'))('finds %s', (code, { messages: [bytes] }, how) => {
    expect(bytes).toBeDefined();
    expect(answerCodes(parsed(bytes), how)).toEqual([code]);
  });

  it.each(of('seen'))('tells %s without a message', (code, { messages }, { seen }) => {
    expect(messages).toEqual([]);
    expect(isDiagnosisCode(code) && diagnose(code, { seen }).seen).toBe(seen);
  });
});

describe('calls with their answers', () => {
  // The mistake is that the seller took these.
  const BADLY_SIGNED: Record<string, string> = {
    'security.signature-not-checked': 'request.signature-key',
    'security.timestamp-not-checked': 'request.timestamp-expired',
  };

  it.each(of('conduct'))('%s: calls are signed, answers are well-formed', (code, { messages }, how) => {
    expect(messages.length % 2).toBe(0);
    const read = messages.map(parsed);
    for (const [index, message] of read.entries()) {
      const found = index % 2 === 0 ? requestCodes(message, how) : conductAnswer(message);
      expect(found).toEqual(index % 2 === 0 && BADLY_SIGNED[code] ? [BADLY_SIGNED[code]] : []);
    }
  });
});

it('the SDK in development mode names a replayed call', async () => {
  const capture = captures().get('request.nonce-replayed');
  const accepted = async () => ({ instanceId: 'inst-1' });
  const done = async () => undefined;
  const seller = createSellerServer({
    accessKey: 'koo-demo-access-key-0001',
    store: memoryStore(),
    mode: 'development',
    clock: () => Date.parse('2026-01-01T00:00:10Z'),
    handlers: {
      newInstance: accepted,
      queryInstance: async () => [],
      refreshInstance: done,
      updateInstanceStatus: done,
      releaseInstance: done,
    },
  });
  const answers: unknown[] = [];
  for (const { request, headers, body } of (capture?.messages ?? []).map(parsed)) {
    const url = `https://seller.example.com${request?.target}`;
    const call = new Request(url, { method: 'POST', headers: Object.fromEntries(headers), body: Buffer.from(body) });
    answers.push(await (await seller.fetch(call)).json());
  }
  expect(answers).toEqual([
    expect.objectContaining({ resultCode: '000000', instanceId: 'inst-1' }),
    { resultCode: '000001', resultMsg: expect.stringContaining('request.nonce-replayed') },
  ]);
});

function isKind<K extends Reading['kind']>(how: Reading, kind: K): how is Extract<Reading, { kind: K }> {
  return how.kind === kind;
}

function parsed(bytes: Capture['messages'][number] | undefined): HttpMessage {
  const message = parseHttpMessage(bytes ?? new Uint8Array());
  if (!message.ok) throw new Error(message.problem);
  return message.message;
}

function answerCodes(message: HttpMessage, how: Extract<Reading, { kind: 'answer' }>): string[] {
  const http = httpAnswer(message, how);
  const { activity, instanceIds, key } = how;
  if (how.protocol === 'saas-v1' && isActivityV1(activity))
    return readAnswerV1(activity, http, { key: key ?? '', instanceIds }).diagnosis.map(({ code }) => code);
  if (!isBaseActivity(activity)) throw new Error(`unknown activity ${activity}`);
  return readAnswer(activity, http, { instanceIds }).diagnosis.map(({ code }) => code);
}

function httpAnswer(
  { startLine, headers, body }: HttpMessage,
  { durationMs, truncated }: { durationMs: number; truncated: boolean },
) {
  const byName = headersByName(headers);
  const status = Number(/^HTTP\/\S+ (\d{3})/.exec(startLine)?.[1]);
  return {
    status,
    contentType: byName['content-type'] ?? null,
    location: byName.location ?? null,
    headers,
    body,
    truncated,
    durationMs,
  };
}

function requestCodes(message: HttpMessage, { protocol, key, at }: Extract<Reading, { kind: 'conduct' }>): string[] {
  const target = message.request?.target ?? '';
  const headers = headersByName(message.headers);
  const query = queryParameters(target);
  const named = (name: string) => (protocol === 'kit' ? headers[name] : (query.get(name) ?? undefined));
  const call = { accessKey: key, body: Buffer.from(message.body).toString(), nowMs: at.getTime() };
  const verdict =
    protocol === 'license'
      ? verifyAuthToken(target.slice(target.indexOf('?') + 1), key)
      : protocol === 'kit'
        ? verifyKit({ ...call, signature: named('x-sign'), timestamp: named('x-timestamp'), nonce: named('x-nonce') })
        : verifyBase({ ...call, signature: named('signature'), timestamp: named('timestamp'), nonce: named('nonce') });
  return verdict.ok ? [] : verdict.diagnosis.map(({ code }) => code);
}

/** A refusal that the conduct is about is well-formed all the same. */
function conductAnswer(message: HttpMessage): string[] {
  const activity: BaseActivity = 'updateInstanceStatus';
  const reading = readAnswer(activity, httpAnswer(message, { durationMs: 40, truncated: false }));
  return reading.diagnosis.map(({ code }) => code).filter((code) => code !== 'result.refused');
}
