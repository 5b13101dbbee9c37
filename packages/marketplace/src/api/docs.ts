/**
 * The documentation under /docs: pages rendered by the build, so that a diagnosis in the console or in a report leads to its page
 * on the same server. `/docs/diagnosis/CODE` and `/docs/protocol/…` are the paths of `diagnosisPage` and `referencePage`.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type MiddlewareHandler } from 'hono';
import type { AppEnv } from './http.ts';

/** Serves the pages of a folder; null where none were built. */
export function docsApp(folder: string | undefined, headers: MiddlewareHandler<AppEnv>): Hono<AppEnv> | null {
  if (folder === undefined || !existsSync(join(folder, 'README.html'))) return null;
  const app = new Hono<AppEnv>();
  app.use('*', headers);
  app.get('/', (c) => c.redirect('/docs/'));
  app.get('*', serveStatic({ root: folder, rewriteRequestPath: fileOf }));
  app.get('*', (c) => c.html(NOT_FOUND, 404));
  return app;
}

/** `/docs/protocol/README` is the file `/protocol/README.html`; a page may be asked for by the name of its source too. */
function fileOf(path: string): string {
  const page = path.replace(/^\/docs/, '').replace(/\.(?:md|html)$/, '');
  if (/\.(?:css|png)$/.test(page)) return page;
  return page.endsWith('/') ? `${page}README.html` : `${page}.html`;
}

const NOT_FOUND = `<!doctype html>
<meta charset="utf-8"><title>404 · Jishi</title><link rel="stylesheet" href="/docs/docs.css">
<main><h1>There is no such page · 页面不存在</h1><p><a href="/docs/">Documentation</a> · <a href="/docs/README.zh">文档</a></p></main>
`;
