/**
 * What the sandbox's API says and hears, below `/api/sandbox` (absent from a production server). Instants are ISO 8601
 * in UTC and, unless they say otherwise, business time: what the sandbox's clock shows. A command answers with what it
 * changed; refusals are problem details as everywhere, their `code` the domain's own.
 */
import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { INSTANCE_STATES } from '../instances/index.ts';

extendZodWithOpenApi(z);

const instant = z.string().openapi({ format: 'date-time' });
const askedInstant = z.iso.datetime({ offset: true });
const localized = z.object({ zh: z.string(), en: z.string() });
const header = z.object({ name: z.string(), value: z.string() });

const chargingMode = z.enum(['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG']);
const periodType = z.enum(['month', 'year']);

// --- clock ----------------------------------------------------------------------------------------------------

/** A move under way: it began at `from`, goes to `to` and has come to `at`. */
export const sandboxMove = z
  .object({
    from: instant,
    to: instant,
    at: instant,
    /** activity of the call whose answer is waited for at this moment */
    calling: z.string().nullable(),
  })
  .openapi('SandboxMove');
export const sandboxClock = z
  .object({
    now: instant,
    /** false = it stands still until it is moved */
    playing: z.boolean(),
    moving: sandboxMove.nullable(),
  })
  .openapi('SandboxClock');

/** `by`: a number with s, m (minutes), h, d, w, mo (months) or y; months and years keep the day and the time of day. */
export const clockCommand = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('advance'), by: z.string().regex(/^\d{1,5} ?(s|m|h|d|w|mo|y)$/) }),
  z.strictObject({ action: z.literal('to'), instant: askedInstant }),
  /** to the next thing that is due; NOTHING_DUE when nothing is */
  z.strictObject({ action: z.literal('next') }),
  z.strictObject({ action: z.literal('play') }),
  z.strictObject({ action: z.literal('pause') }),
]);

export const upcomingKind = z.enum(['life', 'task', 'call', 'probe', 'event']);
export const upcomingItem = z
  .object({
    at: instant,
    kind: upcomingKind,
    /** the step, task, activity or event by its name in the code */
    name: z.string(),
    label: localized,
    resourceId: z.string().nullable(),
    productName: localized.nullable(),
  })
  .openapi('SandboxUpcoming');
export const upcomingList = z.object({ items: z.array(upcomingItem) });
export const upcomingQuery = z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) });

// --- faults of the marketplace ----------------------------------------------------------------------------------

export const faultKinds = [
  'duplicate',
  'concurrent',
  'delay',
  'wrong-signature',
  'old-timestamp',
  'missing-signature',
  'lost-answer',
] as const;
export const faultKind = z.enum(faultKinds);
export const sandboxFault = z
  .object({
    faultId: z.string(),
    kind: faultKind,
    /** null = calls of every activity */
    activity: z.string().nullable(),
    times: z.number().int(),
    /** calls that it still meets */
    left: z.number().int(),
    delayMs: z.number().int().nullable(),
  })
  .openapi('SandboxFault');
export const faultCommand = z.strictObject({
  kind: faultKind,
  activity: z.string().min(1).max(32).nullish(),
  times: z.number().int().min(1).max(1_000).default(1),
  /** `delay` only: real milliseconds before the call is sent */
  delayMs: z.number().int().min(1).max(60_000).nullish(),
});
export const faultList = z.object({ items: z.array(sandboxFault) });

// --- scenarios ---------------------------------------------------------------------------------------------------

export const scenarioNames = [
  'newInstance',
  'trial',
  'convert',
  'renew',
  'renewAndChange',
  'unsubscribeRenewal',
  'upgrade',
  'changeCheck',
  'query',
  'freeze',
  'unfreeze',
  'release',
  'autoRenew',
  'orderNotify',
  'probe',
] as const;
export const scenarioName = z.enum(scenarioNames);
export const scenarioButton = z
  .object({
    name: scenarioName,
    /** what the seller will be called with, in the protocol it speaks now */
    activity: z.string(),
    label: localized,
    /** the billing mode that it stands under */
    group: chargingMode,
    available: z.boolean(),
    /** why not; null when available */
    why: localized.nullable(),
    /** the service that it is for when none is named; null = it needs none, or there is none */
    resourceId: z.string().nullable(),
  })
  .openapi('SandboxScenarioButton');

/** A service of the demo buyer, newest first. */
export const sandboxService = z
  .object({
    resourceId: z.string(),
    /** the seller's id of it */
    instanceId: z.string().nullable(),
    state: z.enum(INSTANCE_STATES),
    trial: z.boolean(),
    productName: localized,
    specificationName: localized,
    chargingMode,
    quantity: z.number().int(),
    expireAt: instant.nullable(),
  })
  .openapi('SandboxService');
/** A specification of the demo product, as far as a purchase needs it. */
export const sandboxSpecification = z
  .object({
    specificationId: z.string(),
    name: localized,
    chargingMode,
    periodTypes: z.array(periodType),
    /** null = sold in ones */
    quantity: z.object({ minimum: z.number().int(), maximum: z.number().int(), step: z.number().int() }).nullable(),
    trialDays: z.number().int().nullable(),
  })
  .openapi('SandboxSpecification');

/** `scenario`: a name of the list, or the activity's name in the protocol where only one scenario makes that call. */
export const triggerCommand = z.strictObject({
  scenario: z.string().min(1).max(40),
  /** without it: the newest service that fits */
  resourceId: z.string().max(64).nullish(),
  /** newInstance, trial, upgrade …: id or name, in either language */
  specificationId: z.string().max(64).nullish(),
  chargingMode: chargingMode.nullish(),
  periodType: periodType.nullish(),
  periodNumber: z.number().int().min(1).max(60).nullish(),
  quantity: z.number().int().min(1).max(1_000_000).nullish(),
});
export const triggerAnswer = z
  .object({
    scenario: scenarioName,
    orderId: z.string().nullable(),
    resourceId: z.string().nullable(),
    /** exchanges of which this is the cause and that were over when it answered */
    exchanges: z.array(z.string()),
  })
  .openapi('SandboxTriggered');

// --- exchanges -----------------------------------------------------------------------------------------------------

export const exchangeDirection = z.enum(['to-seller', 'from-seller']);
export const exchangeSummary = z
  .object({
    exchangeId: z.string(),
    direction: exchangeDirection,
    at: instant,
    /** the clock that signatures are made with; differs from `at` when the seller runs on the machine's time */
    wireAt: instant,
    /** activity of the protocol, `proof` of an address, or the Open API's operation */
    activity: z.string(),
    protocol: z.string(),
    method: z.string(),
    url: z.string(),
    /** HTTP status; null = no answer */
    status: z.number().int().nullable(),
    resultCode: z.string().nullable(),
    durationMs: z.number().int(),
    /** the production-interface message that it was an attempt of */
    callId: z.string().nullable(),
    resourceId: z.string().nullable(),
    /** what the sandbox did to the call */
    fault: faultKind.nullable(),
    /** the exchange that it repeats */
    replayOf: z.string().nullable(),
    /** codes of what is wrong, the cause first */
    diagnosis: z.array(z.string()),
  })
  .openapi('SandboxExchangeSummary');

/** One step on the way to a signature; names as `jishi sign --json` has them. */
export const signatureStep = z.object({ name: z.string(), label: localized, value: z.string() });
const exchangeDiagnosis = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  summary: localized,
  expected: z.string(),
  seen: z.string(),
  fix: localized,
  reference: z.string(),
});
/** Whole and unmasked: it is the developer's own traffic. The access key never appears; `<accessKey>` stands for it. */
export const exchange = exchangeSummary
  .extend({
    request: z.object({ headers: z.array(header), body: z.string() }),
    signature: z.array(signatureStep),
    response: z.object({ headers: z.array(header), body: z.string(), truncated: z.boolean() }).nullable(),
    /** why there is no answer */
    transportFault: z.string().nullable(),
    diagnosisDetails: z.array(exchangeDiagnosis),
  })
  .openapi('SandboxExchange');
export const exchangePage = z.object({
  /** newest first */
  items: z.array(exchangeSummary),
  /** give it as `before` to get the next page; null = no older ones */
  nextBefore: z.string().nullable(),
});
export const exchangeQuery = z.object({
  before: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  /** only calls of this activity */
  activity: z.string().min(1).max(64).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** fresh = the same request with a new nonce, time and signature; same = byte for byte, as a replay attack. */
export const replayCommand = z.strictObject({ exchangeId: z.string().max(20), how: z.enum(['fresh', 'same']) });

// --- the whole ------------------------------------------------------------------------------------------------------

/** A dated change of a protocol or of a site's rules that lies ahead of the clock. */
export const protocolChange = z
  .object({
    protocol: z.string(),
    /** null = every site */
    site: z.enum(['CN', 'INTL', 'EU']).nullable(),
    /** in force from this moment on */
    at: instant,
    daysLeft: z.number().int(),
    what: localized,
    /** section of the specification */
    reference: z.string(),
  })
  .openapi('SandboxProtocolChange');

export const sandboxState = z
  .object({
    clock: sandboxClock,
    seller: z.object({
      url: z.string(),
      protocol: z.string(),
      /** true = the developer's own; false = the demo seller of this sandbox */
      own: z.boolean(),
    }),
    /** null = randomness is the machine's */
    seed: z.string().nullable(),
    faults: z.array(sandboxFault),
    scenarios: z.array(scenarioButton),
    services: z.array(sandboxService),
    specifications: z.array(sandboxSpecification),
    /** in force within the next 90 days of the clock */
    changes: z.array(protocolChange),
  })
  .openapi('SandboxState');

/**
 * `start`: where the clock begins; without it, with the machine's time. `seed`: what randomness begins from; without it
 * from where it began before. `playing`: whether the clock plays then; without it as before.
 */
export const resetCommand = z.strictObject({
  start: askedInstant.nullish(),
  seed: z.string().min(1).max(64).nullish(),
  playing: z.boolean().nullish(),
});

export const scenarioText = z.object({ text: z.string() });
export const scenarioCommand = z.strictObject({ text: z.string().min(1).max(262_144) });
export const scenarioStepResult = z
  .object({
    /** from 1 */
    step: z.number().int(),
    /** the step in a line, as the file says it */
    title: z.string(),
    ok: z.boolean(),
    /** business time when the step was over */
    at: instant,
    exchanges: z.array(z.string()),
    error: z.string().optional(),
  })
  .openapi('SandboxStepResult');
export const scenarioResult = z
  .object({ ok: z.boolean(), steps: z.array(scenarioStepResult) })
  .openapi('SandboxScenarioResult');

/** Server-sent events of `GET /api/sandbox/events`: the event's name, and its data as JSON. */
export const sandboxEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('clock'), data: sandboxClock }),
  z.object({ event: z.literal('moving'), data: sandboxMove }),
  z.object({ event: z.literal('exchange'), data: exchangeSummary }),
  z.object({ event: z.literal('fault'), data: z.object({ faults: z.array(sandboxFault) }) }),
  z.object({ event: z.literal('reset'), data: sandboxClock }),
  z.object({ event: z.literal('step'), data: scenarioStepResult }),
]);

export type SandboxClockView = z.infer<typeof sandboxClock>;
export type SandboxMove = z.infer<typeof sandboxMove>;
export type ClockCommand = z.infer<typeof clockCommand>;
export type UpcomingItem = z.infer<typeof upcomingItem>;
export type UpcomingKind = z.infer<typeof upcomingKind>;
export type FaultKind = z.infer<typeof faultKind>;
export type SandboxFault = z.infer<typeof sandboxFault>;
export type FaultCommand = z.infer<typeof faultCommand>;
export type ScenarioName = z.infer<typeof scenarioName>;
export type ScenarioButton = z.infer<typeof scenarioButton>;
export type SandboxService = z.infer<typeof sandboxService>;
export type SandboxSpecification = z.infer<typeof sandboxSpecification>;
export type TriggerCommand = z.infer<typeof triggerCommand>;
export type TriggerAnswer = z.infer<typeof triggerAnswer>;
export type ExchangeSummary = z.infer<typeof exchangeSummary>;
export type Exchange = z.infer<typeof exchange>;
export type ExchangePage = z.infer<typeof exchangePage>;
export type SignatureStep = z.infer<typeof signatureStep>;
export type ReplayCommand = z.infer<typeof replayCommand>;
export type ResetCommand = z.infer<typeof resetCommand>;
export type ProtocolChangeView = z.infer<typeof protocolChange>;
export type SandboxState = z.infer<typeof sandboxState>;
export type ScenarioStepResult = z.infer<typeof scenarioStepResult>;
export type ScenarioResult = z.infer<typeof scenarioResult>;
export type SandboxEvent = z.infer<typeof sandboxEvent>;
