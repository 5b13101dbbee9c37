import type {
  InstanceView,
  OrderLineView,
  OrderView,
  RefundView,
  SellerCallView,
} from '@jishi/marketplace/console-api';

/** ok = good end, run = the system works, wait = somebody must act, bad = failed, idle = over without harm. */
export type Tone = 'ok' | 'run' | 'wait' | 'bad' | 'idle';

export const orderTone: Readonly<Record<OrderView['state'], Tone>> = {
  PENDING_APPROVAL: 'wait',
  PENDING_PAYMENT: 'wait',
  PROCESSING: 'run',
  REFUNDING: 'run',
  REFUNDED: 'bad',
  COMPLETED: 'ok',
  CANCELLED: 'idle',
};

export const lineTone: Readonly<Record<OrderLineView['state'], Tone>> = {
  WAITING: 'wait',
  CALLING: 'run',
  QUERYING: 'run',
  SUPERVISING: 'wait',
  FULFILLED: 'ok',
  FAILED: 'bad',
  REFUNDED: 'bad',
  CLOSED: 'idle',
};

export const instanceTone: Readonly<Record<InstanceView['state'], Tone>> = {
  PROVISIONING: 'run',
  TRIAL: 'ok',
  ACTIVE: 'ok',
  CHANGING: 'run',
  GRACE: 'wait',
  FROZEN: 'bad',
  VIOLATION_FROZEN: 'bad',
  RELEASING: 'run',
  RELEASED: 'idle',
  FAILED: 'bad',
};

export const refundTone: Readonly<Record<RefundView['state'], Tone>> = {
  SELLER_REVIEW: 'wait',
  LARGE_REVIEW: 'wait',
  WAIT_RETURN: 'wait',
  WAIT_INSPECTION: 'wait',
  EXECUTING: 'run',
  DONE: 'ok',
  REJECTED: 'bad',
  WITHDRAWN: 'idle',
};

/** A call's state as people see it (S-27): the stored states, and DUE told apart by what came before. */
export type CallFace = SellerCallView['state'] | 'WILL_REPEAT' | 'RESTARTED';

export const callTone: Readonly<Record<CallFace, Tone>> = {
  DUE: 'run',
  WILL_REPEAT: 'wait',
  RESTARTED: 'run',
  RUNNING: 'run',
  SUCCEEDED: 'ok',
  STOPPED: 'bad',
  RESOLVED: 'idle',
};
