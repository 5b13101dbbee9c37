/**
 * Service supervision as data (settlement.md 6.2, 6.3; consoles-and-processes.md 3.5, 7.4): for each product type the
 * steps in their order, whom a step waits for, what may be done at it, by whom, with which documents, and where it leads.
 * An order keeps the id of its flow, so that a changed flow gets a new id and never moves an open order.
 */
import type { AccessType, LicenseVariant, LocalizedText } from '../../catalog/index.ts';
import type { Transitions } from '../../platform/state-machine.ts';

/** S6-2; an appeal lies over the state and keeps it. */
export const SUPERVISION_STATES = [
  'WAIT_REQUIREMENT',
  'WAIT_CONFIRM_REQUIREMENT',
  'WAIT_CODE_INPUT',
  'WAIT_SERVICE',
  'WAIT_CODE_PICKUP',
  'WAIT_CODE_ACTIVATION',
  'WAIT_PROOF',
  'HUAWEI_REVIEW',
  'WAIT_ACCEPTANCE',
  'COMPLETED',
  'CANCELLED',
] as const;
export type SupervisionState = (typeof SUPERVISION_STATES)[number];

export type Actor = 'BUYER' | 'SELLER' | 'SYSTEM' | 'OPERATOR';
export type FlowAction =
  | 'SUBMIT_REQUIREMENT'
  | 'CONFIRM_REQUIREMENT'
  | 'REJECT_REQUIREMENT'
  | 'GIVE_CODE'
  | 'PICK_UP'
  | 'ACTIVATE'
  | 'DELIVER'
  | 'PROVE'
  | 'APPROVE'
  | 'RETURN'
  | 'ACCEPT'
  | 'REJECT_DELIVERY';

/** What is to be uploaded with a move (step table of 3.5, S6-8, S6-9). */
export type FlowDocument = 'REQUIREMENT' | 'ACCEPTANCE_FILE' | 'PROOF' | 'WAYBILL';

export interface Move {
  readonly action: FlowAction;
  readonly by: readonly Actor[];
  readonly to: SupervisionState;
  readonly documents: readonly FlowDocument[];
}
export interface FlowStep {
  readonly state: SupervisionState;
  readonly waitsFor: Actor;
  readonly moves: readonly Move[];
}
export interface Flow {
  readonly id: string;
  readonly name: LocalizedText;
  /** in the order in which they are passed */
  readonly steps: readonly FlowStep[];
}

/** 7.4: all flows move inside of it. A refund cancels from each open state; an appeal may send back (O-21). */
export const supervisionTransitions: Transitions<SupervisionState> = {
  WAIT_REQUIREMENT: ['WAIT_CONFIRM_REQUIREMENT', 'CANCELLED'],
  WAIT_CONFIRM_REQUIREMENT: ['WAIT_REQUIREMENT', 'WAIT_SERVICE', 'CANCELLED'],
  // L12: a licence that the seller's server gives needs no code that is typed in here
  WAIT_CODE_INPUT: ['WAIT_SERVICE', 'WAIT_ACCEPTANCE', 'HUAWEI_REVIEW', 'CANCELLED'],
  WAIT_SERVICE: ['HUAWEI_REVIEW', 'WAIT_ACCEPTANCE', 'CANCELLED'],
  WAIT_CODE_PICKUP: ['WAIT_CODE_ACTIVATION', 'WAIT_PROOF', 'CANCELLED'],
  WAIT_CODE_ACTIVATION: ['WAIT_PROOF', 'CANCELLED'],
  WAIT_PROOF: ['COMPLETED', 'HUAWEI_REVIEW', 'CANCELLED'],
  HUAWEI_REVIEW: ['WAIT_SERVICE', 'WAIT_PROOF', 'WAIT_ACCEPTANCE', 'COMPLETED', 'CANCELLED'],
  WAIT_ACCEPTANCE: ['WAIT_SERVICE', 'COMPLETED', 'CANCELLED'],
  COMPLETED: [],
  CANCELLED: [],
};

// --- steps that several flows share -------------------------------------------------------------------------

const move = (action: FlowAction, by: Move['by'], to: SupervisionState, ...documents: FlowDocument[]): Move => ({
  action,
  by,
  to,
  documents,
});
const step = (state: SupervisionState, waitsFor: Actor, ...moves: Move[]): FlowStep => ({ state, waitsFor, moves });

const requirement = step(
  'WAIT_REQUIREMENT',
  'BUYER',
  move('SUBMIT_REQUIREMENT', ['BUYER'], 'WAIT_CONFIRM_REQUIREMENT', 'REQUIREMENT'),
);
const confirmation = step(
  'WAIT_CONFIRM_REQUIREMENT',
  'SELLER',
  move('CONFIRM_REQUIREMENT', ['SELLER'], 'WAIT_SERVICE'),
  move('REJECT_REQUIREMENT', ['SELLER'], 'WAIT_REQUIREMENT'),
);
/** A seller's server or hand; what the server opened is delivered by the system (7.4). */
const service = (...documents: FlowDocument[]): FlowStep =>
  step('WAIT_SERVICE', 'SELLER', move('DELIVER', ['SELLER', 'SYSTEM'], 'WAIT_ACCEPTANCE', ...documents));
const acceptance = step(
  'WAIT_ACCEPTANCE',
  'BUYER',
  move('ACCEPT', ['BUYER'], 'COMPLETED'),
  move('REJECT_DELIVERY', ['BUYER'], 'WAIT_SERVICE'),
);

const flow = (id: string, zh: string, en: string, ...steps: FlowStep[]): Flow => ({ id, name: { zh, en }, steps });

const PLAIN_FLOWS = [
  flow(
    'service-1',
    '人工服务',
    'Professional service',
    requirement,
    confirmation,
    service('ACCEPTANCE_FILE'),
    acceptance,
  ),
  // 6.3: separate template; its nodes are a picture only, so the standard ones are used [R]
  flow('website-1', '建站服务', 'Website building', requirement, confirmation, service('ACCEPTANCE_FILE'), acceptance),
  flow('saas-1', '受监管 SaaS', 'Supervised SaaS', requirement, confirmation, service(), acceptance),
  flow('data-1', '数据文件', 'Data file', requirement, confirmation, service(), acceptance),
  flow('licence-offline-1', '线下 License', 'Offline licence', service(), acceptance),
  flow('orchestration-1', '应用编排', 'Application orchestration', service('ACCEPTANCE_FILE'), acceptance),
  flow(
    'licence-identification-1',
    'License（识别码）',
    'Licence by identification code',
    step(
      'WAIT_CODE_INPUT',
      'BUYER',
      move('GIVE_CODE', ['BUYER'], 'WAIT_SERVICE'),
      move('DELIVER', ['SYSTEM'], 'WAIT_ACCEPTANCE'),
    ),
    service(),
    acceptance,
  ),
  flow('licence-provisioned-1', 'License（在线开通）', 'Licence opened online', service(), acceptance),
  flow(
    'licence-code-1',
    'License（授权码）',
    'Licence by authorisation code',
    step(
      'WAIT_CODE_PICKUP',
      'BUYER',
      // the buyer claims it at licensing, which tells it
      move('PICK_UP', ['BUYER', 'SYSTEM'], 'WAIT_CODE_ACTIVATION'),
      move('ACTIVATE', ['SYSTEM'], 'WAIT_PROOF'),
    ),
    step('WAIT_CODE_ACTIVATION', 'SELLER', move('ACTIVATE', ['SYSTEM'], 'WAIT_PROOF')),
    step('WAIT_PROOF', 'SELLER', move('PROVE', ['SELLER'], 'COMPLETED', 'PROOF')),
  ),
  // L20, B-95a: one step, and the buyer's alone
  flow(
    'licence-package-1',
    'License（软件包）',
    'Licence by software package',
    step('WAIT_ACCEPTANCE', 'BUYER', move('ACCEPT', ['BUYER'], 'COMPLETED')),
  ),
  // S6-10, S-46: the only acceptance by time
  flow(
    'hardware-1',
    '硬件',
    'Hardware',
    service('WAYBILL'),
    step(
      'WAIT_ACCEPTANCE',
      'BUYER',
      move('ACCEPT', ['BUYER', 'SYSTEM'], 'COMPLETED'),
      move('REJECT_DELIVERY', ['BUYER'], 'WAIT_SERVICE'),
    ),
  ),
];

/** What becomes of a flow whose orders the platform reviews before the buyer (S-48, O-22): 赋能云 and 基地云. */
function reviewed(plain: Flow): Flow {
  const code = plain.steps.some(({ state }) => state === 'WAIT_PROOF');
  const [before, after]: SupervisionState[] = code ? ['WAIT_PROOF', 'COMPLETED'] : ['WAIT_SERVICE', 'WAIT_ACCEPTANCE'];
  if (!before || !after || !plain.steps.some(({ state }) => state === before)) return plain;
  const review = step(
    'HUAWEI_REVIEW',
    'OPERATOR',
    move('APPROVE', ['OPERATOR'], after),
    move('RETURN', ['OPERATOR'], before),
  );
  const through = (each: FlowStep): FlowStep => ({
    ...each,
    moves: each.moves.map((one) =>
      one.action === 'DELIVER' || one.action === 'PROVE' ? { ...one, to: 'HUAWEI_REVIEW' } : one,
    ),
  });
  return {
    ...plain,
    id: `${plain.id}-reviewed`,
    steps: plain.steps.flatMap((each) => (each.state === before ? [through(each), review] : [through(each)])),
  };
}

export const FLOWS: readonly Flow[] = PLAIN_FLOWS.flatMap((plain) => {
  const also = reviewed(plain);
  return also === plain || plain.id === 'hardware-1' ? [plain] : [plain, also];
});
const BY_ID = new Map(FLOWS.map((each) => [each.id, each]));

/** @throws for an id that was never a flow: our own fault */
export function flowOf(id: string): Flow {
  const found = BY_ID.get(id);
  if (!found) throw new Error(`there is no supervision flow ${id}`);
  return found;
}

export interface FlowChoice {
  readonly accessType: AccessType;
  readonly licenseVariant: LicenseVariant | null;
  /** a package that is there from the payment on (L20); else it is given by hand (L19) */
  readonly packaged: boolean;
  /** product of the category for websites (6.3) */
  readonly website: boolean;
  readonly reviewed: boolean;
}

/** The flow of a product type (6.3). @returns null = its type is never supervised (S6-2) */
export function chooseFlow(choice: FlowChoice): Flow | null {
  const plain = plainFlow(choice);
  if (plain === null) return null;
  return (choice.reviewed ? BY_ID.get(`${plain}-reviewed`) : null) ?? flowOf(plain);
}

function plainFlow({ accessType, licenseVariant, packaged, website }: FlowChoice): string | null {
  switch (accessType) {
    case 'SAAS':
      return 'saas-1';
    case 'SERVICE':
      return website ? 'website-1' : 'service-1';
    case 'HARDWARE':
      return 'hardware-1';
    case 'DATA':
      return 'data-1';
    case 'ORCHESTRATION':
      return 'orchestration-1';
    case 'LICENSE':
      return licenceFlow(licenseVariant, packaged);
    default:
      return null;
  }
}

function licenceFlow(variant: LicenseVariant | null, packaged: boolean): string {
  switch (variant) {
    case 'IDENTIFICATION':
      return 'licence-identification-1';
    case 'CODE':
      return 'licence-code-1';
    case 'PROVISIONED':
      return 'licence-provisioned-1';
    case 'PACKAGE':
      return packaged ? 'licence-package-1' : 'licence-offline-1';
    default:
      return 'licence-offline-1';
  }
}

export const stepOf = (flowId: string, state: SupervisionState): FlowStep | null =>
  flowOf(flowId).steps.find((each) => each.state === state) ?? null;

/** @returns null = it is not done at this step by this side */
export const moveOf = (flowId: string, state: SupervisionState, action: FlowAction, by: Actor): Move | null =>
  stepOf(flowId, state)?.moves.find((each) => each.action === action && each.by.includes(by)) ?? null;

export const isOpen = (state: SupervisionState): boolean => state !== 'COMPLETED' && state !== 'CANCELLED';
