/** What a run shows while it goes on: a line that is written anew on a terminal, a line a case elsewhere. */
import { type CaseReport, clipped, type Language, type ProgressEvent, paintOf } from '@jishi/conformance';
import { columnsOfScreen, hasColour, type Terminal } from './terminal.ts';

const SIGNS: Readonly<Record<CaseReport['status'], string>> = { passed: '✓', failed: '✗', warned: '!', skipped: '–' };
const CLEAR_LINE = '\r\u001b[K';

export interface Progress {
  tell(event: ProgressEvent): void;
  /** leaves the screen as if nothing had been there */
  end(): void;
}

export function progressOn({ stderr, env }: Terminal, language: Language): Progress {
  const paint = paintOf(hasColour(stderr, env));
  const place = ({ index, total }: ProgressEvent) => `${String(index + 1).padStart(String(total).length)}/${total}`;
  if (!stderr.isTTY || env.TERM === 'dumb') {
    const tell = (event: ProgressEvent) => {
      if (event.kind === 'started' || event.report.status === 'skipped') return;
      const { status, name, durationMs } = event.report;
      stderr.write(`${paint.status(status, SIGNS[status])} ${place(event)} ${name}  ${durationMs} ms\n`);
    };
    return { tell, end: () => undefined };
  }
  const failed: string[] = [];
  const tell = (event: ProgressEvent) => {
    if (event.kind === 'finished') {
      if (event.report.status === 'failed') failed.push(event.report.name);
      return;
    }
    const count = failed.length === 0 ? '' : `${paint.status('failed', `${SIGNS.failed} ${failed.length}`)}  `;
    const text = `${place(event)}  ${event.case.name}  ${event.case.title[language]}`;
    stderr.write(CLEAR_LINE + count + paint.faint(clipped(text, columnsOfScreen(stderr) - 12)));
  };
  return { tell, end: () => void stderr.write(CLEAR_LINE) };
}
