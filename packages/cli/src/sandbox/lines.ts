/** What the sandbox tells, in lines for a terminal. */
import type { Exchange, ExchangeSummary, SandboxState, ScenarioStepResult } from '@jishi/marketplace';

/** `09:00:01  → newInstance     200 000000   12 ms` */
export function exchangeLine(one: ExchangeSummary): string {
  const arrow = one.direction === 'to-seller' ? '→' : '←';
  const answer = one.status === null ? 'no answer' : `${one.status} ${one.resultCode ?? ''}`.trim();
  const marks = [
    ...(one.fault === null ? [] : [`[${one.fault}]`]),
    ...(one.replayOf === null ? [] : [`[repeats ${one.replayOf}]`]),
    ...one.diagnosis,
  ];
  const facts = [
    one.at.replace('T', ' ').slice(0, 19),
    `#${one.exchangeId}`,
    arrow,
    one.activity.padEnd(20),
    answer.padEnd(12),
  ];
  return `${facts.join('  ')}  ${`${one.durationMs} ms`.padStart(8)}${marks.length === 0 ? '' : `  ${marks.join(' ')}`}`;
}

/** The whole exchange: what is wrong with it, the steps of its signature, request and response. */
export function exchangeText(one: Exchange): string {
  const head = (headers: readonly { readonly name: string; readonly value: string }[]): string[] =>
    headers.map(({ name, value }) => `    ${name}: ${value}`);
  return [
    exchangeLine(one),
    ...one.diagnosisDetails.flatMap(({ code, summary, expected, seen, fix, reference }) => [
      `  ${code}: ${summary.en} · ${summary.zh}`,
      `    expected  ${expected}`,
      `    seen      ${seen}`,
      `    fix       ${fix.en} · ${fix.zh}`,
      `    see       ${reference}`,
    ]),
    ...one.signature.flatMap(({ name, label, value }) => [`  ${name} (${label.en} · ${label.zh})`, `    ${value}`]),
    '  request',
    `    ${one.method} ${one.url}`,
    ...head(one.request.headers),
    ...(one.request.body === '' ? [] : ['', `    ${one.request.body}`]),
    ...(one.response === null
      ? [`  no response: ${one.transportFault ?? ''}`]
      : [`  response ${one.status ?? ''}`, ...head(one.response.headers), '', `    ${one.response.body}`]),
  ].join('\n');
}

export function clockLine({ clock }: SandboxState): string {
  if (clock.moving !== null) return `${clock.now}  moving to ${clock.moving.to}`;
  return `${clock.now}  ${clock.playing ? 'playing' : 'standing still'}`;
}

export function stepLine({ step, ok, title, at, exchanges, error }: ScenarioStepResult): string {
  const calls = exchanges.length === 0 ? '' : `  ${exchanges.length} call(s)`;
  return `${ok ? '✓' : '✗'} ${String(step).padStart(3)}  ${at.replace('T', ' ').slice(0, 19)}  ${title}${calls}${error === undefined ? '' : `\n       ${error}`}`;
}
