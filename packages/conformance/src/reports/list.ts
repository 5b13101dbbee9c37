/** The cases of a protocol, for `--list`. */
import type { ConformanceCase } from '../case.ts';
import { columnsOf, padded, wrapped } from './columns.ts';
import { paintOf } from './paint.ts';
import type { TextOptions } from './text.ts';
import { byTopic, type Language } from './words.ts';

const MARKS = {
  live: { zh: '仅 --live-cycle', en: 'only with --live-cycle' },
  reading: { zh: '协议未明确规定，--lenient 时仅警告', en: 'a reading; --lenient only warns' },
};

export function listText(
  cases: readonly ConformanceCase[],
  { language, width = 80, color = false }: TextOptions,
): string {
  const paint = paintOf(color);
  const column = Math.max(0, ...cases.map(({ name }) => columnsOf(name)));
  const lineOf = (item: ConformanceCase) => {
    const lines = wrapped(titleOf(item, language), Math.max(width - column - 2, 20));
    return lines
      .map((line, place) => `${paint.strong(padded(place === 0 ? item.name : '', column))}  ${line}`)
      .join('\n');
  };
  return byTopic(cases)
    .map((items) => items.map(lineOf).join('\n'))
    .join('\n\n');
}

function titleOf(item: ConformanceCase, language: Language): string {
  const marks = (['live', 'reading'] as const).filter((mark) => item[mark]).map((mark) => MARKS[mark][language]);
  if (marks.length === 0) return item.title[language];
  const all = marks.join(language === 'zh' ? '；' : '; ');
  return language === 'zh' ? `${item.title.zh}（${all}）` : `${item.title.en} (${all})`;
}
