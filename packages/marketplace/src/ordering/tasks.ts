/** What ordering does later: handlers of its tasks. */
import type { Platform } from '../platform/platform.ts';
import type { TaskHandlers } from '../platform/tasks/marketplace-tasks.ts';
import { cancelUnpaid } from './cancelling.ts';
import { CANCEL_UNPAID } from './placing.ts';
import { END_RETURN, endReturn } from './refund-returns.ts';
import { APPROVE_LARGE_REFUND, approveLargeRefund } from './refunds.ts';

export const orderingTasks = (platform: Platform): TaskHandlers => ({
  [CANCEL_UNPAID]: cancelUnpaid(platform),
  [APPROVE_LARGE_REFUND]: approveLargeRefund(platform),
  [END_RETURN]: endReturn(platform),
});
