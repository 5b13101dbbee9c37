/** Usage, its charges and records, keys and calls of the Open API, as the console API says and hears them. */
import { z } from 'zod';
import { CHARGE_STATES, RECORD_STATES } from '../../metering/index.ts';
import { countedCursor, derivationStep, instant, localized, money, pageQuery, uuidCursor } from './schemas.ts';

export const decimalText = z.string().openapi({ example: '12.5' });
const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

export const meteredService = z
  .object({
    resourceId: z.string(),
    instanceId: z.string(),
    goodsId: z.string(),
    buyerName: z.string(),
    productName: localized,
    specificationName: localized,
    /** what is counted; null = the product does not say */
    unit: localized.nullable(),
    cycle: z.enum(['hour', 'day']),
    openedAt: instant,
    closedAt: instant.nullable(),
    /** since when a charge is not paid (S7-15) */
    owedSince: instant.nullable(),
    usageThisMonth: decimalText,
    amountThisMonth: money,
    owed: money,
  })
  .openapi('MeteredService');
export const meteredServicePage = page(meteredService).openapi('MeteredServicePage');

export const seriesQuery = z.object({
  unit: z.enum(['hour', 'day']).default('day'),
  /** the last so many hours or days */
  last: z.coerce.number().int().min(1).max(366).default(31),
});
export const usageOfService = z
  .object({
    service: meteredService,
    unit: z.enum(['hour', 'day']),
    points: z.array(z.object({ at: instant, usage: decimalText, records: z.number() })),
    /** of the current month; null = closed */
    forecast: z.object({ usage: decimalText, amount: money }).nullable(),
  })
  .openapi('UsageOfService');

export const chargeQuery = pageQuery.extend({ cursor: uuidCursor, resourceId: z.string().max(64).optional() });
export const usageCharge = z
  .object({
    chargeId: z.string(),
    resourceId: z.string(),
    orderId: z.string(),
    billedAt: instant,
    from: instant,
    to: instant,
    records: z.number(),
    used: decimalText,
    drawn: decimalText,
    charged: decimalText,
    refused: decimalText,
    amount: money,
    state: z.enum(CHARGE_STATES),
    paidAt: instant.nullable(),
    reversedAt: instant.nullable(),
    reversalReason: z.string().nullable(),
    derivation: z.array(derivationStep),
  })
  .openapi('UsageCharge');
export const usageChargePage = page(usageCharge).openapi('UsageChargePage');

export const recordQuery = pageQuery.extend({
  cursor: countedCursor,
  chargeId: z.uuid().optional(),
  only: z.enum(['LATE', 'UNRATED']).optional(),
});
export const usageRecord = z
  .object({
    recordId: z.string(),
    beginAt: instant,
    endAt: instant,
    receivedAt: instant,
    value: decimalText,
    meteringSn: z.string().nullable(),
    state: z.enum(RECORD_STATES),
    /** why it is not rated, or was taken back */
    reason: z.string().nullable(),
    late: z.boolean(),
    billAt: instant,
    chargeId: z.string().nullable(),
    drawn: decimalText.nullable(),
    charged: decimalText.nullable(),
    refused: decimalText.nullable(),
    amount: decimalText.nullable(),
    requestId: z.string(),
  })
  .openapi('UsageRecord');
export const usageRecordPage = page(usageRecord).openapi('UsageRecordPage');

export const rejectionQuery = z.object({
  requestId: z.string().max(64).optional(),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
});
export const usageRejection = z
  .object({
    rejectionId: z.number(),
    receivedAt: instant,
    requestId: z.string(),
    instanceId: z.string(),
    meteringSn: z.string(),
    code: z.string(),
    meaning: z.string(),
    record: z.string(),
  })
  .openapi('UsageRejection');
export const usageRejectionPage = page(usageRejection).openapi('UsageRejectionPage');

export const reversal = z.strictObject({
  reason: z.string().trim().min(1).max(500),
  voidRecordIds: z
    .array(z.string().regex(/^\d{1,18}$/))
    .max(1_000)
    .default([]),
});
export const ratedAgain = z.object({ meters: z.number() });

export const apiKey = z
  .object({
    ak: z.string(),
    name: z.string(),
    state: z.enum(['ACTIVE', 'ENDING', 'ENDED', 'REVOKED']),
    createdAt: instant,
    lastUsedAt: instant.nullable(),
    endsAt: instant.nullable(),
    lockedUntil: instant.nullable(),
    replaces: z.string().nullable(),
  })
  .openapi('ApiKey');
export const apiKeys = z.object({ items: z.array(apiKey) }).openapi('ApiKeys');
export const newApiKey = z.strictObject({ name: z.string().trim().min(1).max(64) });
export const rotation = z.strictObject({ overlapHours: z.number().int().min(0).max(168) });
/** the only time that the secret key is shown */
export const shownApiKey = z.object({ ak: z.string(), sk: z.string() }).openapi('ShownApiKey');

export const apiRequestQuery = pageQuery.extend({
  requestId: z.string().max(64).optional(),
  refused: z.enum(['true', 'false']).optional(),
});
const finding = z.object({ code: z.string(), summary: localized, fix: localized });
export const apiRequest = z
  .object({
    requestId: z.string(),
    at: instant,
    ak: z.string().nullable(),
    method: z.string(),
    path: z.string(),
    status: z.number(),
    code: z.string(),
    message: z.string(),
    findings: z.array(finding),
    bytes: z.number(),
    durationMs: z.number(),
  })
  .openapi('ApiRequest');
export const apiRequestPage = page(apiRequest).openapi('ApiRequestPage');

export type MeteredServiceView = z.infer<typeof meteredService>;
export type MeteredServicePageView = z.infer<typeof meteredServicePage>;
export type UsageOfServiceView = z.infer<typeof usageOfService>;
export type UsageChargeView = z.infer<typeof usageCharge>;
export type UsageChargePageView = z.infer<typeof usageChargePage>;
export type UsageRecordView = z.infer<typeof usageRecord>;
export type UsageRecordPageView = z.infer<typeof usageRecordPage>;
export type UsageRejectionView = z.infer<typeof usageRejection>;
export type UsageRejectionPageView = z.infer<typeof usageRejectionPage>;
export type ApiKeyView = z.infer<typeof apiKey>;
export type ApiKeysView = z.infer<typeof apiKeys>;
export type ShownApiKeyView = z.infer<typeof shownApiKey>;
export type ApiRequestView = z.infer<typeof apiRequest>;
export type ApiRequestPageView = z.infer<typeof apiRequestPage>;
