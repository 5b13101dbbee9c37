/** All migrations of the marketplace, in one list. */
import {
  assetsSchema,
  catalogSchema,
  findingSchema,
  offersSchema,
  opinionsSchema,
  salesSchema,
} from './catalog/index.ts';
import { debuggingSchema } from './debugging/index.ts';
import { deliverySchema, deliverySealed, recordingImagesSchema, supervisionSchema } from './delivery/index.ts';
import { sandboxSchema, sandboxSealed } from './demo/facts.ts';
import {
  accountSecuritySchema,
  accountSecuritySealed,
  bankAccountsSchema,
  bankAccountsSealed,
  directorySchema,
  directorySealed,
  enterpriseSchema,
  sellerAgreementsSchema,
} from './directory/index.ts';
import { fulfilmentSchema, fulfilmentSealed } from './fulfilment/index.ts';
import { instancesSchema } from './instances/index.ts';
import { ledgerSchema, sealedSchema } from './ledger/index.ts';
import { licensingSchema, licensingSealed } from './licensing/index.ts';
import { alarmSchema, invoicedUsageSchema, meteringSchema } from './metering/index.ts';
import { notificationSchema, notificationSealed } from './notification/index.ts';
import { invoicedSchema, orderingSchema, orderingSealed, refundGoodsSchema } from './ordering/index.ts';
import { activitySchema, peopleSchema, peopleSealed, signOnSchema, signOnSealed } from './people/index.ts';
import { auditSchema } from './platform/audit.ts';
import { auditSealsSchema } from './platform/audit-seals.ts';
import type { Migration } from './platform/database/migrations.ts';
import { eventsSchema } from './platform/events.ts';
import { exportsSchema } from './platform/exports/index.ts';
import { filesSchema } from './platform/files/index.ts';
import { apiRequestsSchema } from './platform/http/api-requests.ts';
import { idempotencySchema, idempotencySealed } from './platform/http/idempotency.ts';
import { tasksSchema } from './platform/tasks/marketplace-tasks.ts';
import { invoicesSchema, leavingSchema, payoutSchema, payoutSealed, settlementSchema } from './settlement/index.ts';
import { walletSchema } from './wallet/index.ts';
import { webhooksSchema, webhooksSealed } from './webhooks/index.ts';

export const MIGRATIONS: readonly Migration[] = [
  eventsSchema,
  tasksSchema,
  auditSchema,
  auditSealsSchema,
  idempotencySchema,
  apiRequestsSchema,
  filesSchema,
  exportsSchema,
  sandboxSchema,
  directorySchema,
  accountSecuritySchema,
  enterpriseSchema,
  bankAccountsSchema,
  sellerAgreementsSchema,
  ledgerSchema,
  sealedSchema,
  walletSchema,
  catalogSchema,
  assetsSchema,
  salesSchema,
  offersSchema,
  findingSchema,
  opinionsSchema,
  orderingSchema,
  refundGoodsSchema,
  invoicedSchema,
  licensingSchema,
  fulfilmentSchema,
  deliverySchema,
  recordingImagesSchema,
  supervisionSchema,
  debuggingSchema,
  instancesSchema,
  peopleSchema,
  activitySchema,
  signOnSchema,
  meteringSchema,
  alarmSchema,
  settlementSchema,
  payoutSchema,
  invoicesSchema,
  invoicedUsageSchema,
  leavingSchema,
  notificationSchema,
  webhooksSchema,
];

/** Every column that holds a sealed secret; key rotation walks them. */
export const SEALED_COLUMNS = [
  ...idempotencySealed,
  ...orderingSealed,
  ...directorySealed,
  ...accountSecuritySealed,
  ...bankAccountsSealed,
  ...licensingSealed,
  ...fulfilmentSealed,
  ...deliverySealed,
  ...peopleSealed,
  ...signOnSealed,
  ...payoutSealed,
  ...notificationSealed,
  ...sandboxSealed,
  ...webhooksSealed,
];
