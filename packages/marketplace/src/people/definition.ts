/** Joint-operation products in step with enterprises: what is bound, who is authorised, what was told (consoles-and-processes.md 2.3, 2.4). */
import type { KitInterface } from '@jishi/protocol';
import type { LocalizedText } from '../catalog/index.ts';
import type { Department, VisibleRange } from '../directory/index.ts';
import type { Transitions } from '../platform/state-machine.ts';

export type { Department };

/** What a seller may ask for beyond name, department and role (E-25a). */
export const SHARED_ATTRIBUTES = [
  'mobile',
  'email',
  'position',
  'employeeCode',
  'employeeType',
  'workPlace',
  'entryDate',
] as const;
export type SharedAttribute = (typeof SHARED_ATTRIBUTES)[number];

export const KIT_PROTOCOLS = ['kit-v2', 'kit-v1'] as const;
export type KitProtocol = (typeof KIT_PROTOCOLS)[number];

/** How a product takes in enterprises (S-24a). */
export interface Credential {
  readonly goodsId: string;
  readonly sellerId: string;
  readonly appId: string;
  readonly protocol: KitProtocol;
  readonly address: string;
  readonly keyId: string;
  /** RSA, for the client secret (saas-v2.md 4.4) */
  readonly publicKey: string;
  /** where members arrive after signing in; empty = not set up yet, and nobody can be authorised (E-31) */
  readonly loginUrl: string;
  readonly attributes: readonly SharedAttribute[];
  /** several orders of the product in one enterprise (E-3a); never taken back */
  readonly multiInstance: boolean;
}

/**
 * BINDING: the first synchronisation is under way or waits for the buyer. BOUND: the product knows the enterprise. FAILED: the
 * buyer stopped it; it can be tried again. ENDED: the enterprise was dissolved; the instance can be bound anew (E-7).
 */
export const BINDING_STATES = ['BINDING', 'BOUND', 'FAILED', 'ENDED'] as const;
export type BindingState = (typeof BINDING_STATES)[number];

/** A bought product, bound to an enterprise (E-6). */
export interface Application {
  readonly applicationId: string;
  readonly enterpriseId: string;
  readonly buyerId: string;
  readonly sellerId: string;
  readonly goodsId: string;
  readonly resourceId: string;
  readonly orderId: string;
  readonly instanceId: string;
  readonly productName: LocalizedText;
  readonly clientId: string;
  readonly sealedSecret: string;
  /** shared, as both sides agreed */
  readonly attributes: readonly SharedAttribute[];
  readonly range: VisibleRange;
  readonly state: BindingState;
  /** nobody can sign in to it (E-34) */
  readonly stopped: boolean;
  readonly createdAt: Date;
}

export const TASK_KINDS = ['BIND', 'AUTHORISE', 'DIRECTORY', 'RESYNC', 'DISSOLVE'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];
export const TASK_STATES = ['QUEUED', 'RUNNING', 'WAIT_DECISION', 'STOPPED', 'SUCCEEDED'] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** consoles-and-processes.md 7.8 */
export const syncTransitions: Transitions<TaskState> = {
  QUEUED: ['RUNNING'],
  RUNNING: ['RUNNING', 'SUCCEEDED', 'WAIT_DECISION', 'STOPPED'],
  WAIT_DECISION: ['RUNNING', 'STOPPED'],
  STOPPED: ['QUEUED'],
  SUCCEEDED: [],
};

/** E-27 */
export const AUTHORISATION_STATES = ['NOT_SYNCED', 'SYNCING', 'AUTHORISED', 'FAILED', 'WITHDRAWN'] as const;
export type AuthorisationState = (typeof AUTHORISATION_STATES)[number];

/** What the product is told in one call; `flag` as on the wire of V2.0 (saas-v2.md 7). */
export interface PlannedCall {
  readonly interface: KitInterface;
  readonly flag: 0 | 1 | 2 | 3;
  /** authSync: at most 500 */
  readonly members: readonly string[];
  /** singleOrgSync */
  readonly department: Department | null;
}

/** What a product was told of a member: null = nothing, '' = something, without an answer that says that it arrived. */
export type Told = string | null;
