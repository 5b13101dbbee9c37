/** One call: what was sent, what came back, what the diagnosis is about marked. */

import { ANSWER_SLOW_MS } from '@jishi/protocol';
import type { Exchange, Headers } from '../../exchange.ts';
import { durationText } from '../words.ts';
import { bodyMarkup } from './body.ts';
import { isMarked, isMarkedHeader, type Marks, type SideMarks } from './marks.ts';
import { both, html, type Markup, type Value } from './markup.ts';

const WORDS = {
  request: { zh: '请求', en: 'Request' },
  answer: { zh: '响应', en: 'Answer' },
  none: { zh: '没有响应', en: 'No answer' },
  parameters: { zh: '参数（已解码）', en: 'parameters, decoded' },
  sent: { zh: '原文', en: 'as it was sent' },
  came: { zh: '原文', en: 'as it came' },
  truncated: { zh: '超过 1 MiB，其余未读取', en: 'over 1 MiB; the rest was not read' },
};

export function exchangeMarkup(exchange: Exchange, marks: Marks, isOpen: boolean): Markup {
  const { request, outcome, durationMs } = exchange;
  const status = outcome.ok ? String(outcome.answer.status) : outcome.error.kind;
  const isBad = !outcome.ok || outcome.answer.status !== 200;
  const time = durationText(durationMs);
  return html`<details class="exchange"${isOpen ? OPEN : null}>
<summary><span class="label">${request.label}</span><span class="chip ${isBad ? 'bad' : 'good'}">${status}</span><span class="time">${marks.isSlow && durationMs > ANSWER_SLOW_MS ? mark(time) : time}</span></summary>
<section class="message"><h5>${both(WORDS.request)}</h5>${requestMarkup(exchange, marks.request)}</section>
<section class="message"><h5>${both(outcome.ok ? WORDS.answer : WORDS.none)}</h5>${answerMarkup(exchange, marks)}</section>
</details>`;
}

export const OPEN: Markup = html` open`;

function requestMarkup({ request }: Exchange, marks: SideMarks): Markup {
  const { method, url, headers, body } = request;
  const cut = url.indexOf('?');
  const path = cut === -1 ? url : url.slice(0, cut);
  const query = cut === -1 ? '' : url.slice(cut + 1);
  return html`<p class="line"><b>${method}</b> ${path}${query === '' ? null : ['?', queryMarkup(query, marks)]}</p>
${headersMarkup(Object.entries(headers), marks)}${method === 'GET' ? parametersMarkup(query, marks) : null}${body === null ? null : bodyMarkup(body, marks, false, WORDS.sent)}`;
}

function answerMarkup({ outcome }: Exchange, marks: Marks): Markup {
  if (!outcome.ok) {
    const { kind, message } = outcome.error;
    const text = `${kind}: ${message}`;
    return html`<p class="line">${marks.status ? mark(text) : text}</p>`;
  }
  const { status, headers, body, truncated } = outcome.answer;
  const isMarkedStatus = marks.status && status !== 200;
  return html`<p class="line"><b>HTTP ${isMarkedStatus ? mark(String(status)) : status}</b></p>
${headersMarkup(headers, marks.answer)}${truncated ? html`<p class="cut">${both(WORDS.truncated)}</p>` : null}${bodyMarkup(body, marks.answer, marks.body, WORDS.came)}`;
}

function headersMarkup(headers: Headers, marks: SideMarks): Markup | null {
  return headers.length === 0
    ? null
    : html`<dl class="headers">${headers.map((header) => pairMarkup(header, marks))}</dl>`;
}

/** The query of V1.0 is its message: readable only once it is decoded. */
function parametersMarkup(query: string, marks: SideMarks): Markup | null {
  if (query === '') return null;
  const pairs = query.split('&').map((pair) => {
    const place = pair.indexOf('=');
    return place === -1
      ? ([decoded(pair), ''] as const)
      : ([decoded(pair.slice(0, place)), decoded(pair.slice(place + 1))] as const);
  });
  return html`<figure><figcaption>${both(WORDS.parameters)}</figcaption><dl class="headers">${pairs.map((pair) => pairMarkup(pair, marks))}</dl></figure>`;
}

function pairMarkup(pair: readonly [string, string], marks: SideMarks): Markup {
  const [name, value] = pair;
  return html`<div><dt>${name}</dt><dd>${isMarkedHeader(pair, marks) ? mark(value) : value}</dd></div>`;
}

function queryMarkup(query: string, marks: SideMarks): Value {
  return query.split('&').map((pair, place) => {
    const name = pair.split('=', 1)[0] ?? '';
    return [place === 0 ? '' : '&', isMarked(name, marks) ? mark(pair) : pair];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function mark(text: string): Markup {
  return html`<mark>${text}</mark>`;
}
