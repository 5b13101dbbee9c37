/**
 * Renders the pages of `docs` into packages/cli/dist/docs, which the marketplace serves under /docs: one HTML file a page, no
 * script. Part of the build.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Marked } from 'marked';
import { DOCS, type Page, pages, slugOf } from './docs-pages.ts';

const OUTPUT = fileURLToPath(new URL('../packages/cli/dist/docs', import.meta.url));
const STYLE = fileURLToPath(new URL('./docs-style.css', import.meta.url));

/** Links to other pages lose `.md`; those that leave `docs` have no page here and become plain text. */
const marked = new Marked({
  renderer: {
    heading({ tokens, depth, text }) {
      return `<h${depth} id="${slugOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
    },
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      if (/^(https?:|#)/.test(href)) return `<a href="${escapeHtml(href)}">${text}</a>`;
      return href.startsWith('../../../')
        ? text
        : `<a href="${escapeHtml(href.replace(/\.md(?=#|$)/, ''))}">${text}</a>`;
    },
  },
});

export function render({ path, text }: Page): string {
  const isChinese = path.endsWith('.zh.md');
  const t = isChinese ? TEXTS.zh : TEXTS.en;
  const up = '../'.repeat(path.split('/').length - 1) || './';
  const own = path.replace(/\.md$/, '');
  const title = /^# (.+)$/m.exec(text)?.[1]?.replace(/<[^>]+>/g, '') ?? t.documentation;
  const items = t.navigation.map(([href, name]) => {
    const folder = /^(.+\/)README(?:\.zh)?$/.exec(href)?.[1];
    const here = href === own || (folder !== undefined && own.startsWith(folder));
    return `<li><a href="${up}${href}"${here ? ' aria-current="page"' : ''}>${name}</a></li>`;
  });
  return `<!doctype html>
<html lang="${isChinese ? 'zh-CN' : 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Jishi</title>
<link rel="stylesheet" href="${up}docs.css">
</head>
<body>
<header><a href="${up}${isChinese ? 'README.zh' : 'README'}">Jishi 集市</a><a href="/">${t.console}</a></header>
<nav><ul>
${items.join('\n')}
</ul></nav>
<main>
${marked.parse(text, { async: false })}</main>
</body>
</html>
`;
}

const TEXTS = {
  en: {
    documentation: 'Documentation',
    console: 'Console',
    navigation: [
      ['connect-in-30-minutes', 'Connect in 30 minutes'],
      ['seller-guide', 'Seller guide'],
      ['protocol/saas-v2/README', 'SaaS V2.0'],
      ['protocol/kit/README', 'Kit interfaces'],
      ['protocol/saas-v1/README', 'SaaS V1.0'],
      ['protocol/license/README', 'Licences'],
      ['protocol/openapi/README', 'Open API'],
      ['diagnosis/README', 'Diagnosis codes'],
      ['operator-guide', 'Operator guide'],
      ['architecture', 'Architecture'],
    ],
  },
  zh: {
    documentation: '文档',
    console: '控制台',
    navigation: [
      ['connect-in-30-minutes.zh', '30 分钟接入'],
      ['seller-guide', 'Seller guide'],
      ['protocol/saas-v2/README.zh', 'SaaS V2.0'],
      ['protocol/kit/README.zh', '套件接口'],
      ['protocol/saas-v1/README.zh', 'SaaS V1.0'],
      ['protocol/license/README.zh', 'License'],
      ['protocol/openapi/README.zh', '开放接口'],
      ['diagnosis/README.zh', '诊断码'],
      ['operator-guide', 'Operator guide'],
      ['architecture', 'Architecture'],
    ],
  },
} as const;

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function write(): void {
  rmSync(OUTPUT, { recursive: true, force: true });
  for (const page of pages()) {
    const file = join(OUTPUT, page.path.replace(/\.md$/, '.html'));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, render(page));
  }
  writeFileSync(join(OUTPUT, 'docs.css'), readFileSync(STYLE));
  cpSync(join(DOCS, 'pictures'), join(OUTPUT, 'pictures'), { recursive: true });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) write();
