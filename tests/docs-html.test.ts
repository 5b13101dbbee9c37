/** The pages as the marketplace serves them: whoever follows a link there arrives. */
import { expect, it } from 'vitest';
import { render } from '../scripts/docs-html.ts';
import { pages } from '../scripts/docs-pages.ts';

const served = new Map(pages().map((page) => [`/docs/${page.path.replace(/\.md$/, '')}`, render(page)]));
const idsOf = (html: string) => new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));

it('every link inside the documentation leads to a page, and to its place', () => {
  const broken: string[] = [];
  for (const [path, html] of served) {
    for (const [, href = ''] of html.matchAll(/<a [^>]*href="([^"]+)"/g)) {
      const target = new URL(href, `http://jishi.example${path}`);
      if (target.host !== 'jishi.example' || target.pathname === '/') continue;
      const page = served.get(target.pathname);
      const place = decodeURIComponent(target.hash.slice(1));
      if (page === undefined || (place !== '' && !idsOf(page).has(place))) broken.push(`${path} → ${href}`);
    }
  }
  expect(broken).toEqual([]);
});

it('pictures and style are asked for below /docs', () => {
  for (const [path, html] of served)
    for (const [, source = ''] of html.matchAll(/<(?:img[^>]* src|link[^>]* href)="([^"]+)"/g))
      expect(new URL(source, `http://jishi.example${path}`).pathname).toMatch(
        /^\/docs\/(pictures\/.+\.png|docs\.css)$/,
      );
});

it('a page says its language and title, shows where it is, and needs no script', () => {
  const html = served.get('/docs/diagnosis/request.nonce-replayed.zh') ?? '';
  expect(html).toContain('<html lang="zh-CN">');
  expect(html).toContain('<title>request.nonce-replayed · Jishi</title>');
  expect(html).toMatch(/<a href="[^"]+" aria-current="page">诊断码<\/a>/);
  for (const each of served.values()) expect(each).not.toContain('<script');
});

it('what a message holds is shown, never taken for markup', () => {
  const text = '# <b>x</b>\n\n```http\n<script>alert(1)</script>\n```\n';
  const html = render({ path: 'diagnosis/x.md', text });
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).toContain('<title>x · Jishi</title>');
});
