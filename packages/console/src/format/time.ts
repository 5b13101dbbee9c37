import type { Language } from '../i18n/language.ts';
import { localeOf } from './locale.ts';

/** `2026年11月24日 14:05` / `24 Nov 2026, 14:05` in `timeZone` (default: the reader's own). */
export function formatInstant(instant: string, language: Language, timeZone?: string): string {
  return render(instant, language, timeZone, {
    year: 'numeric',
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** The same with seconds, for evidence such as call attempts and timelines. */
export function formatInstantExactly(instant: string, language: Language, timeZone?: string): string {
  return render(instant, language, timeZone, {
    year: 'numeric',
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
}

/** The day of an instant, `2026年11月24日` / `24 Nov 2026`. */
export function formatDay(instant: string, language: Language, timeZone?: string): string {
  return render(instant, language, timeZone, {
    year: 'numeric',
    month: language === 'zh' ? 'long' : 'short',
    day: 'numeric',
  });
}

/** The hour of an instant, `14:00`, for chart axes. */
export function formatHour(instant: string, language: Language, timeZone?: string): string {
  return render(instant, language, timeZone, { hour: '2-digit', minute: '2-digit' });
}

/** What a reader sees on hover: the zone by name and the instant in UTC, so that no time is ambiguous. */
export function describeZone(instant: string, timeZone: string = ownTimeZone()): string {
  return `${timeZone} · UTC ${instant.replace('T', ' ').replace(/(\.\d+)?Z$/, '')}`;
}

/** A duration as `480 ms` or `12.3 s`. */
export function formatDuration(durationMs: number): string {
  return durationMs < 1000 ? `${durationMs} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}

/** `instant` moved by whole hours. */
export function addHours(instant: string, hours: number): string {
  return new Date(Date.parse(instant) + hours * 3_600_000).toISOString();
}

/** The IANA zone of the reader's machine. */
function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function render(
  instant: string,
  language: Language,
  timeZone: string | undefined,
  options: Intl.DateTimeFormatOptions,
): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const format = new Intl.DateTimeFormat(localeOf(language), {
    ...options,
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  return format.format(date);
}
