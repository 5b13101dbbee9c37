import type { Diagnosis } from '@jishi/protocol';
import type { CliIo } from '../io.ts';

/** One step of a computation: its name, how it is made, and its value. */
export type Step = readonly [name: string, how: string, value: string];

/** The value of every step, one below the other, so that it can be compared with another implementation's. */
export function printSteps(io: CliIo, steps: readonly Step[]): void {
  const blocks = steps.map(([name, how, value], index) => `${index + 1}. ${name} = ${how}\n${indent(value)}`);
  io.out(blocks.join('\n\n'));
}

/** Diagnoses in both languages, with what was expected and seen, and how to put it right. */
export function diagnosisText(diagnosis: readonly Diagnosis[]): string {
  return diagnosis
    .map(({ code, severity, summary, expected, seen, fix, reference }) =>
      [
        `${severity === 'error' ? '✗' : '!'} ${code}  (${reference})`,
        `  ${summary.en}`,
        `  ${summary.zh}`,
        ...(expected === '' ? [] : [`  expected: ${expected}`]),
        ...(seen === '' ? [] : [`  seen:     ${seen}`]),
        `  → ${fix.en}`,
        `  → ${fix.zh}`,
      ].join('\n'),
    )
    .join('\n\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '   ');
}
