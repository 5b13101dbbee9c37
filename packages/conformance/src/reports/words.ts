/** The words that all reports share, in both languages. */
import type { Words } from '@jishi/protocol';
import type { CaseStatus } from '../report.ts';

export type Language = keyof Words;

export const STATUS_WORDS: Readonly<Record<CaseStatus, Words>> = {
  passed: { zh: '通过', en: 'passed' },
  failed: { zh: '失败', en: 'failed' },
  warned: { zh: '警告', en: 'warned' },
  skipped: { zh: '跳过', en: 'skipped' },
};

export const STATUS_SIGNS: Readonly<Record<CaseStatus, string>> = {
  passed: '✓',
  failed: '✗',
  warned: '!',
  skipped: '–',
};

export const WORDS = {
  conformance: { zh: '一致性检查', en: 'Conformance' },
  first: { zh: '优先修复', en: 'What to put right first' },
  warnings: { zh: '建议改进', en: 'What to improve' },
  all: { zh: '全部用例', en: 'All cases' },
  expected: { zh: '期望', en: 'expected' },
  seen: { zh: '实际', en: 'seen' },
  fix: { zh: '修复', en: 'to do' },
  reference: { zh: '依据', en: 'source' },
  clean: { zh: '没有发现问题', en: 'Nothing to put right' },
} as const satisfies Readonly<Record<string, Words>>;

/** `1 call`, `48 calls` */
export function callsText(calls: number, language: Language): string {
  return { zh: `${calls} 次调用`, en: calls === 1 ? '1 call' : `${calls} calls` }[language];
}

/** `12 ms`, `1.2 s`, `1 min 5 s` */
export function durationText(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** What groups cases: the activity or topic before the dot of their names. */
export function topicOf(name: string): string {
  return name.split('.', 1)[0] ?? name;
}

/** By topic, topics in the order in which they first come. */
export function byTopic<T extends { readonly name: string }>(items: readonly T[]): readonly (readonly T[])[] {
  const topics = [...new Set(items.map(({ name }) => topicOf(name)))];
  return topics.map((topic) => items.filter(({ name }) => topicOf(name) === topic));
}
