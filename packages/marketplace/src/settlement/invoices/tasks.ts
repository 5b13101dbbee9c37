import type { Platform } from '../../platform/platform.ts';
import type { TaskHandlers } from '../../platform/tasks/marketplace-tasks.ts';
import { CONFIRM_RECEIPT, confirmReceipt, REMIND_ISSUER, remindIssuer } from './buyer/tasks.ts';
import { REMIND_INVOICE, remindInvoice } from './supply/follow.ts';

export const invoiceTasks = (platform: Platform): TaskHandlers => ({
  [REMIND_INVOICE]: remindInvoice(platform),
  [REMIND_ISSUER]: remindIssuer(platform),
  [CONFIRM_RECEIPT]: confirmReceipt(),
});
