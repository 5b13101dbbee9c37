/** One case with what it found and every call it made. */
import type { Diagnosis } from '@jishi/protocol';
import { findingsOf } from '../../rank.ts';
import type { CaseReport, CaseStatus } from '../../report.ts';
import { durationText, STATUS_WORDS, WORDS } from '../words.ts';
import { exchangeMarkup, OPEN } from './exchange.ts';
import { marksOf } from './marks.ts';
import { both, html, type Markup } from './markup.ts';

const MOST_IN_A_ROW = 4;

export function caseMarkup(report: CaseReport): Markup {
  const { name, title, status, reference, reason, diagnosis, exchanges, durationMs } = report;
  const marks = marksOf(diagnosis);
  const isFailed = status === 'failed';
  // Of a few calls the last one tells; of many the first, which the others try to explain.
  const opened = exchanges.length <= MOST_IN_A_ROW ? exchanges.length - 1 : 0;
  return html`<details class="case ${status}"${isFailed ? OPEN : null}>
<summary>${signMarkup(status)}<code>${name}</code><span class="title">${both(title)}</span><span class="time">${status === 'skipped' ? null : durationText(durationMs)}</span></summary>
<div class="inside" id="${anchorOf(name)}">
${reason === null ? null : html`<p class="reason">${both(reason)}</p>`}${findingsOf([report]).map((finding) => diagnosisMarkup(finding.diagnosis))}
${diagnosis.length > 0 ? null : html`<p class="source">${both(WORDS.reference)} ${reference}</p>`}
${exchanges.map((exchange, place) => exchangeMarkup(exchange, marks, isFailed && place === opened))}
</div>
</details>`;
}

export function diagnosisMarkup(diagnosis: Diagnosis): Markup {
  const { severity, summary, expected, seen, fix, reference, code } = diagnosis;
  const status = severity === 'error' ? 'failed' : 'warned';
  const rows = [
    { label: WORDS.expected, value: expected },
    { label: WORDS.seen, value: seen },
  ].filter(({ value }) => value !== '');
  return html`<article class="diagnosis ${status}">
<h4>${signMarkup(status)}${both(summary)}</h4>
<dl>${rows.map(({ label, value }) => html`<div><dt>${both(label)}</dt><dd class="value">${value}</dd></div>`)}<div><dt>${both(WORDS.fix)}</dt><dd>${both(fix)}</dd></div>
<div><dt>${both(WORDS.reference)}</dt><dd class="origin">${reference} · ${code}</dd></div></dl>
</article>`;
}

/** Drawn, because fonts lack one sign or the other. */
const SIGNS: Readonly<Record<CaseStatus, Markup>> = {
  passed: html`<path d="M4.5 8.5 7 11l4.5-6"/>`,
  failed: html`<path d="m5 5 6 6m0-6-6 6"/>`,
  warned: html`<path d="M8 4v5m0 2.6v.4"/>`,
  skipped: html`<path d="M4.5 8h7"/>`,
};

export function signMarkup(status: CaseStatus): Markup {
  const words = both(STATUS_WORDS[status]);
  return html`<span class="sign ${status}"><svg viewBox="0 0 16 16" aria-hidden="true">${SIGNS[status]}</svg><span class="spoken">${words}</span></span>`;
}

export function anchorOf(name: string): string {
  return `case-${name}`;
}
