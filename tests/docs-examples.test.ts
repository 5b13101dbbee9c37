/**
 * Every example of the protocol pages is executed: requests verify with the key that the page prints, answers are read without a
 * finding, commands print what stands below them, programs give the figures of the text.
 */
import {
  isBaseActivity,
  isLicenseCodeActivity,
  LICENSE_RESULT_CODES,
  orderQueryAnswer,
  parseIdentificationRequest,
  parseKitRequest,
  parseLicenseCodeRequest,
  parseProvisioningRequest,
  parseRequest,
  parseRequestV1,
  parseSdkDate,
  RESULT_CODES,
  sha1PrngBytes,
  signUsagePush,
} from '@jishi/protocol';
import { describe, expect, it } from 'vitest';
import type { HttpMessage } from '../packages/cli/src/protocol-commands/http-message.ts';
import { runCommand } from '../packages/cli/src/protocol-commands/test-program.ts';
import { answerFindings, parsedMessage, requestFindings } from '../scripts/docs-findings.ts';
import { type Block, blocksOf, pages } from '../scripts/docs-pages.ts';

const protocolPages = pages().filter(({ path }) => path.startsWith('protocol/'));
const textOf = (path: string) => protocolPages.find((page) => page.path === path)?.text ?? '';
const examples = protocolPages.flatMap(({ path, text }) => {
  const key = /`(koo(?:-|TestSk)[^`]+)`/.exec(text)?.[1] ?? 'no key is printed on this page';
  return blocksOf(text).map((block, index, blocks) => ({ path, key, block, next: blocks[index + 1] }));
});
const ofKind = (...words: string[]) =>
  examples
    .filter(({ block }) => words.every((word, index) => block.info[index] === word))
    .map((example) => [`${example.path}: ${example.block.info.join(' ')}`, example] as const);

it('there is an example for each activity', () => {
  const shown = ofKind('http', 'request').length + ofKind('http', 'answer').length;
  expect(shown).toBeGreaterThan(30);
  const kinds = new Set(examples.map(({ block }) => block.info.slice(0, 2).join(' ')));
  expect([...kinds].sort()).toEqual(KINDS);
});

/** Any other is a block that nobody executes; without a kind stand formulas. */
const KINDS = ['', 'http answer', 'http request', 'js run', 'json', 'sh run', 'text output'];

describe('a request', () => {
  it.each(ofKind('http', 'request'))('%s', (_, { block, key }) => {
    const [, , protocol = ''] = block.info;
    const message = parsedMessage(bytesOf(block));
    const at = timeOf(block.text);
    expect(requestFindings(message, { protocol, key, at }).map(({ code }) => code)).toEqual([]);
    expect(parsed(protocol, message)).toMatchObject({ ok: true });
  });
});

describe('an answer', () => {
  it.each(ofKind('http', 'answer'))('%s', (_, { block, key }) => {
    const [, , protocol = '', activity = '', , ids] = block.info;
    const instanceIds = ids?.split(',') ?? [];
    if (protocol === 'openapi') {
      expect(
        orderQueryAnswer.safeParse(JSON.parse(Buffer.from(parsedMessage(bytesOf(block)).body).toString())),
      ).toMatchObject({ success: true });
      return;
    }
    const how = { protocol, activity, key, instanceIds, durationMs: 40, truncated: false };
    expect(answerFindings(parsedMessage(bytesOf(block)), how)).toEqual([]);
  });
});

describe('a command', () => {
  it.each(ofKind('sh', 'run'))('%s', async (_, { block, next }) => {
    const [, stdin = '', , line = ''] = /^(?:printf '%s' '([^']*)' (\| ))?jishi (.+)$/.exec(block.text) ?? [];
    expect(line).not.toBe('');
    const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain = '']) => quoted ?? plain);
    const run = await runCommand(words, stdin);
    expect(next?.info).toEqual(['text', 'output']);
    expect([run.code, run.out]).toEqual([0, next?.text]);
  });
});

describe('a program', () => {
  it.each(['en', 'zh'])('of section 3.1 verifies its example (%s)', async (language) => {
    const page = `protocol/saas-v2/signature${language === 'zh' ? '.zh' : ''}.md`;
    const { isSigned } = await moduleOf(page);
    const request = blocksOf(textOf('protocol/saas-v2/newInstance.md')).find(({ info }) => info[1] === 'request');
    const { request: line, body } = parsedMessage(bytesOf(request ?? { info: [], text: '' }));
    const query = new URLSearchParams(line?.target.split('?')[1]);
    const text = Buffer.from(body).toString();
    expect(isSigned('koo-demo-access-key-0001', query, text)).toBe(true);
    const members = Object.entries(JSON.parse(text)).reverse();
    expect(isSigned('koo-demo-access-key-0001', query, JSON.stringify(Object.fromEntries(members)))).toBe(true);
    expect(isSigned('another-key', query, text)).toBe(false);
    expect(isSigned('koo-demo-access-key-0001', query, text.replace('TESTA', 'TESTB'))).toBe(false);
  });

  it.each(['en', 'zh'])('of section 4.2 makes the stream of SHA1PRNG (%s)', async (language) => {
    const { sha1Prng } = await moduleOf(`protocol/saas-v2/account-data${language === 'zh' ? '.zh' : ''}.md`);
    for (const seed of ['koo-demo-access-key-0001', 'a', '密钥'])
      expect(Buffer.from(sha1Prng(seed, 48))).toEqual(Buffer.from(sha1PrngBytes(Buffer.from(seed), 48)));
  });
});

it('the usage of section 5.2 has the signature that is printed', () => {
  const text = textOf('protocol/openapi/usage-push.md');
  const body = blocksOf(text).find(({ info }) => info[0] === 'json')?.text ?? '';
  const [ts = '', nonce = '', signature = ''] =
    /With `ts` `(\d+)` and `nonce` `([^`]+)` its signature is `([^`]+)`/.exec(text)?.slice(1) ?? [];
  expect(signUsagePush({ accessKey: 'koo-demo-access-key-0001', ts, nonce, body }).signature).toBe(signature);
});

it('every JSON text can be read', () => {
  for (const [, { block }] of ofKind('json')) expect(JSON.parse(block.text)).toBeTypeOf('object');
});

it.each(['protocol/license/result-codes.md', 'protocol/license/result-codes.zh.md'])(
  '%s lists those of its own',
  (path) => {
    const listed = [...textOf(path).matchAll(/^\| `(\d{6})` /gm)].map(([, code = '']) => code);
    const own = Object.keys(LICENSE_RESULT_CODES).filter((code) => !(code in RESULT_CODES));
    expect(listed).toEqual(expect.arrayContaining(own));
    expect(listed.filter((code) => !(code in LICENSE_RESULT_CODES))).toEqual([]);
  },
);

const WITH_EVERY_CODE = ['saas-v2/result-codes', 'saas-v1/result-codes'].flatMap((name) => [
  `protocol/${name}.md`,
  `protocol/${name}.zh.md`,
]);
it.each(WITH_EVERY_CODE)('%s lists every code', (path) => {
  const listed = [...textOf(path).matchAll(/^\| `(\d{6})` /gm)].map(([, code]) => code);
  expect(listed).toEqual(Object.keys(RESULT_CODES).sort());
});

it('both languages show the same examples', () => {
  const english = protocolPages.filter(({ path }) => !path.endsWith('.zh.md'));
  for (const { path, text } of english)
    expect(blocksOf(textOf(path.replace(/\.md$/, '.zh.md'))), path).toEqual(blocksOf(text));
});

/** The request as a seller reads it, once its signature fits. */
function parsed(protocol: string, { request, body }: HttpMessage): { ok: boolean } {
  const [path = '', query = ''] = request?.target.split('?') ?? [];
  const text = Buffer.from(body).toString();
  if (protocol === 'saas-v1') return parseRequestV1(query);
  if (protocol.startsWith('kit')) return parseKitRequest(path, text);
  if (protocol === 'license' && text === '') return parseIdentificationRequest(query);
  const activity = text === '' ? '' : JSON.parse(text).activity;
  if (isLicenseCodeActivity(activity)) return parseLicenseCodeRequest(text);
  if (activity === 'getLicenseAsync') return parseProvisioningRequest(text);
  // The order notification and the Open API have members of no schema here.
  return isBaseActivity(activity) ? parseRequest(text) : { ok: true };
}

/** Some seconds after the request was signed. */
function timeOf(request: string): Date {
  const sdkDate = parseSdkDate(/^X-Sdk-Date: (\S+)$/m.exec(request)?.[1] ?? '');
  const timestamp = /timestamp[=:] ?(\d{13})/.exec(request)?.[1];
  return new Date((sdkDate?.getTime() ?? Number(timestamp ?? 0)) + 5_000);
}

function bytesOf({ text }: Block): Uint8Array {
  return Buffer.from(text);
}

async function moduleOf(path: string) {
  const source = blocksOf(textOf(path)).find(({ info }) => info.join(' ') === 'js run')?.text ?? '';
  return import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(source)}`);
}
