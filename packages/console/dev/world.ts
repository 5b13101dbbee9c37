import type {
  InstanceView,
  OrderView,
  ProductView,
  RefundView,
  RenewalSettingsView,
  SellerCallDetailsView,
  SessionView,
  TaskView,
  TimelineEntryView,
} from '@jishi/marketplace/console-api';
import { sampleCalls } from './calls.ts';
import { sampleProducts } from './products.ts';
import { type Life, sampleRefunds, sampleServices } from './services.ts';

/** Everything the fake server remembers. */
export interface World {
  balance: number;
  readonly sessions: SessionView[];
  readonly products: ProductView[];
  readonly orders: OrderView[];
  readonly timelines: Map<string, TimelineEntryView[]>;
  readonly instances: InstanceView[];
  readonly calls: SellerCallDetailsView[];
  readonly tasks: TaskView[];
  readonly keys: Map<string, string>;
  /** life of each running service, by resource */
  readonly lives: Map<string, Life>;
  readonly refunds: RefundView[];
  renewalSettings: RenewalSettingsView;
  /** what happens when an order about a running service is completed */
  readonly effects: Map<string, () => void>;
}

export function createWorld(): World {
  const services = sampleServices();
  return {
    balance: 500,
    sessions: [
      session('buyer', '林晓', 'BO', 'buyer', '晨星科技'),
      session('viewer', '周宁', 'BV', 'buyer', '晨星科技'),
      session('admin', '何然', 'EA', 'enterprise', '晨星科技'),
      session('seller', '陈工', 'SO', 'seller', '云帆软件'),
      session('sales', '赵琳', 'SS', 'seller', '云帆软件'),
      session('operator', '王敏', 'OM', 'operator', null),
    ],
    products: sampleProducts(),
    orders: [],
    timelines: new Map(),
    instances: services.map((one) => one.instance),
    calls: sampleCalls(),
    tasks: sampleTasks(),
    keys: new Map(),
    lives: new Map(services.map((one) => [one.instance.resourceId, one.life])),
    refunds: sampleRefunds(),
    renewalSettings: { deductDays: 7, unifyDay: null },
    effects: new Map(),
  };
}

/** The rows of the permission matrix that the samples need. */
const actionsOf: Partial<Record<SessionView['role'], readonly string[]>> = {
  BO: [
    'order.create',
    'order.cancel',
    'order.pay',
    'order.view',
    'wallet.view',
    'wallet.top-up',
    'instance.view',
    'instance.list',
    'instance.renew',
    'renewal.settings',
    'instance.unsubscribe',
    'refund.view',
    'password.reveal',
  ],
  BV: ['order.view', 'instance.view'],
  SO: [
    'order.view',
    'instance.list',
    'customer.view',
    'refund.view',
    'refund.decide',
    'difference.view',
    'difference.compare',
    'call.view',
    'call.restart',
    'call.close',
    'catalog.manage',
    'catalog.inspect',
  ],
  OM: [
    'order.view',
    'instance.list',
    'instance.freeze',
    'customer.view',
    'refund.view',
    'refund.decide',
    'difference.view',
    'difference.compare',
    'call.view',
    'call.restart',
    'call.close',
    'overview.view',
    'task.view',
    'task.restart',
    'catalog.review',
    'catalog.inspect',
  ],
  SS: ['order.view', 'instance.list', 'customer.view'],
};

function session(
  loginName: string,
  displayName: string,
  role: SessionView['role'],
  area: SessionView['area'],
  tenantName: string | null,
): SessionView {
  const tenantId = tenantName === null ? null : `t-${area}`;
  return {
    userId: `u-${loginName}`,
    loginName,
    displayName,
    role,
    area,
    tenantId,
    tenantName,
    actions: [...(actionsOf[role] ?? [])],
    mustChangePassword: false,
    mustEnrol: false,
    csrfToken: 'fake-csrf',
  };
}

function sampleTasks(): TaskView[] {
  const dueAt = '2026-11-24T06:05:00Z';
  const task = { subject: 'CS2611240001', dueAt, attempts: 0, lastError: null, leaseUntil: null };
  return [
    { ...task, taskId: 'task-1', kind: 'ordering.cancel-unpaid', state: 'DUE' },
    {
      ...task,
      taskId: 'task-2',
      kind: 'notification.mail',
      state: 'STOPPED',
      attempts: 5,
      lastError: 'connect ECONNREFUSED 10.0.0.25:25',
    },
    { ...task, taskId: 'task-3', kind: 'ledger.snapshot', state: 'SUCCEEDED', attempts: 1 },
  ];
}
