/** The page of state diagrams, made from the tables in the code. */
import { APPLICATION_MOVES, PRODUCT_MOVES } from '../../packages/marketplace/src/catalog/index.ts';
import {
  deliveryTransitions,
  milestoneTransitions,
  supervisionTransitions,
} from '../../packages/marketplace/src/delivery/index.ts';
import { instanceTransitions } from '../../packages/marketplace/src/instances/index.ts';
import { applicationTransitions, codeTransitions } from '../../packages/marketplace/src/licensing/index.ts';
import { chargeTransitions, recordTransitions } from '../../packages/marketplace/src/metering/index.ts';
import { lineTransitions, orderTransitions, refundTransitions } from '../../packages/marketplace/src/ordering/index.ts';
import { syncTransitions } from '../../packages/marketplace/src/people/index.ts';
import type { Transitions } from '../../packages/marketplace/src/platform/state-machine.ts';
import { taskTransitions } from '../../packages/marketplace/src/platform/tasks/task-states.ts';
import {
  BILL_STATES,
  type BillState,
  billTransitions,
  buyerInvoiceTransitions,
  CLASSES,
  leavingTransitions,
  type Movable,
  nextStates,
  paymentTransitions,
  payoutTransitions,
} from '../../packages/marketplace/src/settlement/index.ts';

interface Machine {
  readonly title: string;
  readonly about: string;
  readonly begins: readonly string[];
  readonly table: Transitions<string>;
}

const SITES: readonly Movable['site'][] = ['CN', 'INTL', 'EU'];

const MACHINES: readonly Machine[] = [
  {
    title: 'Product 商品',
    about:
      'What a seller publishes (`packages/marketplace/src/catalog/publication/model.ts`). A change or a removal is an application of its own; meanwhile the product keeps its state. Specifications and SKUs are ON_SALE until they are STOPPED for good.',
    begins: ['DRAFT'],
    table: PRODUCT_MOVES,
  },
  {
    title: 'Application 申请',
    about:
      'A new product, a change or a removal that waits for its review (`catalog/publication/model.ts`); one per product at a time.',
    begins: ['PENDING'],
    table: APPLICATION_MOVES,
  },
  {
    title: 'Order 订单',
    about:
      'One purchase, renewal, conversion, change or refund (`packages/marketplace/src/ordering/model.ts`). A refund is an order of its own; the original keeps COMPLETED.',
    begins: ['PENDING_APPROVAL', 'PENDING_PAYMENT'],
    table: orderTransitions,
  },
  {
    title: 'Order line 订单行',
    about:
      'One product of an order (`ordering/model.ts`). CALLING and QUERYING while the seller is called; a renewal whose call was given up is FULFILLED all the same, its call stays open.',
    begins: ['WAITING'],
    table: lineTransitions,
  },
  {
    title: 'Instance 实例',
    about: 'The running subscription (`packages/marketplace/src/instances/definition.ts`).',
    begins: ['PROVISIONING'],
    table: instanceTransitions,
  },
  {
    title: 'Synchronisation 同步任务',
    about:
      'What a joint-operation product is told of an enterprise (`packages/marketplace/src/people/definition.ts`). A failed call waits for whoever decides; what was stopped is told by the next task.',
    begins: ['QUEUED'],
    table: syncTransitions,
  },
  {
    title: 'Delivery 交付',
    about:
      'What was handed over for an order line (`packages/marketplace/src/delivery/definition.ts`). ACCEPTED under supervision only; what an expiry took back is DELIVERED again when a renewal revives it.',
    begins: ['PENDING'],
    table: deliveryTransitions,
  },
  {
    title: 'Supervision 服务监管',
    about:
      'The steps of a supervised line; each product type uses its own (`delivery/supervision/flows.ts`). An appeal lies over the step and freezes it; the operator may send an appealed flow back to an earlier step.',
    begins: ['WAIT_REQUIREMENT', 'WAIT_SERVICE', 'WAIT_CODE_PICKUP', 'WAIT_CODE_INPUT', 'WAIT_ACCEPTANCE'],
    table: supervisionTransitions,
  },
  {
    title: 'Milestone 里程碑',
    about:
      'A part of an order that is delivered in milestones (`delivery/supervision/milestones.ts`): the first is OPEN with the plan, each other when the one before it was accepted. With the last one the delivery is ACCEPTED.',
    begins: ['PLANNED', 'OPEN'],
    table: milestoneTransitions,
  },
  {
    title: 'Seller call 生产接口消息, and every other task',
    about:
      'One call with its attempts (`packages/marketplace/src/platform/tasks/task-states.ts`). *Restart* by a person is STOPPED → DUE.',
    begins: ['DUE'],
    table: taskTransitions,
  },
  {
    title: 'Usage record 话单',
    about:
      'Usage that was answered with success (`packages/marketplace/src/metering/definition.ts`). RATED goes back to WAITING, or is VOID, when its charge is reversed.',
    begins: ['WAITING'],
    table: recordTransitions,
  },
  {
    title: 'Charge of usage 用量扣费',
    about: 'What a billing cycle of a service came to (`metering/definition.ts`). NOTHING: packages covered it.',
    begins: ['OWED', 'NOTHING'],
    table: chargeTransitions,
  },
  {
    title: 'Authorisation code 授权码',
    about:
      'One code of a License service (`licensing/model.ts`). Activated before its pick-up it counts as picked up; EXPIRED while its service is frozen; a refund releases from any state.',
    begins: ['CREATED'],
    table: codeTransitions,
  },
  {
    title: 'Application for a licence License 申请',
    about:
      'A licence inside the bought quota (`licensing/quota.ts`). A refused one gives its place back; CLOSED when the service ended first.',
    begins: ['REQUESTED'],
    table: applicationTransitions,
  },
  {
    title: 'Refund application 退订申请',
    about:
      'What a buyer asked back (`ordering/refund-model.ts`); above 50 000 CNY an account manager or 24 hours decide.',
    begins: ['SELLER_REVIEW', 'LARGE_REVIEW', 'EXECUTING'],
    table: refundTransitions,
  },
  {
    title: 'Invoice to the buyer 发票',
    about:
      'Asked for by a buyer, issued by the seller or the marketplace (`settlement/invoices/buyer/model.ts`); electronic ones are ISSUED at once, paper is received first. What is REFUSED, CANCELLED or RETURNED can be invoiced again.',
    begins: ['IN_REVIEW'],
    table: buyerInvoiceTransitions,
  },
  {
    title: 'Leaving 退出申请',
    about:
      'A seller applies to leave the marketplace (`settlement/leaving/model.ts`, S4-7): while nothing hinders it, which is checked again when the operator approves. One waits at most.',
    begins: ['PENDING'],
    table: leavingTransitions,
  },
  {
    title: 'Bill of a seller 商家账单',
    about:
      'What the bill run made of a month (`settlement/live/bill-states.ts`, 4.4). Bills of one requisition move together. General products of the China site go on to REQUISITION_REVIEW at once, all others are invoiced first. PAYING and PAID are moved by the pay-out alone.',
    begins: ['UNDER_REVIEW'],
    table: walkedBy(CLASSES),
  },
  {
    title: 'Bill of a channel partner 佣金账单',
    about:
      'The same table for commissions (4.6): the partner confirms the bill, or rejects it and it is under review again; it is always invoiced.',
    begins: ['UNDER_REVIEW'],
    table: walkedBy([null]),
  },
  {
    title: 'Pay-out run 付款批次',
    about:
      'Payments that one person proposes and another approves (`settlement/payout/states.ts`, O-7). COMPLETED when each of them has ended.',
    begins: ['TO_APPROVE'],
    table: payoutTransitions,
  },
  {
    title: 'Payment 付款',
    about:
      'One requisition in one run (`settlement/payout/states.ts`). After RETURNED, FAILED and DROPPED the requisition is due again and may be paid by another payment.',
    begins: ['PROPOSED'],
    table: paymentTransitions,
  },
];

/**
 * The part of the table of bills that those of some classes walk: what an operator may move (`nextStates`), what a partner
 * decides, what the pay-out does. @param classes null = of a partner
 */
function walkedBy(classes: readonly Movable['class'][]): Transitions<string> {
  const ofOthers = (state: BillState) => state === 'TO_CONFIRM' || state === 'PAYING' || state === 'PAID';
  const moves = (from: BillState, to: BillState): boolean =>
    ofOthers(from) ||
    to === 'PAYING' ||
    classes.some((each) =>
      SITES.some((site) => nextStates({ state: from, class: each, site, released: true }).includes(to)),
    );
  const found = new Map<BillState, readonly BillState[]>();
  const open: BillState[] = ['UNDER_REVIEW'];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (found.has(state)) continue;
    const from = state;
    found.set(
      from,
      billTransitions[from].filter((to) => moves(from, to)),
    );
    open.push(...(found.get(from) ?? []));
  }
  return Object.fromEntries(
    BILL_STATES.flatMap((state) => (found.has(state) ? [[state, found.get(state) ?? []]] : [])),
  );
}

export function stateMachines(): string {
  const head =
    '# State machines\n\nMade from the code by `npm run diagrams`; a test compares this page with the tables that the program walks. What each state means: `consoles-and-processes.md` 7 and 11 of the specification.\n';
  return `${[head, ...MACHINES.map(section)].join('\n')}`;
}

function section({ title, about, begins, table }: Machine): string {
  const lines = [
    ...begins.map((state) => `    [*] --> ${state}`),
    ...Object.entries(table).flatMap(([from, next]) => next.map((to) => `    ${from} --> ${to}`)),
    ...Object.entries(table).flatMap(([state, next]) => (next.length === 0 ? [`    ${state} --> [*]`] : [])),
  ];
  return `## ${title}\n\n${about}\n\n\`\`\`mermaid\nstateDiagram-v2\n${lines.join('\n')}\n\`\`\`\n`;
}
