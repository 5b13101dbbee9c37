/**
 * Every file of `tests/captured` shows the diagnosis it is named after, and nothing else: what a developer captured, and what the
 * command line, the marketplace or the SDK says to it.
 */
import { createSellerServer, memoryStore } from '@jishi/seller';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../packages/protocol/src/diagnosis/catalogue.ts';
import { captures, type Reading } from '../scripts/docs-captured.ts';
import { answerFindings, findingsOf, parsedMessage, requestFindings } from '../scripts/docs-findings.ts';

const all = [...captures().values()];
const named = (kind: Reading['kind']) =>
  all.filter(({ how }) => how.kind === kind).map((capture) => [capture.code, capture] as const);

it('has a capture for every code of the catalogue, told in both languages', () => {
  expect(all.map(({ code }) => code).sort()).toEqual(Object.keys(CATALOGUE).sort());
  for (const { story } of all) {
    expect(story.zh).toMatch(/[\u4e00-\u9fff]/);
    expect(story.en).toMatch(/^[\x20-\x7e’“”–→]+$/);
  }
});

// Whether an access key is revoked only the marketplace knows; its own tests show the refusal.
const NOT_IN_THE_MESSAGE = ['aksk.disabled-key'];

describe.each(['verify', 'answer', 'seen'] as const)('a message to %s', (kind) => {
  it.each(named(kind))('shows %s', async (code, capture) => {
    const found = (await findingsOf(capture)).map((each) => each.code);
    expect(found).toEqual(NOT_IN_THE_MESSAGE.includes(code) ? [] : [code]);
  });
});

describe('calls with their answers', () => {
  // The mistake is that the seller took these.
  const BADLY_SIGNED: Record<string, string> = {
    'security.signature-not-checked': 'request.signature-key',
    'security.timestamp-not-checked': 'request.timestamp-expired',
  };

  it.each(named('conduct'))('%s: the calls are signed, the answers well-formed', (code, { how, messages }) => {
    if (how.kind !== 'conduct') throw new Error(how.kind);
    expect(messages.length % 2).toBe(0);
    for (const [index, message] of messages.map(parsedMessage).entries()) {
      const found = index % 2 === 0 ? requestFindings(message, how) : answerFindings(message, ANY_ACTIVITY);
      const codes = found.map((each) => each.code).filter((each) => each !== 'result.refused');
      expect(codes).toEqual(index % 2 === 0 && BADLY_SIGNED[code] ? [BADLY_SIGNED[code]] : []);
    }
  });

  // The envelope is that of every activity; what the members mean shows only over the calls together.
  const ANY_ACTIVITY = {
    protocol: 'saas-v2',
    activity: 'releaseInstance',
    key: null,
    instanceIds: [],
    durationMs: 40,
    truncated: false,
  };
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
  for (const { request, headers, body } of (capture?.messages ?? []).map(parsedMessage)) {
    const url = `https://seller.example.com${request?.target}`;
    const call = new Request(url, { method: 'POST', headers: Object.fromEntries(headers), body: Buffer.from(body) });
    answers.push(await (await seller.fetch(call)).json());
  }
  expect(answers).toEqual([
    expect.objectContaining({ resultCode: '000000', instanceId: 'inst-1' }),
    { resultCode: '000001', resultMsg: expect.stringContaining('request.nonce-replayed') },
  ]);
});
