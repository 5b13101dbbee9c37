import { createServer, type RequestListener } from 'node:http';
import { diagnose } from '@jishi/protocol';
import { afterEach, describe, expect, it } from 'vitest';
import { type ConformanceCase, type Session, Skip } from './case.ts';
import { type CheckOptions, checkSeller, checkWith, type ProgressEvent } from './run.ts';

/** A run judges each case on its own, skips what would only repeat a finding, and ends fast when nobody answers. */

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function server(listener: RequestListener): Promise<string> {
  const http = createServer(listener);
  await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
  closers.push(
    () =>
      new Promise((done) => {
        http.close(() => done());
        http.closeAllConnections();
      }),
  );
  const address = http.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/produce`;
}

const words = (text: string) => ({ zh: text, en: text });

function item(name: string, run: ConformanceCase['run'], more: Partial<ConformanceCase> = {}): ConformanceCase {
  return { name, title: words(name), reference: 'saas-v2.md 2', run, ...more };
}

const call = (session: Session) =>
  session.call({ method: 'POST', url: session.target.href, headers: {}, body: '{}', label: 'a call' });

const good = async (session: Session) => {
  await call(session);
  return [];
};

const options = (url: string, more: Partial<CheckOptions> = {}): CheckOptions => ({
  url,
  protocol: 'saas-v2',
  accessKey: 'K',
  ...more,
});

describe('checkWith', () => {
  it('counts what passed, failed, warned and was skipped, and keeps the exchanges of each case', async () => {
    const url = await server((_, response) => response.end('{}'));
    const report = await checkWith(
      [
        item('a.good', good),
        item('b.bad', async (session) => {
          await call(session);
          await call(session);
          return [diagnose('body.empty')];
        }),
        item('c.after', good, { after: ['b.bad'] }),
        item('d.after-that', good, { after: ['c.after'] }),
        item('e.warned', async () => [diagnose('transport.slow')]),
        item('f.skip', async () => {
          throw new Skip({ zh: '无法判断', en: 'cannot be judged' });
        }),
        item('g.live', good, { live: true }),
      ],
      options(url),
    );
    expect(report).toMatchObject({ passed: 1, failed: 1, warned: 1, skipped: 3, target: url, protocol: 'saas-v2' });
    expect(report.cases.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'a.good passed',
      'b.bad failed',
      'c.after skipped',
      'd.after-that skipped',
      'e.warned warned',
      'f.skip skipped',
    ]);
    expect(report.cases.map(({ exchanges }) => exchanges.length)).toEqual([1, 2, 0, 0, 0, 0]);
    expect(report.cases[2]?.reason?.en).toContain('b.bad');
    expect(report.cases[3]?.reason).toEqual(report.cases[2]?.reason);
    expect(report.cases[5]?.reason).toEqual({ zh: '无法判断', en: 'cannot be judged' });
    expect(report.causes.map(({ code }) => code)).toEqual(['body.empty', 'transport.slow']);
  });

  it('runs what a wanted case builds on, and shows it only where it did not pass', async () => {
    const url = await server((_, response) => response.end('{}'));
    const run: string[] = [];
    const note = (name: string, found: 'good' | 'bad', after: readonly string[] = []) =>
      item(
        name,
        async () => {
          run.push(name);
          return found === 'good' ? [] : [diagnose('body.empty')];
        },
        { after },
      );
    const cases = [note('a', 'good'), note('b', 'good', ['a']), note('c', 'bad'), note('d', 'good', ['b', 'c'])];
    const b = await checkWith(cases, options(url, { cases: ['b'] }));
    expect(run).toEqual(['a', 'b']);
    expect(b.cases.map(({ name }) => name)).toEqual(['b']);
    const d = await checkWith(cases, options(url, { cases: ['d'] }));
    expect(d.cases.map(({ name, status }) => `${name} ${status}`)).toEqual(['c failed', 'd skipped']);
  });

  it('counts readings as warnings only when lenient', async () => {
    const url = await server((_, response) => response.end('{}'));
    const cases = [
      item('a', async () => [diagnose('body.empty')], { reading: true }),
      item('b', async () => [diagnose('body.empty')]),
    ];
    expect(await checkWith(cases, options(url))).toMatchObject({ failed: 2 });
    expect(await checkWith(cases, options(url, { lenient: true }))).toMatchObject({ failed: 1, warned: 1 });
  });

  it('calls a case that throws the fault of the suite and goes on', async () => {
    const url = await server((_, response) => response.end('{}'));
    const report = await checkWith(
      [
        item('a', async () => {
          throw new TypeError('x is not a function');
        }),
        item('b', good),
      ],
      options(url),
    );
    expect(report.cases.map(({ status }) => status)).toEqual(['failed', 'passed']);
    expect(report.causes[0]).toMatchObject({ code: 'suite.fault', seen: 'TypeError: x is not a function' });
  });

  it('finds in the first case that nobody listens, and skips the rest', async () => {
    const url = await server(() => undefined);
    await closers.pop()?.();
    const stubborn = async (session: Session) => {
      for (let count = 0; count < 5; count += 1) await call(session);
      return [];
    };
    const report = await checkWith([item('a', stubborn), item('b', good), item('c', good)], options(url));
    expect(report.cases.map(({ status }) => status)).toEqual(['failed', 'skipped', 'skipped']);
    expect(report.cases[0]?.exchanges).toHaveLength(1);
    expect(report.causes.map(({ code }) => code)).toEqual(['transport.refused']);
  });

  it('waits for the first time-out only when nothing was ever answered, else for three', async () => {
    const mute = await server(() => undefined);
    const cases = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => item(name, good));
    const silent = await checkWith(cases, options(mute, { timeoutMs: 50 }));
    expect(silent).toMatchObject({ passed: 1, skipped: 5 });
    let calls = 0;
    const soonMute = await server((_, response) => (calls++ === 0 ? response.end('{}') : undefined));
    expect(await checkWith(cases, options(soonMute, { timeoutMs: 50 }))).toMatchObject({ passed: 4, skipped: 2 });
  });

  it('tells its progress', async () => {
    const url = await server((_, response) => response.end('{}'));
    const events: ProgressEvent[] = [];
    await checkWith([item('a', good), item('b', good)], options(url, { onProgress: (event) => events.push(event) }));
    expect(events.map(({ kind, index, total }) => `${kind} ${index}/${total}`)).toEqual([
      'started 0/2',
      'finished 0/2',
      'started 1/2',
      'finished 1/2',
    ]);
  });

  it('can be called off', async () => {
    const url = await server(() => undefined);
    const stop = new AbortController();
    const run = checkWith(
      [item('a', good), item('b', good)],
      options(url, { signal: stop.signal, onProgress: () => setTimeout(() => stop.abort(new Error('enough')), 20) }),
    );
    await expect(run).rejects.toThrow('enough');
  });

  it('takes its randomness and its clock from outside', async () => {
    const url = await server((_, response) => response.end('{}'));
    const seen: string[] = [];
    const report = await checkWith(
      [
        item('a', async (session) => {
          seen.push(session.randomText(4), session.uuid(), String(session.now()));
          await session.wait(60_000);
          return [];
        }),
      ],
      options(url, {
        now: () => 1_767_225_600_000,
        randomBytes: (length) => new Uint8Array(length).fill(255).fill(1, 0, 1),
        wait: async () => undefined,
      }),
    );
    expect(seen).toEqual(['BBBB', '01ffffff-ffff-4fff-bfff-ffffffffffff', '1767225600000']);
    expect(report.startedAt).toBe(1_767_225_600_000);
  });
});

describe('checkSeller', () => {
  it.each([
    [{ url: 'ftp://x' }, 'url:'],
    [{ url: 'nonsense' }, 'url:'],
    [{ accessKey: '' }, 'accessKey:'],
    [{ timeoutMs: 0 }, 'timeoutMs:'],
    [{ publicKey: 'none' }, 'publicKey: an RSA key of at least 3072 bits'],
    [{ cases: ['no.such'] }, 'cases: there is no "no.such"'],
  ])('refuses %j', async (wrong, message) => {
    await expect(checkSeller(options('http://127.0.0.1:1/', wrong))).rejects.toThrow(message);
  });
});
