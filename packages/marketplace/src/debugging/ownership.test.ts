/** Either proof is enough: the file or the TXT record; what is wrong with both is told. */
import { describe, expect, it } from 'vitest';
import type { Outbound, OutboundResult } from '../platform/outbound.ts';
import { findProof, PROOF_PATH, proofRecord } from './ownership.ts';

const address = { origin: 'https://console.example.com:8443', token: 'jishi-abc' };
const file = (status: number, text: string): OutboundResult => ({
  ok: true,
  answer: {
    status,
    headers: [],
    rawHeaders: [],
    contentType: null,
    location: null,
    body: Buffer.from(text),
    truncated: false,
  },
});

function look(answer: OutboundResult, records: Readonly<Record<string, readonly string[]>> = {}) {
  const asked: string[] = [];
  const outbound: Outbound = {
    get: (url) => {
      asked.push(url);
      return Promise.resolve(answer);
    },
    post: () => Promise.reject(new Error('nothing is posted')),
    close: () => Promise.resolve(),
  };
  const resolveTxt = (name: string) => Promise.resolve(records[name] ?? []);
  return { asked, proof: findProof({ outbound, resolveTxt }, address) };
}

describe('proof', () => {
  it('is the token on a line of the file at the well-known place', async () => {
    const { proof, asked } = look(file(200, 'jishi-old\r\n jishi-abc \r\n'));
    expect(await proof).toEqual({ by: 'FILE' });
    expect(asked).toEqual([`https://console.example.com:8443${PROOF_PATH}`]);
  });

  it('is the token in the TXT record of the domain, without its port', async () => {
    expect(proofRecord(address.origin)).toBe('_jishi.console.example.com');
    const records = { '_jishi.console.example.com': ['other', 'jishi-abc'] };
    expect(await look(file(404, ''), records).proof).toEqual({ by: 'DNS' });
  });

  it.each([
    [file(200, 'x jishi-abc'), 'the file does not hold the token; there is no TXT record.'],
    [file(302, 'jishi-abc'), 'the file cannot be read (HTTP 302); there is no TXT record.'],
    [
      { ok: false as const, fault: 'blocked' as const, message: '10.0.0.1 is an internal address' },
      'the file cannot be read (10.0.0.1 is an internal address); there is no TXT record.',
    ],
  ])('is missing otherwise, and why', async (answer, en) => {
    expect(await look(answer).proof).toMatchObject({ by: null, fault: { en } });
  });
});
