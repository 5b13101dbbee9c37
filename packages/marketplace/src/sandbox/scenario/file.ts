/**
 * A scenario file: what is done in a sandbox, step by step, as YAML that people write and keep under version control.
 * A mistake is named with its line and member.
 */
import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { faultKinds } from '../schemas.ts';

const instant = z.iso.datetime({ offset: true });
const name = z.string().regex(/^[\w-]{1,40}$/, 'a name has letters, digits, _ and - only');
const chargingMode = z.enum(['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG']);

const triggerStep = z.strictObject({
  trigger: z.string().min(1).max(40),
  /** the name of the service that it makes, for later steps */
  as: name.optional(),
  /** the service that it is done to; without it the one that was made or used last */
  on: name.optional(),
  /** id, or name in either language */
  specification: z.string().min(1).max(64).optional(),
  chargingMode: chargingMode.optional(),
  periodType: z.enum(['month', 'year']).optional(),
  periodNumber: z.number().int().min(1).max(60).optional(),
  quantity: z.number().int().min(1).max(1_000_000).optional(),
});

const CLOCK = /^(next|advance \d{1,5} ?(s|m|h|d|w|mo|y)|to \S+)$/;
const clockStep = z.strictObject({
  clock: z
    .string()
    .regex(CLOCK, '"advance 30d" (s, m, h, d, w, mo, y), "to 2026-06-01T00:00:00+08:00" or "next"')
    .refine((text) => !text.startsWith('to ') || instant.safeParse(text.slice(3)).success, {
      message: 'after "to" comes an instant with its zone, as 2026-06-01T00:00:00+08:00',
    }),
});

const faultStep = z.strictObject({
  fault: z.strictObject({
    kind: z.enum(faultKinds),
    activity: z.string().min(1).max(32).optional(),
    times: z.number().int().min(1).max(1_000).default(1),
    delayMs: z.number().int().min(1).max(60_000).optional(),
  }),
});
const replayStep = z.strictObject({
  replay: z.enum(['fresh', 'same']),
  activity: z.string().min(1).max(32).optional(),
});

const expectStep = z.strictObject({
  expect: z
    .strictObject({
      on: name.optional(),
      state: z.string().optional(),
      expireAt: instant.optional(),
      /** calls to the seller since the beginning, by activity */
      calls: z.record(z.string(), z.number().int().min(0)).optional(),
      /** of the latest call to the seller */
      resultCode: z.string().optional(),
      /** a code that the latest call to the seller was diagnosed with; none = it was all right */
      diagnosis: z.string().optional(),
    })
    .refine((wanted) => Object.keys(wanted).some((member) => member !== 'on'), 'expects nothing'),
});

const wordStep = z.enum(['reset', 'clear-faults']);

const scenarioFile = z.strictObject({
  name: z.string().min(1).max(120),
  start: instant,
  seed: z
    .union([z.string().min(1).max(64), z.number().int()])
    .transform(String)
    .optional(),
  steps: z.array(z.unknown()).min(1).max(10_000),
});

export type ScenarioStep =
  | z.infer<typeof triggerStep>
  | z.infer<typeof clockStep>
  | z.infer<typeof faultStep>
  | z.infer<typeof replayStep>
  | z.infer<typeof expectStep>
  | z.infer<typeof wordStep>;

export interface ScenarioFile {
  readonly name: string;
  readonly start: string;
  readonly seed?: string | undefined;
  readonly steps: readonly ScenarioStep[];
}

/** Something wrong with a file: where, and which rule. */
export interface ScenarioMistake {
  readonly line: number;
  readonly member: string;
  readonly message: string;
}
export type ScenarioReading =
  | { readonly ok: true; readonly scenario: ScenarioFile }
  | { readonly ok: false; readonly mistakes: readonly ScenarioMistake[] };

const KINDS = {
  trigger: triggerStep,
  clock: clockStep,
  fault: faultStep,
  replay: replayStep,
  expect: expectStep,
} as const;
const STEP_NAMES = [...Object.keys(KINDS), ...wordStep.options].join(', ');

export function parseScenario(text: string): ScenarioReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [broken] = document.errors;
  if (broken)
    return { ok: false, mistakes: [{ line: lines.linePos(broken.pos[0]).line, member: '', message: broken.message }] };
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const mistakes: ScenarioMistake[] = [];
  const note = (before: readonly PropertyKey[], error: z.ZodError): void => {
    for (const { path, message } of error.issues) {
      const whole = [...before, ...path];
      mistakes.push({ line: lineOf(whole), member: whole.map(String).join('.'), message });
    }
  };
  const file = scenarioFile.safeParse(document.toJS());
  if (!file.success) {
    note([], file.error);
    return { ok: false, mistakes };
  }
  const steps = file.data.steps.flatMap((raw, index): ScenarioStep[] => {
    const schema = schemaOf(raw);
    if (schema === null) {
      const path = ['steps', index];
      mistakes.push({ line: lineOf(path), member: path.join('.'), message: `no step of a known kind: ${STEP_NAMES}` });
      return [];
    }
    const step = schema.safeParse(raw);
    if (step.success) return [step.data];
    note(['steps', index], step.error);
    return [];
  });
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, scenario: { ...file.data, steps } };
}

/** By the member that names the kind, so that a mistake is told by the rules of that kind alone. */
function schemaOf(raw: unknown): z.ZodType<ScenarioStep> | null {
  if (typeof raw === 'string') return wordStep;
  if (typeof raw !== 'object' || raw === null) return null;
  if ('trigger' in raw) return KINDS.trigger;
  if ('clock' in raw) return KINDS.clock;
  if ('fault' in raw) return KINDS.fault;
  if ('replay' in raw) return KINDS.replay;
  return 'expect' in raw ? KINDS.expect : null;
}

/** A step in one line, as the file says it. */
export function titleOf(step: ScenarioStep): string {
  if (typeof step === 'string') return step;
  if ('fault' in step) return `fault ${membersOf(step.fault)}`;
  if ('expect' in step) return `expect ${membersOf(step.expect)}`;
  return membersOf(step);
}

function membersOf(values: object): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([member, value]) => `${member}: ${typeof value === 'object' ? `{ ${membersOf(value)} }` : String(value)}`)
    .join(', ');
}
