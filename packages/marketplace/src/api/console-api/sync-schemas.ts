/** What the console API says and hears about bound applications and their synchronisation (consoles-and-processes.md 2.3, 2.4). */
import { z } from 'zod';
import {
  AUTHORISATION_STATES,
  BINDING_STATES,
  KIT_PROTOCOLS,
  SHARED_ATTRIBUTES,
  TASK_KINDS,
  TASK_STATES,
} from '../../people/index.ts';
import { instant, localized, pageQuery } from './schemas.ts';

const attributes = z.array(z.enum(SHARED_ATTRIBUTES)).max(SHARED_ATTRIBUTES.length);

export const credential = z
  .object({
    goodsId: z.string(),
    appId: z.string(),
    protocol: z.enum(KIT_PROTOCOLS),
    address: z.string(),
    keyId: z.string(),
    publicKey: z.string(),
    loginUrl: z.string(),
    attributes,
    multiInstance: z.boolean(),
  })
  .openapi('ApplicationCredential');
export const credentialState = z.object({
  /** null = not set up yet */
  credential: credential.nullable(),
  keys: z.array(z.object({ keyId: z.string(), interfaceClass: z.string() })),
});
export const credentialInput = z.strictObject({
  protocol: z.enum(KIT_PROTOCOLS),
  address: z.string().trim().min(1).max(512),
  keyId: z.string().max(64),
  publicKey: z.string().trim().min(1).max(8_192),
  loginUrl: z.string().trim().max(512),
  attributes,
  multiInstance: z.boolean(),
});

/** BUYER: about a binding; ADMINISTRATOR: about the rest (E-22, E-23) */
const decider = z.enum(['BUYER', 'ADMINISTRATOR']);
export const syncTask = z
  .object({
    taskId: z.string(),
    applicationId: z.string(),
    productName: localized,
    kind: z.enum(TASK_KINDS),
    state: z.enum(TASK_STATES),
    callsTotal: z.number().int(),
    callsDone: z.number().int(),
    membersTotal: z.number().int(),
    membersDone: z.number().int(),
    attempts: z.number().int(),
    /** the interface that failed last; null = none */
    failedInterface: z.string().nullable(),
    errorCode: z.string().nullable(),
    /** the seller's own words, or the cause */
    error: z.string().nullable(),
    cause: localized.nullable(),
    /** the recorded call, for whoever may see calls */
    callId: z.string().nullable(),
    decider,
    /** the person may decide now */
    mayDecide: z.boolean(),
    createdAt: instant,
    startedAt: instant.nullable(),
    endedAt: instant.nullable(),
  })
  .openapi('SyncTask');
export const syncTaskQuery = pageQuery.extend({
  application: z.uuid().optional(),
  kind: z.enum(TASK_KINDS).optional(),
  state: z.enum(TASK_STATES).optional(),
});
export const syncTaskPage = z
  .object({ items: z.array(syncTask), nextCursor: z.string().nullable() })
  .openapi('SyncTaskPage');
export const syncDecision = z.strictObject({ decision: z.enum(['CONTINUE', 'STOP']) });

export const range = z.strictObject({
  everyone: z.boolean(),
  departments: z.array(z.string().max(64)).max(1_000),
  groups: z.array(z.uuid()).max(1_000),
  members: z.array(z.uuid()).max(5_000),
});
export const application = z
  .object({
    applicationId: z.string(),
    resourceId: z.string(),
    productName: localized,
    state: z.enum(BINDING_STATES),
    stopped: z.boolean(),
    /** where members sign in; empty = the seller has not set it up yet (E-31) */
    loginUrl: z.string(),
    attributes,
    range,
    /** members by state of their authorisation (E-27) */
    members: z.record(z.enum(AUTHORISATION_STATES), z.number().int()),
    /** bought; null = any number (E-35) */
    seats: z.number().int().nullable(),
    /** not succeeded or stopped yet, the one that runs or waits first */
    tasks: z.array(syncTask),
    createdAt: instant,
  })
  .openapi('BoundApplication');
export const applications = z.object({ items: z.array(application) });

/** What can be bound: running services of the buyer whose products take in enterprises. */
export const bindable = z.object({
  items: z.array(z.object({ resourceId: z.string(), productName: localized, orderId: z.string(), attributes })),
});
export const binding = z.strictObject({ resourceId: z.string().max(64), attributes });
export const applicationId = z.object({ applicationId: z.string() });
export const authorised = z.object({ members: z.number().int() });

export const authorisationQuery = z.object({
  state: z.enum(AUTHORISATION_STATES).optional(),
  cursor: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export const authorisationPage = z
  .object({
    items: z.array(
      z.object({
        memberId: z.string(),
        userName: z.string(),
        name: z.string(),
        state: z.enum(AUTHORISATION_STATES),
        error: z.string().nullable(),
        updatedAt: instant,
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .openapi('AuthorisationPage');

export type BoundApplicationView = z.infer<typeof application>;
export type SyncTaskView = z.infer<typeof syncTask>;
export type SyncTaskPage = z.infer<typeof syncTaskPage>;
export type VisibleRangeInput = z.infer<typeof range>;
export type BindableView = z.infer<typeof bindable>['items'][number];
export type CredentialView = z.infer<typeof credential>;
export type CredentialState = z.infer<typeof credentialState>;
export type CredentialInput = z.infer<typeof credentialInput>;
export type AuthorisationPage = z.infer<typeof authorisationPage>;
