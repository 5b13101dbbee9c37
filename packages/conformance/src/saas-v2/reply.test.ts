import { describe, expect, it } from 'vitest';
import type { Exchange } from '../exchange.ts';
import { inShort, isVerified, readReply } from './reply.ts';

/** A wrong frame – type, charset, time – is told, and what is inside it is read all the same. */

const OK = '{"resultCode":"000000","resultMsg":"成功","instanceId":"inst-1"}';

describe('readReply', () => {
  it.each<[string, string, string | Uint8Array, number, string[]]>([
    ['a right answer', 'application/json;charset=UTF8', OK, 5_000, []],
    ['a slow one', 'application/json', OK, 5_001, ['warning transport.slow']],
    ['another type', 'text/html', OK, 1, ['error http.content-type']],
    ['a byte-order mark', 'application/json', `\ufeff${OK}`, 1, ['error http.charset']],
    ['UTF-16', 'application/json', Buffer.from(OK, 'utf16le'), 1, ['error http.charset']],
    ['GBK, and slow', 'application/json', gbk(), 6_000, ['error http.charset', 'warning transport.slow']],
    ['two faults of the frame', 'text/plain', `\ufeff${OK}`, 1, ['error http.content-type', 'error http.charset']],
  ])('%s', (_, type, body, durationMs, expected) => {
    const reply = readReply('newInstance', exchange({ type, body, durationMs }));
    expect(found(reply)).toEqual(expected);
    expect(reply.content).toMatchObject({ outcome: 'ok', value: { instanceId: 'inst-1', resultMsg: '成功' } });
    expect(isVerified(reply)).toBe(true);
  });

  it('tells the HTML page, and its type as what follows of it', () => {
    const reply = readReply('newInstance', exchange({ type: 'text/html', body: '<html></html>' }));
    expect(found(reply)).toEqual(['error body.not-json', 'warning http.content-type']);
  });

  it('tells of compressed bytes only that they are that', () => {
    const reply = readReply(
      'newInstance',
      exchange({ type: 'application/json', body: Buffer.from([0x1f, 0x8b, 8, 0]) }),
    );
    expect(found(reply)).toEqual(['error http.charset']);
  });

  it('tells why nothing came', () => {
    const error = { kind: 'reset', message: 'closed' } as const;
    const reply = readReply('newInstance', { ...exchange({ type: '', body: '' }), outcome: { ok: false, error } });
    expect([found(reply), inShort(reply), isVerified(reply)]).toEqual([['error transport.reset'], 'closed', false]);
  });
});

describe('inShort', () => {
  it.each([
    ['{"resultCode":"000003","resultMsg":"no such instance"}', 200, '000003 no such instance'],
    ['{}', 500, 'HTTP 500'],
    ['', 200, 'The body is empty'],
  ])('%s with %i', (body, status, short) => {
    expect(inShort(readReply('releaseInstance', exchange({ type: 'application/json', body, status })))).toBe(short);
  });
});

function found({ diagnosis }: ReturnType<typeof readReply>): string[] {
  return diagnosis.map(({ severity, code }) => `${severity} ${code}`);
}

function exchange(answer: { type: string; body: string | Uint8Array; durationMs?: number; status?: number }): Exchange {
  const { type, body, durationMs = 1, status = 200 } = answer;
  const request = { method: 'POST', url: 'http://localhost/', headers: {}, body: '{}', label: 'a call' } as const;
  const headers = [['Content-Type', type]] as const;
  return {
    request,
    startedAt: 0,
    durationMs,
    outcome: { ok: true, answer: { status, headers, body: new Uint8Array(Buffer.from(body)), truncated: false } },
  };
}

function gbk(): Uint8Array {
  const [before = '', after = ''] = OK.split('成功');
  return Buffer.concat([Buffer.from(before), Buffer.from([0xb3, 0xc9, 0xb9, 0xa6]), Buffer.from(after)]);
}
