/** What was done in a sandbox since its last reset, as a scenario file that does it again. */
import { stringify } from 'yaml';
import { z } from 'zod';
import type { JournalEntry } from '../store.ts';

const made = z.object({
  resourceId: z.string().nullish(),
  now: z.string().optional(),
  activity: z.string().optional(),
});
const clock = z.object({ action: z.string(), by: z.string().optional(), instant: z.string().optional() });
const trigger = z.object({
  scenario: z.string(),
  resourceId: z.string().nullish(),
  specificationId: z.string().nullish(),
  chargingMode: z.string().nullish(),
  periodType: z.string().nullish(),
  periodNumber: z.number().nullish(),
  quantity: z.number().nullish(),
});
const fault = z.object({
  kind: z.string(),
  activity: z.string().nullish(),
  times: z.number().nullish(),
  delayMs: z.number().nullish(),
});
const replay = z.object({ how: z.enum(['fresh', 'same']) });

/** scenarios that make a service, which then has a name in the file */
const MAKERS: readonly string[] = ['newInstance', 'trial', 'orderNotify'];

/**
 * The clock of a file stands still between steps: where time had passed before a step – because the clock played – the
 * file goes to that time first.
 *
 * @param services all services that there are; those that no entry made were ordered in the consoles, and a remark says so
 */
export function scenarioText(
  entries: readonly JournalEntry[],
  { name, start, seed, services }: { name: string; start: Date; seed: string | null; services: readonly string[] },
): string {
  const names = new Map<string, string>();
  const steps: unknown[] = [];
  let now = (entries[0]?.at ?? start).getTime();
  const begin = new Date(now).toISOString();
  for (const { kind, at, body, made: result } of entries) {
    if (at.getTime() > now) {
      steps.push({ clock: `to ${at.toISOString()}` });
      now = at.getTime();
    }
    const { resourceId, now: reached, activity } = made.parse(result);
    if (kind === 'clock') {
      const step = clockStep(clock.parse(body));
      if (step !== null) {
        steps.push(step);
        now = reached === undefined ? now : Date.parse(reached);
      }
    } else if (kind === 'trigger') steps.push(triggerStep(trigger.parse(body), resourceId ?? null, names));
    else if (kind === 'fault') steps.push({ fault: present(fault.parse(body)) });
    else if (kind === 'replay') steps.push(present({ replay: replay.parse(body).how, activity }));
    else steps.push('clear-faults');
  }
  const elsewhere = services.filter((resourceId) => !names.has(resourceId)).length;
  const remark =
    elsewhere === 0 ? '' : `# ${elsewhere} service(s) were ordered in the consoles and are not part of this file\n`;
  const file = { name, start: begin, ...(seed === null ? {} : { seed }), steps };
  return remark + stringify(file, { lineWidth: 0 });
}

function clockStep({ action, by, instant }: z.infer<typeof clock>): object | null {
  if (action === 'next') return { clock: 'next' };
  if (action === 'advance') return { clock: `advance ${by}` };
  return action === 'to' ? { clock: `to ${instant}` } : null;
}

function triggerStep(wanted: z.infer<typeof trigger>, resourceId: string | null, names: Map<string, string>): object {
  const { scenario, resourceId: asked, specificationId, ...choice } = wanted;
  const makes = MAKERS.includes(scenario) && resourceId !== null;
  if (makes) names.set(resourceId, `service-${names.size + 1}`);
  const on = makes ? undefined : names.get(asked ?? resourceId ?? '');
  return present({
    trigger: scenario,
    as: makes ? names.get(resourceId) : undefined,
    on,
    specification: specificationId,
    ...choice,
  });
}

const present = (values: object): object =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined));
