/**
 * What the console API says and hears, as schemas: the one description that the server parses with, the OpenAPI
 * document is generated from and the console takes its types from. Amounts are decimal strings with their currency,
 * instants ISO 8601 in UTC, texts for people come in both languages. State names: `consoles-and-processes.md` 11.
 */
import { extendZodWithOpenApi } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { decodeCursor } from '../../platform/http/cursor.ts';
import { isUuid } from '../../platform/uuid.ts';
import { INSTRUMENTS } from '../../wallet/index.ts';

extendZodWithOpenApi(z);

// --- common -------------------------------------------------------------------------------------------------

export const localized = z.object({ zh: z.string(), en: z.string() }).openapi('LocalizedText');
export const money = z
  .object({ amount: z.string().openapi({ example: '1200.00' }), currency: z.string().openapi({ example: 'CNY' }) })
  .openapi('Money');
const instant = z.string().openapi({ format: 'date-time' });

/** RFC 9457 problem details, with a stable `code` and, for bad input, the faulty members. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    code: z.string(),
    detail: z.string().optional(),
    requestId: z.string().optional(),
    errors: z.array(z.object({ member: z.string(), rule: z.string(), message: z.string() })).optional(),
    /** further facts the page can show, e.g. the gap of a short balance */
    facts: z.record(z.string(), z.string()).optional(),
  })
  .openapi('Problem');

/** An instant that somebody asks for. */
const askedInstant = z.iso.datetime({ offset: true });
const cursorOf = (fits: (id: string) => boolean) =>
  z
    .string()
    .max(200)
    .refine((text) => fits(decodeCursor(text)?.id ?? ''), 'is not a cursor of this list')
    .optional();
export const uuidCursor = cursorOf(isUuid);
/** Of rows whose id counts up. */
export const countedCursor = cursorOf((id) => /^\d{1,18}$/.test(id));
export const pageQuery = z.object({
  cursor: cursorOf((id) => /^[\x21-\x7e]+$/.test(id)),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** Why an amount is what it is: rule, formula with numbers, result (design.md 4.6). */
export const derivationStep = z
  .object({ rule: z.string(), text: z.string(), value: z.string() })
  .openapi('DerivationStep');

export const diagnosis = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning']),
    summary: localized,
    expected: z.string(),
    seen: z.string(),
    fix: localized,
    reference: z.string(),
  })
  .openapi('Diagnosis');

// --- people -------------------------------------------------------------------------------------------------

/** Area of the console a user works in; the role decides which. */
export const area = z.enum(['buyer', 'enterprise', 'seller', 'distributor', 'operator']);
export const role = z.enum([
  'BO',
  'BP',
  'BV',
  'BF',
  'EA',
  'EB',
  'EM',
  'ED',
  'SO',
  'SP',
  'SD',
  'SS',
  'SF',
  'DO',
  'OR',
  'OM',
  'OF',
  'OC',
  'OA',
  'OS',
]);
export const signIn = z.object({ loginName: z.string().min(1).max(64), password: z.string().min(1).max(128) });
export const newPassword = z.strictObject({
  current: z.string().min(1).max(128),
  next: z.string().min(10).max(128),
});
export const session = z
  .object({
    userId: z.string(),
    loginName: z.string(),
    displayName: z.string(),
    role,
    area,
    /** buyer or seller the user belongs to; null for operators */
    tenantId: z.string().nullable(),
    tenantName: z.string().nullable(),
    /** actions of the permission matrix this user may do (consoles-and-processes.md 6.2) */
    actions: z.array(z.string()),
    /** E-13: the initial password is changed before anything else */
    mustChangePassword: z.boolean(),
    /** a second factor is set up before anything else (`JISHI_SECOND_FACTOR`) */
    mustEnrol: z.boolean(),
    csrfToken: z.string(),
  })
  .openapi('Session');

export const meta = z
  .object({
    site: z.enum(['CN', 'INTL', 'EU']),
    mode: z.enum(['sandbox', 'production']),
    version: z.string(),
    now: instant,
    timeZone: z.string(),
    currency: z.string(),
    /** its name, where people may sign in through the company's identity provider */
    identityProvider: z.string().nullable(),
    /** sandbox only: accounts to try the console with */
    demoAccounts: z.array(z.object({ loginName: z.string(), password: z.string(), area, displayName: z.string() })),
  })
  .openapi('Meta');

// --- market -------------------------------------------------------------------------------------------------

export const periodType = z.enum(['month', 'year']);
export const chargingMode = z.enum(['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG']);
export const priceMode = z.enum(['LINEAR', 'TIER', 'STEP']);

export const linearAttribute = z
  .object({
    code: z.string(),
    name: localized,
    unit: localized,
    minimum: z.number().int(),
    maximum: z.number().int(),
    step: z.number().int(),
  })
  .openapi('LinearAttribute');

export const priceItem = z
  .object({
    /** the wire's productId, `OFFI…` */
    priceItemId: z.string(),
    periodType: periodType.nullable(),
    mode: priceMode,
    /** brackets (from, to]; `to` null = unbounded. A flat price is one bracket. */
    brackets: z.array(z.object({ from: z.number(), to: z.number().nullable(), unitPrice: z.string() })),
    currency: z.string(),
    /** pay-per-use: what is counted (C30); null = the one thing that the specification counts */
    chargeItem: z.object({ code: z.string(), name: localized, unit: localized }).nullable(),
  })
  .openapi('PriceItem');

export const sku = z
  .object({
    skuCode: z.string(),
    attributes: z.array(z.object({ code: z.string(), name: localized, value: localized })),
    status: z.enum(['ON_SALE', 'STOPPED']),
    /** pieces left (C50); null = not counted */
    available: z.number().int().nullable(),
    prices: z.array(priceItem),
  })
  .openapi('Sku');

export const specification = z
  .object({
    specificationId: z.string(),
    name: localized,
    chargingMode,
    status: z.enum(['ON_SALE', 'STOPPED']),
    linearAttribute: linearAttribute.nullable(),
    /** free trial (C33); `blockedBy`: why this buyer can not have it */
    trial: z
      .object({ days: z.number().int(), blockedBy: z.object({ code: z.string(), message: localized }).nullable() })
      .nullable(),
    /** upgrade and scale-out while it runs (C25) */
    changeable: z.boolean(),
    /** a quota for a time (C31, C32); exactly for ON_DEMAND_PKG */
    package: z
      .object({
        validity: z.object({ type: periodType, number: z.number().int() }),
        quota: z.string(),
        unit: localized,
        resetting: z.enum(['hour', 'day', 'week', 'month']).nullable(),
        stopWhenUsedUp: z.boolean(),
      })
      .nullable(),
    /** when usage is billed (C30); exactly for ON_DEMAND */
    usageCycle: z.enum(['hour', 'day']).nullable(),
    /** images: prices are for one vCPU of the server chosen (L34) */
    perVcpu: z.boolean(),
    /** only by its own link (C42) */
    hidden: z.boolean(),
    /** why this buyer can not order it, whatever he chooses (C45); null = can */
    blockedBy: z.object({ code: z.string(), message: localized }).nullable(),
    skus: z.array(sku),
  })
  .openapi('Specification');

export const productCard = z
  .object({
    goodsId: z.string(),
    name: localized,
    summary: localized,
    sellerName: z.string(),
    accessType: z.string(),
    chargingModes: z.array(chargingMode),
    /** lowest price for one period at the minimum quantity (catalogue.md 12.2) */
    priceFrom: z
      .object({
        money,
        periodType: periodType.nullable(),
        /** what one unit costs that is used; only if nothing has a price before it is used */
        perUse: z.boolean(),
      })
      .nullable(),
  })
  .openapi('ProductCard');

export const product = productCard
  .extend({
    version: z.number().int(),
    status: z.enum(['ON_SALE', 'TRADE_FROZEN', 'STOPPED', 'WITHDRAWN']),
    description: localized,
    highlights: z.array(localized),
    usageGuide: localized,
    support: z.object({ hours: localized, phone: z.string(), email: z.string() }),
    agreement: localized,
    supervised: z.boolean(),
    /** B-61: its subscriptions may renew themselves */
    renewsItself: z.boolean(),
    specifications: z.array(specification),
    /** what the seller asks the buyer when ordering, at most three (openapi.md 5.1) */
    orderParameters: z.array(z.object({ name: z.string(), label: localized, required: z.boolean() })),
    /** why this user can not buy it now; null = can */
    blockedBy: z.object({ code: z.string(), message: localized }).nullable(),
  })
  .openapi('Product');

export const quoteQuery = z.object({
  priceItemId: z.string().min(1).max(64),
  quantity: z.coerce.number().int().min(1).max(9_999_999).optional(),
  periodNumber: z.coerce.number().int().min(1).max(99).optional(),
  /** images per vCPU: of the flavour chosen */
  vcpus: z.coerce.number().int().min(1).max(1_024).optional(),
  /** an offer of the buyer's, by its id (C53) */
  offerId: z.string().min(1).max(64).optional(),
  /** a voucher of the buyer's */
  voucherId: z.string().min(1).max(64).optional(),
});
/** What was taken off a list price, and by what. */
export const deduction = z
  .object({ kind: z.enum(['OFFER', 'VOUCHER']), id: z.string(), amount: money })
  .openapi('Deduction');
export const quote = z
  .object({
    priceItemId: z.string(),
    quantity: z.number().int(),
    periodType: periodType.nullable(),
    periodNumber: z.number().int().nullable(),
    listAmount: money,
    /** listAmount − Σ deductions */
    amount: money,
    deductions: z.array(deduction),
    derivation: z.array(derivationStep),
    /** why it can not be ordered although it has this price (C45): region, real name, sale object, limit, stock */
    blockedBy: z.object({ code: z.string(), message: localized }).nullable(),
  })
  .openapi('Quote');

/** Something that a query says as JSON. */
export const asJson = <T extends z.ZodType>(inner: T) =>
  z
    .string()
    .max(8_000)
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'must be JSON' });
        return z.NEVER;
      }
    })
    .pipe(inner)
    .openapi({ type: 'string' });
/** A line as its price is asked for. */
export const pricedLine = z.object({
  priceItemId: z.string().min(1).max(64),
  quantity: z.number().int().min(1).max(9_999_999).optional(),
  periodNumber: z.number().int().min(1).max(99).optional(),
  vcpus: z.number().int().min(1).max(1_024).optional(),
});
export const pricedLines = asJson(z.array(pricedLine).min(1).max(20));
export const orderQuotesQuery = z.object({
  lines: pricedLines,
  offerId: z.string().min(1).max(64).optional(),
  voucherId: z.string().min(1).max(64).optional(),
});
export const orderQuotes = z.object({ items: z.array(quote) });

// --- orders -------------------------------------------------------------------------------------------------

export const orderState = z.enum([
  'PENDING_APPROVAL',
  'PENDING_PAYMENT',
  'PROCESSING',
  'REFUNDING',
  'REFUNDED',
  'COMPLETED',
  'CANCELLED',
]);
export const orderLineState = z.enum([
  'WAITING',
  'CALLING',
  'QUERYING',
  'SUPERVISING',
  'FULFILLED',
  'FAILED',
  'REFUNDED',
  'CLOSED',
]);
export const orderType = z.enum(['NEW', 'TRIAL', 'TRIAL_TO_FORMAL', 'RENEW', 'CHANGE', 'UNSUBSCRIBE']);

export const orderLineInput = z.object({
  priceItemId: z.string().min(1).max(64),
  quantity: z.number().int().min(1).max(9_999_999).optional(),
  periodNumber: z.number().int().min(1).max(99).optional(),
  /** images: where it is to run, and the size of the server (L30, L34) */
  regionId: z.string().min(1).max(64).optional(),
  vcpus: z.number().int().min(1).max(1_024).optional(),
  parameters: z
    .array(z.object({ name: z.string().min(1).max(64), value: z.string().max(1024) }))
    .max(3)
    .default([]),
  /** it renews itself from its opening on (B-25); only what is bought by month or year, else RENEWAL_NOT_ALLOWED */
  autoRenew: z.boolean().default(false),
});
export const createOrder = z.object({
  /** 30 packages that stop when used up fit into one order (C32) */
  lines: z.array(orderLineInput).min(1).max(30),
  /** amount the buyer saw; another price now is refused with PRICE_CHANGED (B-29) */
  expectedAmount: z
    .string()
    .regex(/^\d{1,15}(\.\d{1,4})?$/)
    .optional(),
  /** one offer, one voucher (C53) */
  offerId: z.string().min(1).max(64).optional(),
  voucherId: z.string().min(1).max(64).optional(),
  /** account of the distributor who brought the buyer (C55); an offer's own one goes first */
  distributorId: z.string().min(1).max(64).optional(),
  /** hardware: where it is sent (L37); kept sealed */
  receiver: z
    .object({
      name: z.string().trim().min(1).max(64),
      phone: z
        .string()
        .trim()
        .regex(/^\+?[\d\- ]{5,20}$/),
      address: z.string().trim().min(1).max(300),
    })
    .optional(),
  /** both agreements ticked (B-26) */
  agreementsAccepted: z.literal(true),
});
export const orderLine = z
  .object({
    orderLineId: z.string(),
    state: orderLineState,
    goodsId: z.string(),
    productName: localized,
    specificationName: localized,
    skuCode: z.string(),
    priceItemId: z.string(),
    chargingMode,
    periodType: periodType.nullable(),
    periodNumber: z.number().int().nullable(),
    quantity: z.number().int(),
    linearAttribute: linearAttribute.nullable(),
    listAmount: money,
    amount: money,
    deductions: z.array(deduction),
    derivation: z.array(derivationStep),
    parameters: z.array(z.object({ name: z.string(), value: z.string() })),
    expireAt: instant.nullable(),
    sellerId: z.string(),
    sellerName: z.string(),
    /** our id of the instance, once there is one */
    resourceId: z.string().nullable(),
  })
  .openapi('OrderLine');
export const order = z
  .object({
    orderId: z.string(),
    orderType,
    state: orderState,
    buyerId: z.string(),
    buyerName: z.string(),
    amount: money,
    createdAt: instant,
    paidAt: instant.nullable(),
    completedAt: instant.nullable(),
    /** unpaid orders: when the system cancels it (C24) */
    cancelAt: instant.nullable(),
    traceId: z.string(),
    /** what paid it (B-33); empty where the balance alone did, while unpaid, and for sellers */
    payment: z.array(z.object({ instrument: z.enum(INSTRUMENTS), purseId: z.string().nullable(), amount: money })),
    lines: z.array(orderLine),
  })
  .openapi('Order');
export const orderQuery = pageQuery.extend({
  state: orderState.optional(),
  orderId: z.string().max(64).optional(),
  product: z.string().max(100).optional(),
  from: askedInstant.optional(),
  to: askedInstant.optional(),
});
export const orderPage = page(order).openapi('OrderPage');

/** One entry of the record page's timeline: what happened, when, with its evidence. */
export const timelineEntry = z
  .object({
    at: instant,
    kind: z.enum(['order', 'money', 'call', 'instance', 'access']),
    title: localized,
    detail: localized.nullable(),
    outcome: z.enum(['ok', 'failed', 'waiting', 'info']),
    /** where the evidence is: id of a call, an entry of the ledger … */
    ref: z.object({ kind: z.enum(['call', 'ledger', 'instance', 'order', 'refund']), id: z.string() }).nullable(),
  })
  .openapi('TimelineEntry');
export const timeline = z.object({ items: z.array(timelineEntry) }).openapi('Timeline');

export const wallet = z.object({ balance: money }).openapi('Wallet');
export const topUp = z.object({ amount: z.string().regex(/^\d{1,12}(\.\d{1,2})?$/) });

// --- purchased services -------------------------------------------------------------------------------------

export const instanceState = z.enum([
  'PROVISIONING',
  'TRIAL',
  'ACTIVE',
  'CHANGING',
  'GRACE',
  'FROZEN',
  'VIOLATION_FROZEN',
  'RELEASING',
  'RELEASED',
  'FAILED',
]);
/** What happens at expiry: renewed by hand, automatically, or not at all (B-62). */
export const expiryPolicy = z.enum(['MANUAL', 'AUTO', 'NONE']);
export const instance = z
  .object({
    resourceId: z.string(),
    /** the seller's id; null until the seller gave one */
    instanceId: z.string().nullable(),
    state: instanceState,
    goodsId: z.string(),
    productName: localized,
    specificationName: localized,
    chargingMode,
    quantity: z.number().int(),
    linearAttribute: linearAttribute.nullable(),
    orderId: z.string(),
    orderLineId: z.string(),
    buyerId: z.string(),
    buyerName: z.string(),
    sellerId: z.string(),
    sellerName: z.string(),
    createdAt: instant,
    startedAt: instant.nullable(),
    expireAt: instant.nullable(),
  })
  .openapi('Instance');
export const instanceQuery = pageQuery.extend({
  state: instanceState.optional(),
  product: z.string().max(100).optional(),
  expiryPolicy: expiryPolicy.optional(),
  /** those that end within so many days */
  endsWithinDays: z.coerce.number().int().min(0).max(366).optional(),
});
export const instancePage = page(instance).openapi('InstancePage');

export const resourceDetails = z
  .object({
    instance,
    /** application info (B-43); null until the seller delivered it */
    access: z
      .object({
        frontEndUrl: z.string(),
        adminUrl: z.string().nullable(),
        userName: z.string().nullable(),
        /** true = there is one; its text comes only by a password reveal (B-44) */
        hasPassword: z.boolean(),
        memo: z.string().nullable(),
        /** when the seller last gave these values */
        fetchedAt: instant,
        /** true = the seller did not answer just now, these are the last known values (B-45) */
        stale: z.boolean(),
      })
      .nullable(),
    usageGuide: localized,
    support: z.object({ hours: localized, phone: z.string(), email: z.string() }),
  })
  .openapi('ResourceDetails');
export const revealedPassword = z.object({ password: z.string() }).openapi('RevealedPassword');

// --- seller calls (production-interface messages, S-26 … S-29) ------------------------------------------------

export const callState = z.enum(['DUE', 'RUNNING', 'SUCCEEDED', 'STOPPED', 'RESOLVED']);
export const sellerCall = z
  .object({
    callId: z.string(),
    activity: z.string(),
    protocol: z.string(),
    state: callState,
    /** shown as "restarted": a person pressed Restart and its outcome is not known yet */
    restarted: z.boolean(),
    orderId: z.string(),
    orderLineId: z.string(),
    instanceId: z.string().nullable(),
    goodsId: z.string(),
    productName: localized,
    sellerId: z.string(),
    sellerName: z.string(),
    attempts: z.number().int(),
    createdAt: instant,
    /** first or next attempt */
    nextAttemptAt: instant.nullable(),
    /** the outcome of an attempt after this ends the window (saas-v2.md 9) */
    windowEndsAt: instant,
    last: z
      .object({
        at: instant,
        httpStatus: z.number().int().nullable(),
        resultCode: z.string().nullable(),
        resultMsg: z.string().nullable(),
        durationMs: z.number().int(),
        diagnosisCode: z.string().nullable(),
        diagnosisSummary: localized.nullable(),
      })
      .nullable(),
    /** why Restart is not offered; null = offered */
    restartBlockedBy: z.object({ code: z.string(), message: localized }).nullable(),
    /** a person stopped it or did by hand what it was for */
    closed: z.object({ by: z.string(), reason: z.string() }).nullable(),
    traceId: z.string(),
  })
  .openapi('SellerCall');
export const callQuery = pageQuery.extend({
  cursor: uuidCursor,
  state: callState.optional(),
  activity: z.string().max(32).optional(),
  protocol: z.string().max(32).optional(),
  orderId: z.string().max(64).optional(),
  instanceId: z.string().max(64).optional(),
  goodsId: z.string().max(64).optional(),
  from: askedInstant.optional(),
  to: askedInstant.optional(),
});
export const callPage = page(sellerCall).openapi('SellerCallPage');

const headers = z.array(z.object({ name: z.string(), value: z.string() }));
export const callAttempt = z
  .object({
    attempt: z.number().int(),
    /** system, or the user who pressed Restart */
    actor: z.string(),
    startedAt: instant,
    durationMs: z.number().int(),
    outcome: z.enum(['ok', 'accepted', 'pending', 'failed']),
    httpStatus: z.number().int().nullable(),
    resultCode: z.string().nullable(),
    resultMsg: z.string().nullable(),
    /** secrets are masked in both; null = older than the newest 20 attempts, whose messages alone are listed */
    request: z.object({ method: z.string(), url: z.string(), headers, body: z.string() }).nullable(),
    /** null = older, too, or the seller gave no answer */
    response: z.object({ headers, body: z.string(), truncated: z.boolean() }).nullable(),
    diagnosis: z.array(diagnosis),
  })
  .openapi('CallAttempt');
export const sellerCallDetails = z
  .object({ call: sellerCall, attempts: z.array(callAttempt) })
  .openapi('SellerCallDetails');

// --- operator -----------------------------------------------------------------------------------------------

export const overview = z
  .object({
    orders: z.array(z.object({ state: orderState, count: z.number().int() })),
    instances: z.array(z.object({ state: instanceState, count: z.number().int() })),
    calls: z.array(z.object({ state: callState, count: z.number().int() })),
    /** attempts in the last 24 hours by outcome, one element an hour, oldest first */
    callsByOutcome: z.array(
      z.object({
        hour: instant,
        ok: z.number().int(),
        pending: z.number().int(),
        failed: z.number().int(),
      }),
    ),
    tasks: z.object({
      due: z.number().int(),
      running: z.number().int(),
      overdue: z.number().int(),
      failed: z.number().int(),
    }),
    ledger: z.object({ balanced: z.boolean(), debits: z.string(), credits: z.string() }),
  })
  .openapi('Overview');

export const task = z
  .object({
    taskId: z.string(),
    /** `seller-call` or the kind of a marketplace task such as `ordering.cancel-unpaid` */
    kind: z.string(),
    subject: z.string(),
    state: z.enum(['DUE', 'RUNNING', 'SUCCEEDED', 'STOPPED', 'RESOLVED']),
    dueAt: instant,
    attempts: z.number().int(),
    lastError: z.string().nullable(),
    leaseUntil: instant.nullable(),
  })
  .openapi('Task');
export const taskQuery = pageQuery.extend({
  cursor: uuidCursor,
  state: task.shape.state.optional(),
  kind: z.string().max(64).optional(),
});
export const taskPage = page(task).openapi('TaskPage');

// --- search -------------------------------------------------------------------------------------------------

export const searchQuery = z.object({ q: z.string().trim().min(1).max(100) });
export const searchHit = z.object({
  kind: z.enum(['order', 'instance', 'call', 'product']),
  id: z.string(),
  title: localized,
  state: z.string().nullable(),
});
export const searchResult = z.object({ items: z.array(searchHit) }).openapi('SearchResult');

// --- types for the console ----------------------------------------------------------------------------------

export type Localized = z.infer<typeof localized>;
export type MoneyView = z.infer<typeof money>;
export type Problem = z.infer<typeof problem>;
export type DerivationStepView = z.infer<typeof derivationStep>;
export type DiagnosisView = z.infer<typeof diagnosis>;
export type SessionView = z.infer<typeof session>;
export type MetaView = z.infer<typeof meta>;
export type ProductCardView = z.infer<typeof productCard>;
export type ProductView = z.infer<typeof product>;
export type SpecificationView = z.infer<typeof specification>;
export type SkuView = z.infer<typeof sku>;
export type PriceItemView = z.infer<typeof priceItem>;
export type QuoteView = z.infer<typeof quote>;
export type CreateOrder = z.input<typeof createOrder>;
export type OrderView = z.infer<typeof order>;
export type OrderLineView = z.infer<typeof orderLine>;
export type TimelineEntryView = z.infer<typeof timelineEntry>;
export type WalletView = z.infer<typeof wallet>;
export type InstanceView = z.infer<typeof instance>;
export type ResourceDetailsView = z.infer<typeof resourceDetails>;
export type SellerCallView = z.infer<typeof sellerCall>;
export type CallAttemptView = z.infer<typeof callAttempt>;
export type SellerCallDetailsView = z.infer<typeof sellerCallDetails>;
export type OverviewView = z.infer<typeof overview>;
export type TaskView = z.infer<typeof task>;
export type SearchHitView = z.infer<typeof searchHit>;
export type Page<T> = { items: T[]; nextCursor: string | null };
