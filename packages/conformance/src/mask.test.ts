import { diagnose } from '@jishi/protocol';
import { expect, it } from 'vitest';
import { maskKey } from './mask.ts';
import type { CaseReport } from './report.ts';

/** A report holds no access key, wherever the server or the suite put it. */

const KEY = 'S3cret+Key/of=it';

const reportWith = (text: string): CaseReport => ({
  name: 'a',
  title: { zh: 'a', en: 'a' },
  reference: 'x',
  status: 'failed',
  durationMs: 1,
  reason: null,
  diagnosis: [diagnose('body.member-type', { member: text, expected: text, seen: `our text: ${text}` })],
  exchanges: [
    {
      request: { method: 'POST', url: `http://h/?k=${text}`, headers: { k: text }, body: text, label: 'x' },
      startedAt: 0,
      durationMs: 1,
      outcome: {
        ok: true,
        answer: { status: 200, headers: [['k', text]], body: Buffer.from(`ÿ密${text}`), truncated: false },
      },
    },
    {
      request: { method: 'GET', url: 'http://h/', headers: {}, body: Buffer.from(text), label: 'y' },
      startedAt: 0,
      durationMs: 1,
      outcome: { ok: false, error: { kind: 'reset', message: text } },
    },
  ],
});

it('masks the key, as it is, URL-encoded and escaped in JSON, and nothing else', () => {
  for (const spelling of [KEY, encodeURIComponent(KEY), KEY.replace('/', '\\/')]) {
    expect(maskKey(reportWith(`<${spelling}>`), KEY)).toEqual(reportWith('<***>'));
  }
  expect(maskKey(reportWith('nothing'), KEY)).toEqual(reportWith('nothing'));
});

it('leaves a key of a few letters alone, which would blank out innocent text', () => {
  expect(maskKey(reportWith('K'), 'K')).toEqual(reportWith('K'));
});
