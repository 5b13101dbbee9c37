/** The documentation is found under the paths that findings name, and nothing outside its folder is. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, describe, expect, it } from 'vitest';
import { docsApp } from './docs.ts';
import type { AppEnv } from './http.ts';

const parent = mkdtempSync(join(tmpdir(), 'jishi-docs-'));
const folder = join(parent, 'docs');
mkdirSync(join(folder, 'diagnosis'), { recursive: true });
writeFileSync(join(parent, 'secret.html'), 'not for you');
for (const page of ['README', 'README.zh', 'diagnosis/README', 'diagnosis/request.nonce-replayed'])
  writeFileSync(join(folder, `${page}.html`), `page ${page}`);
writeFileSync(join(folder, 'docs.css'), 'body {}');
afterAll(() => rmSync(parent, { recursive: true }));

const app = new Hono<AppEnv>();
const docs = docsApp(folder, async (c, next) => {
  await next();
  c.res.headers.set('x-frame-options', 'DENY');
});
if (docs !== null) app.route('/docs', docs);

describe('/docs', () => {
  it.each([
    ['/docs/', 'page README'],
    ['/docs/README.zh', 'page README.zh'],
    ['/docs/diagnosis/', 'page diagnosis/README'],
    ['/docs/diagnosis/request.nonce-replayed', 'page diagnosis/request.nonce-replayed'],
    ['/docs/diagnosis/request.nonce-replayed.md', 'page diagnosis/request.nonce-replayed'],
    ['/docs/diagnosis/request.nonce-replayed.html', 'page diagnosis/request.nonce-replayed'],
  ])('%s', async (path, text) => {
    const answer = await app.request(path);
    expect([answer.status, await answer.text()]).toEqual([200, text]);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
  });

  it('has its style', async () => {
    expect((await app.request('/docs/docs.css')).headers.get('content-type')).toMatch(/^text\/css/);
  });

  it('leads to its first page', async () => {
    expect((await app.request('/docs')).headers.get('location')).toBe('/docs/');
  });

  it.each(['/docs/nothing', '/docs/../secret', '/docs/%2e%2e/secret', '/docs/..%2fsecret'])(
    '%s is not there',
    async (path) => {
      const answer = await app.request(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain('not for you');
    },
  );
});

it('is absent where it was not built', () => {
  expect(docsApp(undefined, async () => undefined)).toBeNull();
  expect(docsApp(join(parent, 'elsewhere'), async () => undefined)).toBeNull();
});
