/** The report for people who read it in a terminal or in the output of a test run. */
import type { Diagnosis } from '@jishi/protocol';
import { type Finding, findingsOf } from '../rank.ts';
import type { CaseReport, CaseStatus, ConformanceReport } from '../report.ts';
import { columnsOf, padded, wrapped } from './columns.ts';
import { type Paint, paintOf } from './paint.ts';
import { byTopic, callsText, durationText, type Language, STATUS_SIGNS, STATUS_WORDS, WORDS } from './words.ts';

export interface TextOptions {
  readonly language: Language;
  /** columns of the terminal; lines are kept between 40 and 110 */
  readonly width?: number | undefined;
  readonly color?: boolean | undefined;
}

interface Page {
  readonly language: Language;
  readonly width: number;
  readonly paint: Paint;
}

const NARROWEST = 40;
const STATUSES: readonly CaseStatus[] = ['passed', 'failed', 'warned', 'skipped'];
/** Longer lines are hard to read, however wide the window is. */
const WIDEST = 110;

/** What to put right first, then every case by its topic, then the figures. */
export function renderText(report: ConformanceReport, options: TextOptions): string {
  const page = pageOf(options);
  const blocks = [
    heading(report, page),
    ...findingBlocks(findingsOf(report.cases), page),
    ...topicBlocks(report.cases, page),
    ...skippedBlock(report.cases, page),
    figures(report, page),
  ];
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}

/**
 * What is wrong, as the message of an assertion: each finding with expected, seen, what to do and where it is written. Empty
 * when there is neither error nor warning.
 *
 * @example
 * assert.equal(report.failed, 0, explain(report, 'en'));
 */
export function explain(report: ConformanceReport, language: Language = 'en'): string {
  const page = pageOf({ language, width: 100 });
  const findings = findingsOf(report.cases);
  if (findings.length === 0) return '';
  const blocks = [figures(report, page), ...findingBlocks(findings, page), ...skippedBlock(report.cases, page)];
  return blocks.map((lines) => lines.join('\n')).join('\n\n');
}

/** The explanation of some findings, without figures. */
export function explainFindings(findings: readonly Finding[], language: Language): string {
  const page = pageOf({ language, width: 100 });
  return findings.map((finding) => findingLines(finding, page).join('\n')).join('\n\n');
}

/** One case as it stands in the report, e.g. for progress. */
export function caseLine(report: CaseReport, options: TextOptions): string {
  const page = pageOf(options);
  return caseLines(report, page, columnsOf(report.name)).join('\n');
}

function pageOf({ language, width = 80, color = false }: TextOptions): Page {
  return { language, width: Math.min(Math.max(width, NARROWEST), WIDEST), paint: paintOf(color) };
}

function heading({ protocol, target }: ConformanceReport, { language, paint, width }: Page): readonly string[] {
  return wrapped(`${WORDS.conformance[language]} · ${protocol} · ${target}`, width).map(paint.strong);
}

function findingBlocks(findings: readonly Finding[], page: Page): readonly (readonly string[])[] {
  const { language, paint } = page;
  const ofSeverity = (severity: Diagnosis['severity']) =>
    findings.filter(({ diagnosis }) => diagnosis.severity === severity);
  const titled = (title: string, some: readonly Finding[]) =>
    some.length === 0 ? [] : [[paint.strong(title)], ...some.map((finding) => findingLines(finding, page))];
  const blocks = [
    ...titled(WORDS.first[language], ofSeverity('error')),
    ...titled(WORDS.warnings[language], ofSeverity('warning')),
  ];
  return blocks.length > 0 ? blocks : [[paint.status('passed', WORDS.clean[language])]];
}

function findingLines({ diagnosis, cases }: Finding, page: Page): readonly string[] {
  const { language, paint, width } = page;
  const { code, severity, summary, expected, seen, fix, reference } = diagnosis;
  const status = statusOf(severity);
  const [first = '', ...more] = wrapped(summary[language], width - 4);
  return [
    `${paint.status(status, STATUS_SIGNS[status])} ${paint.strong(first)}`,
    ...more.map((line) => `  ${paint.strong(line)}`),
    ...labelled(WORDS.expected[language], expected, page),
    ...labelled(WORDS.seen[language], seen, page),
    ...labelled(WORDS.fix[language], fix[language], page),
    ...labelled(WORDS.reference[language], `${reference} · ${code} · ${cases.join(', ')}`, page, paint.faint),
  ];
}

/** Labels stand in a column of their own. */
function labelled(label: string, text: string, page: Page, paint = (line: string) => line): readonly string[] {
  const names = [WORDS.expected, WORDS.seen, WORDS.fix, WORDS.reference].map((words) =>
    columnsOf(words[page.language]),
  );
  const column = Math.max(...names) + 2;
  return wrapped(text, page.width - column - 2).map(
    (line, place) => `  ${page.paint.faint(padded(place === 0 ? label : '', column))}${paint(line)}`,
  );
}

function topicBlocks(cases: readonly CaseReport[], page: Page): readonly (readonly string[])[] {
  const judged = cases.filter(({ status }) => status !== 'skipped');
  const column = Math.max(0, ...judged.map(({ name }) => columnsOf(name)));
  return byTopic(judged).map((reports) => reports.flatMap((report) => caseLines(report, page, column)));
}

function caseLines(report: CaseReport, page: Page, column: number): readonly string[] {
  const { language, paint, width } = page;
  const { name, title, status, durationMs } = report;
  const time = durationText(durationMs);
  const room = width - column - 4 - time.length - 2;
  // On a narrow screen the title stands below the name.
  const isBeside = room >= 30;
  const indent = ' '.repeat(isBeside ? column + 4 : 4);
  const lines = wrapped(title[language], isBeside ? room : width - indent.length);
  const head = isBeside ? `${padded(name, column)}  ${padded(lines[0] ?? '', room)}` : name;
  const below = [
    ...lines.slice(isBeside ? 1 : 0),
    ...findingsOf([report]).flatMap(({ diagnosis: { severity, summary } }) =>
      wrapped(`${STATUS_SIGNS[statusOf(severity)]} ${summary[language]}`, width - indent.length).map((line) =>
        paint.status(statusOf(severity), line),
      ),
    ),
  ];
  return [
    `${paint.status(status, STATUS_SIGNS[status])} ${head}  ${paint.faint(time)}`,
    ...below.map((line) => indent + line),
  ];
}

function statusOf(severity: Diagnosis['severity']): CaseStatus {
  return severity === 'error' ? 'failed' : 'warned';
}

/** Skipped cases by their reason: often one finding is the reason of them all. */
function skippedBlock(cases: readonly CaseReport[], page: Page): readonly (readonly string[])[] {
  const { language, paint, width } = page;
  const byReason = new Map<string, string[]>();
  for (const { status, reason, name } of cases) {
    if (status !== 'skipped') continue;
    const text = reason?.[language] ?? '';
    byReason.set(text, [...(byReason.get(text) ?? []), name]);
  }
  const lines = [...byReason].flatMap(([reason, names]) => [
    ...wrapped(reason, width - 2).map((line, place) => `${place === 0 ? STATUS_SIGNS.skipped : ' '} ${line}`),
    ...wrapped(names.join(', '), width - 2).map((line) => paint.faint(`  ${line}`)),
  ]);
  return lines.length === 0 ? [] : [lines];
}

function figures(report: ConformanceReport, { language, paint, width }: Page): readonly string[] {
  const calls = report.cases.reduce((sum, { exchanges }) => sum + exchanges.length, 0);
  const parts: Figure[] = STATUSES.filter((status) => report[status] > 0).map((status) => ({
    text: `${STATUS_SIGNS[status]} ${report[status]} ${STATUS_WORDS[status][language]}`,
    paint: (text) => paint.status(status, text),
  }));
  return packed(
    [...parts, { text: `${durationText(report.durationMs)} · ${callsText(calls, language)}`, paint: paint.faint }],
    width,
  );
}

interface Figure {
  readonly text: string;
  readonly paint: (text: string) => string;
}

/** As many on a line as there is room for. */
function packed(figures: readonly Figure[], width: number): readonly string[] {
  const lines: string[] = [];
  let used = width;
  for (const { text, paint } of figures) {
    const columns = columnsOf(text) + 2;
    if (used + columns > width) {
      lines.push(paint(text));
      used = columns - 2;
    } else {
      lines.push(`${lines.pop() ?? ''}  ${paint(text)}`);
      used += columns;
    }
  }
  return lines;
}
