/** The page of a diagnosis code, in both languages: everything on it comes from the catalogue and from its captured message. */
import { type Diagnosis, type DiagnosisCode, type DocsLanguage, diagnose, referencePage } from '@jishi/protocol';
import { CATALOGUE } from '../packages/protocol/src/diagnosis/catalogue.ts';
import { inWordsOfV1 } from '../packages/protocol/src/saas-v1/words.ts';
import { type Capture, captures } from './docs-captured.ts';
import { FAMILIES, familyOf } from './docs-families.ts';
import { findingsOf } from './docs-findings.ts';

const LANGUAGES = ['en', 'zh'] as const;

/** File names in `docs/diagnosis` and their texts. */
export async function diagnosisPages(): Promise<Map<string, string>> {
  const captured = captures();
  const pages = new Map<string, string>();
  for (const language of LANGUAGES) {
    pages.set(`README${suffix(language)}.md`, index(language));
    for (const code of codes()) {
      const capture = captured.get(code);
      const findings = capture === undefined ? [] : await findingsOf(capture);
      pages.set(`${code}${suffix(language)}.md`, page(code, language, capture, findings));
    }
  }
  return pages;
}

function page(
  code: DiagnosisCode,
  language: DocsLanguage,
  capture: Capture | undefined,
  findings: readonly Diagnosis[],
): string {
  const t = TEXTS[language];
  const { severity, summary, expected, fix, reference } = CATALOGUE[code];
  const v1 = inWordsOfV1(diagnose(code));
  const other = language === 'en' ? 'zh' : 'en';
  const blocks = [
    MADE,
    `[${TEXTS[other].self}](${code}${suffix(other)}.md) · [${t.all}](README${suffix(language)}.md)`,
    `# ${code}`,
    `**${withPlaces(summary[language])}**`,
    familyOf(code).about[language],
    [
      `- ${t.severity}${t.colon}${t[severity]}`,
      ...(expected === '' ? [] : [`- ${t.expected}${t.colon}\`${withPlaces(expected, '<$>')}\``]),
      ...(protocolOf(reference) === undefined ? [] : [`- ${t.section}${t.colon}${link(reference, language)}`]),
      ...(v1.reference === reference ? [] : [`- ${t.sectionV1}${t.colon}${link(v1.reference, language)}`]),
    ].join('\n'),
    `## ${t.fix}`,
    withPlaces(fix[language]),
    ...(v1.fix.en === diagnose(code).fix.en ? [] : [`${t.inV1}${v1.fix[language]}`]),
    ...(capture === undefined ? [] : example(capture, findings, language)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function example({ how, story, messages }: Capture, findings: readonly Diagnosis[], language: DocsLanguage): string[] {
  const t = TEXTS[language];
  const shown = messages.map((bytes) => fenced('http', Buffer.from(bytes).toString('utf8').trimEnd()));
  return [
    `## ${t.example}`,
    story[language],
    ...(how.kind === 'conduct' || (how.kind === 'answer' && how.key !== null) ? [`${t.key} \`${how.key}\`.`] : []),
    ...shown,
    ...(how.kind === 'verify' ? [fenced('sh', ['jishi', ...how.commandLine].join(' '))] : []),
    ...findings.map((finding) => said(finding, language)),
  ];
}

function said({ code, summary, expected, seen }: Diagnosis, language: DocsLanguage): string {
  const t = TEXTS[language];
  const lines = [
    `**${code}**${t.colon}${summary[language]}`,
    ...(expected === '' ? [] : [`${t.expected}${t.colon}\`${oneLine(expected)}\``]),
    ...(seen === '' ? [] : [`${t.seen}${t.colon}\`${oneLine(seen)}\``]),
  ];
  return lines.map((line) => `> ${line}`).join('  \n');
}

function index(language: DocsLanguage): string {
  const t = TEXTS[language];
  const other = language === 'en' ? 'zh' : 'en';
  const families = Object.entries(FAMILIES).map(([prefix, { title }]) => {
    const rows = codes()
      .filter((code) => code.startsWith(`${prefix}.`))
      .map(
        (code) => `| [\`${code}\`](${code}${suffix(language)}.md) | ${withPlaces(CATALOGUE[code].summary[language])} |`,
      );
    return [`## ${title[language]}`, [`| ${t.code} | ${t.meaning} |`, '|---|---|', ...rows].join('\n')].join('\n\n');
  });
  const blocks = [MADE, `[${TEXTS[other].self}](README${suffix(other)}.md)`, `# ${t.codes}`, t.intro, ...families];
  return `${blocks.join('\n\n')}\n`;
}

function codes(): DiagnosisCode[] {
  const known: Partial<Record<string, unknown>> = CATALOGUE;
  return Object.keys(known)
    .filter((code): code is DiagnosisCode => code in CATALOGUE)
    .sort();
}

/** A section as a link from `docs/diagnosis`. */
function link(reference: string, language: DocsLanguage): string {
  const [page = '', anchor] = referencePage(reference, language)
    .replace(/^\/docs\//, '../')
    .split('#');
  const section = reference.split(' ').slice(1);
  return `[${[protocolOf(reference), ...section].join(' ')}](${page}.md${anchor === undefined ? '' : `#${anchor}`})`;
}

/** undefined: the text names no section of a protocol, as with faults of the suite itself. */
function protocolOf(reference: string): string | undefined {
  return PROTOCOLS[reference.split('.md')[0] ?? ''];
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  'saas-v2': 'SaaS V2.0',
  'saas-v1': 'SaaS V1.0',
  openapi: 'Open API',
  'license-and-other-types': 'License',
};

/** The places of a text, which a case fills, by their names; one that would stand behind a colon is left out with it. */
function withPlaces(text: string, form = '*$*'): string {
  return text.replace(/([:：] ?)?\{(\w+)\}/g, (_, colon: string | undefined, place: string) =>
    colon === undefined ? form.replace('$', place) : '',
  );
}

function fenced(kind: string, text: string): string {
  return `\`\`\`${kind}\n${text}\n\`\`\``;
}

function oneLine(text: string): string {
  return text.replaceAll('`', 'ʼ').replace(/\s*\n\s*/g, ' ⏎ ');
}

function suffix(language: DocsLanguage): string {
  return language === 'zh' ? '.zh' : '';
}

const MADE = '<!-- Made by `npm run docs` from the catalogue of packages/protocol and from tests/captured. -->';

const TEXTS = {
  en: {
    self: 'English',
    colon: ': ',
    all: 'All codes',
    codes: 'Diagnosis codes',
    code: 'Code',
    meaning: 'Meaning',
    intro:
      'Every mistake that Jishi recognises has a code. Live calls, the debugger, the conformance suite, `jishi verify` and the seller SDK all use the same ones; a name, once here, stays.',
    severity: 'Severity',
    error: 'error',
    warning: 'warning',
    expected: 'Expected',
    seen: 'Seen',
    section: 'Protocol',
    sectionV1: 'In V1.0',
    fix: 'How to put it right',
    inV1: 'With protocol V1.0: ',
    example: 'An example',
    key: 'Key of the example:',
  },
  zh: {
    self: '中文',
    colon: '：',
    all: '全部诊断码',
    codes: '诊断码',
    code: '诊断码',
    meaning: '含义',
    intro:
      '集市（Jishi）能识别的每种错误都有一个诊断码。线上调用、接入调试、一致性检查、`jishi verify` 和商家 SDK 使用同一套诊断码；名称一经发布不再改变。',
    severity: '级别',
    error: '错误',
    warning: '警告',
    expected: '期望',
    seen: '实际',
    section: '协议',
    sectionV1: 'V1.0 中',
    fix: '如何修改',
    inV1: '使用 V1.0 协议时：',
    example: '示例',
    key: '示例所用密钥：',
  },
} as const;
