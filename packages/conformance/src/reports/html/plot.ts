/** How long each case took: a bar a case in the order of the run, drawn without a script and without inline styles. */
import { ANSWER_SLOW_MS } from '@jishi/protocol';
import type { CaseReport } from '../../report.ts';
import { durationText } from '../words.ts';
import { anchorOf } from './case.ts';
import { both, html, type Markup } from './markup.ts';

const HEIGHT_PX = 96;
/** A case that took no time to speak of is there all the same. */
const LOWEST_PX = 3;
const WORDS = { zh: '各用例耗时', en: 'Time taken by each case' };

export function plotMarkup(cases: readonly CaseReport[]): Markup | null {
  const judged = cases.filter(({ status }) => status !== 'skipped');
  if (judged.length < 2) return null;
  const longestMs = Math.max(1, ...judged.map(({ durationMs }) => durationMs));
  const step = 100 / judged.length;
  const bars = judged.map(({ name, status, durationMs }, place) => {
    const height = Math.max(LOWEST_PX, (durationMs / longestMs) * HEIGHT_PX);
    return html`<a href="#${anchorOf(name)}"><title>${name} · ${durationText(durationMs)}</title>
<rect class="room" x="${percent(place * step)}" width="${percent(step)}" y="0" height="${HEIGHT_PX}"/>
<rect class="bar ${status}" x="${percent((place + 0.12) * step)}" width="${percent(step * 0.76)}" y="${(HEIGHT_PX - height).toFixed(1)}" height="${height.toFixed(1)}" rx="1.5"/></a>`;
  });
  const slow = longestMs > ANSWER_SLOW_MS ? lineAt(HEIGHT_PX - (ANSWER_SLOW_MS / longestMs) * HEIGHT_PX, 'slow') : null;
  return html`<figure class="plot"><figcaption>${both(WORDS)}</figcaption>
<div class="axes"><div class="scale" aria-hidden="true"><span>${durationText(longestMs)}</span><span>${durationText(longestMs / 2)}</span><span>0</span></div>
<svg height="${HEIGHT_PX}" role="group">${lineAt(0.5, 'grid')}${lineAt(HEIGHT_PX / 2, 'grid')}${lineAt(HEIGHT_PX - 0.5, 'grid')}${bars}${slow}</svg></div></figure>`;
}

function lineAt(y: number, kind: string): Markup {
  return html`<line class="${kind}" x1="0" x2="100%" y1="${y.toFixed(1)}" y2="${y.toFixed(1)}"/>`;
}

function percent(value: number): string {
  return `${value.toFixed(3)}%`;
}
