/** The report for continuous integration: JUnit XML, one test case a conformance case. */
import builder from 'junit-report-builder';
import { findingsOf } from '../rank.ts';
import type { CaseReport, ConformanceReport } from '../report.ts';
import { explainFindings } from './text.ts';
import { type Language, topicOf } from './words.ts';

/**
 * Times are in seconds. A failure has the code of the case's first error as its type and the explanation of all its findings
 * as its text; a warned case passes with the explanation as its output; an error is a fault of the suite itself.
 */
export function toJunit(report: ConformanceReport, language: Language = 'en'): string {
  const xml = builder.newBuilder();
  const suite = xml
    .testSuite()
    .name(`jishi conformance ${report.protocol}`)
    .timestamp(new Date(report.startedAt))
    .time(report.durationMs / 1_000)
    .property('target', printable(report.target));
  for (const item of report.cases) {
    const test = suite
      .testCase()
      .className(`${report.protocol}.${topicOf(item.name)}`)
      .name(printable(`${item.name}: ${item.title[language]}`))
      .time(item.durationMs / 1_000);
    describe(test, item, language);
  }
  return xml.build();
}

function describe(test: ReturnType<typeof builder.testCase>, item: CaseReport, language: Language): void {
  if (item.status === 'skipped') {
    test.skipped().standardOutput(printable(item.reason?.[language] ?? ''));
    return;
  }
  const text = printable(explainFindings(findingsOf([item]), language));
  const first = item.diagnosis.find(({ severity }) => severity === 'error');
  if (first === undefined) {
    if (text !== '') test.standardOutput(text);
  } else if (first.code === 'suite.fault') test.error(printable(first.summary[language]), first.code, text);
  else test.failure(printable(first.summary[language]), first.code).stacktrace(text);
}

/**
 * XML 1.0 has no other control characters than tab and line ends, no halves of surrogate pairs, and no U+FFFE, U+FFFF. The
 * end of a CDATA section must not stand in one, and the builder takes care of the first only.
 */
function printable(text: string): string {
  return text.replaceAll(']]>', ']] >').replaceAll(/(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '\ufffd');
}
