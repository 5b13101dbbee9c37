/**
 * What the console API says and hears about production addresses, keys, debugging and probes (S-20 … S-23, O-10).
 * Parameters of a debugging call are texts, as they are typed.
 */
import { z } from 'zod';
import { decodeCursor } from '../../platform/http/cursor.ts';
import { isUuid } from '../../platform/uuid.ts';
import { diagnosis, instant, localized, pageQuery } from './schemas.ts';

const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });

// --- addresses and keys ---------------------------------------------------------------------------------------

export const interfaceClass = z.enum(['BASE', 'KIT', 'LICENSE', 'GENERAL']);
export const accessKey = z
  .object({
    keyId: z.string(),
    interfaceClass,
    createdAt: instant,
    /** origins that it is bound to */
    boundTo: z.array(z.string()),
  })
  .openapi('AccessKey');
export const productionAddress = z
  .object({
    addressId: z.string(),
    /** scheme and domain */
    origin: z.string(),
    state: z.enum(['VERIFIED', 'UNVERIFIED']),
    /** LOCAL: an address of this machine, which needs no proof in a sandbox */
    verifiedBy: z.enum(['FILE', 'DNS', 'LOCAL']).nullable(),
    /** a look for the proof is under way */
    checking: z.boolean(),
    checkedAt: instant.nullable(),
    /** what the last look found instead of the proof */
    fault: localized.nullable(),
    /** either of both proves the address */
    proof: z.object({ token: z.string(), fileUrl: z.string(), dnsName: z.string() }),
    keys: z.array(z.object({ interfaceClass, keyId: z.string(), boundAt: instant })),
    /** products that are delivered from there */
    products: z.array(z.object({ goodsId: z.string(), name: localized })),
  })
  .openapi('ProductionAddress');
export const addressBook = z
  .object({ addresses: z.array(productionAddress), keys: z.array(accessKey) })
  .openapi('AddressBook');
export const newAddress = z.strictObject({ origin: z.string().trim().min(1).max(255) });
export const newAccessKey = z.strictObject({ interfaceClass });
export const keyBinding = z.strictObject({
  interfaceClass,
  keyId: z.string().min(1).max(64),
  /** without it, KEY_IN_USE tells how many live products would change their key */
  confirmed: z.boolean().default(false),
});
export const shownKey = z.object({ accessKey: z.string() });

// --- debugging ------------------------------------------------------------------------------------------------

const requiredCase = z.object({
  key: z.string(),
  activity: z.string(),
  /** what the case has to show beyond the interface */
  variant: localized.nullable(),
  done: z.boolean(),
});
export const debugProduct = z
  .object({
    goodsId: z.string(),
    name: localized,
    status: z.string(),
    protocol: z.string(),
    productionUrl: z.string(),
    keyId: z.string(),
    required: z.array(requiredCase),
  })
  .openapi('DebugProduct');
export const debugProducts = z.object({ items: z.array(debugProduct) });
export const debugBench = debugProduct
  .extend({
    interfaces: z.array(
      z.object({
        activity: z.string(),
        fields: z.array(
          z.object({
            name: z.string(),
            required: z.boolean(),
            preset: z.string(),
            maximum: z.number().int(),
            choices: z.array(z.string()).nullable(),
            /** emptied, it is sent as an empty value instead of being left out */
            sentEmpty: z.boolean(),
          }),
        ),
      }),
    ),
    /** other verified addresses that may be called */
    addresses: z.array(z.object({ addressId: z.string(), origin: z.string() })),
  })
  .openapi('DebugBench');

const parameters = z
  .record(z.string().max(64), z.string().max(7_000))
  .refine((members) => Object.keys(members).length <= 40, 'at most 40 parameters');
export const debugInput = z.strictObject({
  activity: z.string().min(1).max(32),
  parameters,
  /** null = the product's own production address */
  target: z
    .strictObject({ addressId: z.string().max(64), path: z.string().max(512) })
    .nullable()
    .default(null),
});
export const startRun = debugInput.extend({ save: z.boolean().default(false) });
export const generatedRequest = z
  .object({ curl: z.string(), method: z.string(), url: z.string(), body: z.string().nullable() })
  .openapi('GeneratedRequest');

const headers = z.array(z.object({ name: z.string(), value: z.string() }));
export const debugRun = z
  .object({
    runId: z.string(),
    goodsId: z.string(),
    activity: z.string(),
    parameters: z.record(z.string(), z.string()),
    url: z.string(),
    /** RUNNING until its outcome is known */
    state: z.enum(['RUNNING', 'PASSED', 'FAILED']),
    /** the case that it was of, or that it was saved as */
    caseId: z.string().nullable(),
    actor: z.string(),
    startedAt: instant,
    durationMs: z.number().int().nullable(),
    httpStatus: z.number().int().nullable(),
    resultCode: z.string().nullable(),
    resultMsg: z.string().nullable(),
    /** in the debugger's order, with the words of saas-v2.md 1.6 */
    checks: z.array(
      z.object({
        check: z.enum([
          'REACHABLE',
          'IN_TIME',
          'HTTP_STATUS',
          'CONTENT_TYPE',
          'BODY_SIGN',
          'SIGNATURE',
          'BODY',
          'RESULT_CODE',
          'MEMBERS',
          'LENGTHS',
          'ACCOUNT_DATA',
          'REPEATABLE',
        ]),
        outcome: z.enum(['ok', 'failed', 'not-reached']),
        message: localized.nullable(),
      }),
    ),
    diagnosis: z.array(diagnosis),
    /** secrets are masked in both */
    request: z.object({ method: z.string(), url: z.string(), headers, body: z.string() }).nullable(),
    response: z.object({ headers, body: z.string(), truncated: z.boolean() }).nullable(),
  })
  .openapi('DebugRun');

export const debugCase = z
  .object({
    caseId: z.string(),
    goodsId: z.string(),
    productName: localized,
    activity: z.string(),
    parameters: z.record(z.string(), z.string()),
    url: z.string(),
    savedBy: z.string(),
    savedAt: instant,
    /** its newest run after it was saved, by hand or by a probe */
    last: z.object({ runId: z.string(), at: instant, state: z.enum(['RUNNING', 'PASSED', 'FAILED']) }).nullable(),
  })
  .openapi('DebugCase');
export const caseQuery = pageQuery.extend({
  goodsId: z.string().max(64).optional(),
  cursor: z
    .string()
    .max(200)
    .refine((text) => isUuid(decodeCursor(text)?.id), 'is not a cursor of this list')
    .optional(),
});
export const casePage = page(debugCase).openapi('DebugCasePage');
export const deletedCase = z.object({ caseId: z.string() });

// --- probes ---------------------------------------------------------------------------------------------------

const slot = z.enum(['MORNING', 'AFTERNOON', 'MANUAL']);
const outcome = z.enum(['RUNNING', 'PASSED', 'FAILED']);
export const probeRound = z.object({
  roundId: z.string(),
  /** yyyy-MM-dd on the site's calendar */
  day: z.string(),
  slot,
  startedAt: instant,
  state: outcome,
  runs: z.array(z.object({ runId: z.string(), activity: z.string(), state: outcome, message: localized.nullable() })),
});
export const probedProduct = z
  .object({
    goodsId: z.string(),
    productName: localized,
    sellerId: z.string(),
    sellerName: z.string(),
    status: z.string(),
    cases: z.number().int(),
    /** days in a row whose last probe failed; at `failingDaysLimit` trading is frozen */
    failingDays: z.number().int(),
    failingDaysLimit: z.number().int(),
    /** this month, failed by the interface: of the product, and of all products of its seller */
    failedOrders: z.number().int(),
    sellerFailedOrders: z.number().int(),
    failedOrdersLimit: z.number().int(),
    flagged: z.boolean(),
    nextProbeAt: instant.nullable(),
    running: z.boolean(),
    /** today's outcome an interface; null = not probed (yet) */
    today: z.array(
      z.object({
        activity: z.string(),
        morning: outcome.nullable(),
        afternoon: outcome.nullable(),
        manual: outcome.nullable(),
      }),
    ),
    lastRound: probeRound.nullable(),
    /** why trading was frozen last, while it is */
    frozen: z.object({ by: z.string(), reason: z.string(), at: instant }).nullable(),
  })
  .openapi('ProbedProduct');
export const probeQuery = pageQuery;
export const probePage = page(probedProduct).openapi('ProbedProductPage');
export const probeDetails = z
  .object({
    product: probedProduct,
    rounds: z.array(probeRound),
    sanctions: z.array(
      z.object({ kind: z.enum(['FREEZE', 'UNFREEZE']), by: z.string(), reason: z.string(), at: instant }),
    ),
  })
  .openapi('ProbeDetails');
export const sanction = z.strictObject({ reason: z.string().trim().min(1).max(500) });

export type AddressBookView = z.infer<typeof addressBook>;
export type ProductionAddressView = z.infer<typeof productionAddress>;
export type AccessKeyView = z.infer<typeof accessKey>;
export type InterfaceClassView = z.infer<typeof interfaceClass>;
export type DebugProductView = z.infer<typeof debugProduct>;
export type DebugBenchView = z.infer<typeof debugBench>;
export type DebugInputView = z.input<typeof debugInput>;
export type GeneratedRequestView = z.infer<typeof generatedRequest>;
export type DebugRunView = z.infer<typeof debugRun>;
export type DebugCaseView = z.infer<typeof debugCase>;
export type ProbedProductView = z.infer<typeof probedProduct>;
export type ProbeRoundView = z.infer<typeof probeRound>;
export type ProbeDetailsView = z.infer<typeof probeDetails>;
