/**
 * The report to send to a colleague: one file that loads nothing and runs nothing. Both languages are in it; languages, colours
 * and filter are switched by style alone, so that the page needs no script and forbids all of them.
 */
import { createHash } from 'node:crypto';
import { type Finding, findingsOf } from '../../rank.ts';
import type { CaseStatus, ConformanceReport } from '../../report.ts';
import { byTopic, callsText, durationText, type Language, STATUS_WORDS, topicOf, WORDS } from '../words.ts';
import { anchorOf, caseMarkup, diagnosisMarkup, signMarkup } from './case.ts';
import { both, html, Markup } from './markup.ts';
import { plotMarkup } from './plot.ts';
import { STYLE } from './style.ts';

export interface HtmlOptions {
  /** the one that is shown first; default English */
  readonly language?: Language | undefined;
}

const STATUSES: readonly CaseStatus[] = ['passed', 'failed', 'warned', 'skipped'];
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;

export function toHtml(report: ConformanceReport, { language = 'en' }: HtmlOptions = {}): string {
  const title = `${WORDS.conformance[language]} · ${report.protocol} · ${report.target}`;
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<header>${headerMarkup(report)}${switchesMarkup(language)}</header>
<main>
${summaryMarkup(report)}
${findingsMarkup(report)}
${casesMarkup(report)}
</main>
<footer>Jishi 集市 · jishi conformance</footer>
</body>
</html>
`.source;
}

function headerMarkup({ protocol, target, startedAt }: ConformanceReport): Markup {
  const at = new Date(startedAt).toISOString();
  return html`<div class="what"><h1>${both(WORDS.conformance)} <span class="protocol">${protocol}</span></h1>
<p><span class="target">${target}</span> <time datetime="${at}">${at.slice(0, 16).replace('T', ' ')} UTC</time></p></div>`;
}

const LOOK = {
  language: { zh: '语言', en: 'Language' },
  colours: { zh: '外观', en: 'Appearance' },
  auto: { zh: '自动', en: 'Auto' },
  light: { zh: '浅色', en: 'Light' },
  dark: { zh: '深色', en: 'Dark' },
  shown: { zh: '显示', en: 'Shown' },
  all: { zh: '全部', en: 'All' },
  open: { zh: '未通过', en: 'Not passed' },
};

function switchesMarkup(language: Language): Markup {
  const chinese = html`<span lang="zh-Hans" class="always">中文</span>`;
  const english = html`<span lang="en" class="always">English</span>`;
  return html`<div class="switches">
${switchMarkup('language', both(LOOK.language), [
  ['zh', chinese, language === 'zh'],
  ['en', english, language === 'en'],
])}
${switchMarkup('colours', both(LOOK.colours), [
  ['auto', both(LOOK.auto), true],
  ['light', both(LOOK.light), false],
  ['dark', both(LOOK.dark), false],
])}
</div>`;
}

type Choice = readonly [id: string, label: Markup, isChosen: boolean];

function switchMarkup(name: string, legend: Markup, choices: readonly Choice[]): Markup {
  const options = choices.map(
    ([id, label, isChosen]) =>
      html`<label><input type="radio" name="${name}" id="${name}-${id}"${isChosen ? html` checked` : null}>${label}</label>`,
  );
  return html`<fieldset class="switch"><legend class="spoken">${legend}</legend>${options}</fieldset>`;
}

function summaryMarkup(report: ConformanceReport): Markup {
  const { failed, warned, passed, skipped, durationMs, cases } = report;
  const total = passed + failed + warned + skipped;
  const calls = cases.reduce((sum, { exchanges }) => sum + exchanges.length, 0);
  const status: CaseStatus = failed > 0 ? 'failed' : warned > 0 ? 'warned' : passed > 0 ? 'passed' : 'skipped';
  const tiles = STATUSES.map(
    (each) =>
      html`<div class="tile ${each}${report[each] === 0 ? ' none' : ''}"><b>${report[each]}</b>${both(STATUS_WORDS[each])}</div>`,
  );
  const after = {
    zh: `${durationText(durationMs)} · ${callsText(calls, 'zh')}`,
    en: `${durationText(durationMs)} · ${callsText(calls, 'en')}`,
  };
  return html`<section class="summary ${status}">
<div class="verdict">${signMarkup(status)}<div><h2>${both(verdictWords(report))}</h2><p>${both(after)}</p></div></div>
<div class="tiles">${tiles}</div>
${shareMarkup(report, total)}
${plotMarkup(cases)}
</section>`;
}

function verdictWords({ failed, warned, passed }: ConformanceReport) {
  if (failed > 0) {
    return { zh: `${failed} 个用例失败`, en: failed === 1 ? '1 case failed' : `${failed} cases failed` };
  }
  if (passed + warned === 0) return { zh: '没有可判定的用例', en: 'No case could be judged' };
  if (warned > 0) return { zh: '没有失败的用例，有改进建议', en: 'No case failed; some advice' };
  return { zh: '全部通过', en: 'All is well' };
}

/** The four counts as one bar. */
function shareMarkup(report: ConformanceReport, total: number): Markup | null {
  if (total === 0) return null;
  let before = 0;
  const parts = STATUSES.map((status) => {
    const from = before;
    before += report[status];
    return html`<rect class="bar ${status}" x="${((from / total) * 100).toFixed(3)}%" width="${((report[status] / total) * 100).toFixed(3)}%" y="0" height="6"/>`;
  });
  return html`<svg class="share" height="6" aria-hidden="true">${parts}</svg>`;
}

function findingsMarkup(report: ConformanceReport): Markup {
  const findings = findingsOf(report.cases);
  const list = (title: Markup, some: readonly Finding[]) =>
    some.length === 0
      ? null
      : html`<section class="findings"><h2>${title}</h2><ol>${some.map(findingMarkup)}</ol></section>`;
  return html`${list(
    both(WORDS.first),
    findings.filter(({ diagnosis }) => diagnosis.severity === 'error'),
  )}
${list(
  both(WORDS.warnings),
  findings.filter(({ diagnosis }) => diagnosis.severity === 'warning'),
)}`;
}

function findingMarkup({ diagnosis, cases }: Finding): Markup {
  const links = cases.map((name) => html`<a class="chip" href="#${anchorOf(name)}">${name}</a>`);
  return html`<li>${diagnosisMarkup(diagnosis)}<p class="links">${links}</p></li>`;
}

function casesMarkup({ cases }: ConformanceReport): Markup {
  const filter = switchMarkup('shown', both(LOOK.shown), [
    ['all', both(LOOK.all), true],
    ['open', both(LOOK.open), false],
  ]);
  const groups = byTopic(cases).map((reports) => {
    const [first] = reports;
    return html`<section class="topic"><h3>${first === undefined ? null : topicOf(first.name)}</h3>${reports.map(caseMarkup)}</section>`;
  });
  return html`<section class="cases"><div class="bar-line"><h2>${both(WORDS.all)}</h2>${filter}</div>${groups}</section>`;
}
