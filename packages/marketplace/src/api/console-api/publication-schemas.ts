/**
 * What the console API says and hears about publication: drafts, applications, reviews, the product behind its page,
 * import and export (catalogue.md 8, consoles-and-processes.md 3.4, 4.1).
 */
import { z } from 'zod';
import {
  ACCESS_TYPES,
  CHARGING_MODES,
  draftContent,
  draftInterface,
  fileRef,
  LICENSE_VARIANTS,
  PROTOCOLS,
  SECTIONS,
} from '../../catalog/index.ts';
import { instant, localized, pageQuery, uuidCursor } from './schemas.ts';

const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), nextCursor: z.string().nullable() });
const id = z.string().min(1).max(64);
const reason = z.string().trim().min(1).max(500);

export const accessType = z.enum(ACCESS_TYPES);
export const licenseVariant = z.enum(LICENSE_VARIANTS);
export const productClass = z.enum(['GENERAL', 'JOINT', 'YANXUAN', 'YANXUAN_SELF', 'HUAWEI']);
export const productStatus = z.enum([
  'DRAFT',
  'IN_REVIEW',
  'REJECTED',
  'ON_SALE',
  'TRADE_FROZEN',
  'STOPPED',
  'WITHDRAWN',
]);
export const partStatus = z.enum(['ON_SALE', 'STOPPED']);
export const visibility = z.enum(['PUBLIC', 'HIDDEN']);
export const publicationSection = z.enum(SECTIONS);
export const applicationKind = z.enum(['NEW', 'CHANGE', 'REMOVAL']);
export const applicationState = z.enum(['PENDING', 'APPROVED', 'REJECTED', 'WITHDRAWN']);

/** What is wrong with a draft: where, by which rule, in words. */
export const draftFault = z
  .object({
    /** member of the content (`specifications.0.skus.3.prices.1.brackets.0.unitPrice`), `interface…` or `product` */
    path: z.string(),
    rule: z.string(),
    message: localized,
    section: publicationSection,
    /** HINT: may be submitted so (a cheaper bracket, an older product without delivery template) */
    severity: z.enum(['FAULT', 'HINT']),
  })
  .openapi('DraftFault');

export const sectionReason = z.object({ section: publicationSection, reason });

// --- applications -------------------------------------------------------------------------------------------

export const applicationCard = z
  .object({
    applicationId: z.string(),
    goodsId: z.string(),
    kind: applicationKind,
    state: applicationState,
    name: localized,
    accessType,
    class: productClass,
    seller: z.object({ sellerId: z.string(), name: z.string() }),
    submittedAt: instant,
    submittedBy: z.string(),
    /** end of the third working day; later than that it is overdue (S-31, O-8) */
    dueAt: instant,
    overdue: z.boolean(),
    decidedAt: instant.nullable(),
    decidedBy: z.string().nullable(),
    /** of a rejection, per section (O-4) */
    reasons: z.array(sectionReason),
    comment: z.string(),
    /** version that the approval made */
    version: z.number().nullable(),
  })
  .openapi('ApplicationCard');
export const applicationPage = page(applicationCard);

/** One difference of two versions. Parts with ids are paired by id, not by place. */
export const contentDifference = z
  .object({
    /** of the newer side; of a removed part of the older side */
    path: z.string(),
    kind: z.enum(['ADDED', 'REMOVED', 'CHANGED']),
    section: publicationSection,
    /** names of specification, SKU, price that the path leads through, for people */
    about: z.array(localized),
    /** JSON values; null = absent */
    before: z.unknown(),
    after: z.unknown(),
  })
  .openapi('ContentDifference');

export const removal = z.object({
  /** both empty = the whole product (S-37) */
  specificationIds: z.array(z.string()),
  skuCodes: z.array(z.string()),
  reason: z.string(),
  proof: z.array(fileRef),
});

export const application = applicationCard
  .extend({
    /** proposed; of a removal the content as it is */
    content: draftContent,
    interface: draftInterface,
    /** what is on sale now; null for a new product */
    released: draftContent.nullable(),
    differences: z.array(contentDifference),
    /** the draft judged again now: what changed since it was submitted */
    faults: z.array(draftFault),
    removal: removal.nullable(),
    /** instances that run now; they go on after a removal (O-5) */
    runningInstances: z.number(),
    mayDecide: z.boolean(),
    /** four eyes: you submitted it yourself (O-7) */
    decisionBlockedBy: z.object({ rule: z.string(), message: localized }).nullable(),
  })
  .openapi('Application');

export const applicationQuery = pageQuery.extend({
  cursor: uuidCursor,
  state: applicationState.optional(),
  kind: applicationKind.optional(),
  goodsId: id.optional(),
});
/** Operator's queue: pending ones, those due first at the head (O-8). */
export const reviewQueue = z.object({ items: z.array(applicationCard), overdue: z.number(), total: z.number() });
export const reviewQuery = z.object({ kind: applicationKind.optional(), accessType: accessType.optional() });

export const decision = z
  .strictObject({
    approve: z.boolean(),
    /** of a rejection: at least one */
    reasons: z.array(sectionReason).max(10).default([]),
    comment: z.string().trim().max(2_000).default(''),
  })
  .refine((body) => body.approve || body.reasons.length > 0, 'O-4: a rejection names its reasons');

// --- drafts -------------------------------------------------------------------------------------------------

export const newDraft = z.strictObject({
  accessType,
  licenseVariant: licenseVariant.nullable().default(null),
  class: productClass.default('GENERAL'),
  /** content of another own product to begin with */
  copyOf: id.nullable().default(null),
});
export const savedDraft = z.strictObject({
  /** the revision that was read; another one refuses DRAFT_CHANGED with facts.revision */
  revision: z.number().int().min(1),
  content: draftContent,
  interface: draftInterface,
});
export const submission = z.strictObject({ revision: z.number().int().min(1) });

export const draft = z
  .object({
    goodsId: z.string(),
    /** NEW until the product was approved once */
    kind: z.enum(['NEW', 'CHANGE']),
    status: productStatus,
    revision: z.number(),
    savedAt: instant,
    savedBy: z.string(),
    /** with the ids that the server gave: take them over */
    content: draftContent,
    interface: draftInterface,
    /** version that the change started from; null for a new product */
    baseVersion: z.number().nullable(),
    released: draftContent.nullable(),
    faults: z.array(draftFault),
    /** why the last submission came back */
    lastRejected: applicationCard.nullable(),
    /** while one is open the draft can be written but not submitted (C40) */
    openApplication: applicationCard.nullable(),
    /** members that a change may not touch (C37), as paths; `specifications.*.chargingMode` where specifications are meant */
    fixed: z.array(z.string()),
  })
  .openapi('Draft');
export const draftSaved = z.object({
  revision: z.number(),
  savedAt: instant,
  content: draftContent,
  interface: draftInterface,
  faults: z.array(draftFault),
});

/** What the form offers: types of the site with what they may do, addresses, assets, attribute definitions. */
export const accessTypeRules = z.object({
  accessType,
  licenseVariant: licenseVariant.nullable(),
  traded: z.boolean(),
  chargingModes: z.array(z.enum(CHARGING_MODES)),
  trial: z.boolean(),
  multiSku: z.boolean(),
  quantity: z.enum(['ALWAYS', 'MAY', 'NEVER']),
  supervision: z.enum(['ALWAYS', 'NEVER', 'CHOICE']),
  template: z.boolean(),
  protocols: z.array(z.enum(PROTOCOLS)),
  asset: z.string().nullable(),
  deliveryDays: z.boolean(),
  stock: z.boolean(),
});
export const attributeDefinition = z
  .object({
    attributeId: z.string(),
    type: z.enum(['QUANTITY', 'ENUMERATION']),
    code: z.string(),
    name: localized,
    description: z.string(),
  })
  .openapi('AttributeDefinition');
export const attributeInput = z.strictObject({
  type: z.enum(['QUANTITY', 'ENUMERATION']),
  code: z
    .string()
    .trim()
    .regex(/^[A-Za-z][A-Za-z0-9_]{0,31}$/, 'a letter, then letters, digits, _'),
  name: z.strictObject({ zh: z.string().trim().min(1).max(64), en: z.string().trim().min(1).max(64) }),
  description: z.string().trim().max(500).default(''),
});
export const attributeQuery = z.object({
  /** part of the name in either language, or of the code (C6) */
  q: z.string().trim().max(64).optional(),
  type: z.enum(['QUANTITY', 'ENUMERATION']).optional(),
});
export const attributeList = z.object({ items: z.array(attributeDefinition) });
export const publicationForm = z
  .object({
    site: z.enum(['CN', 'INTL', 'EU']),
    currency: z.enum(['CNY', 'USD', 'EUR']),
    accessTypes: z.array(accessTypeRules),
    /** verified addresses of the seller; a key signs the calls when one is bound */
    origins: z.array(z.object({ origin: z.string(), keyBound: z.boolean() })),
    attributes: z.array(attributeDefinition),
  })
  .openapi('PublicationForm');

// --- products of the seller ---------------------------------------------------------------------------------

export const ownProductQuery = pageQuery.extend({
  /** part of the name in either language, or the whole id */
  q: z.string().trim().max(100).optional(),
  accessType: accessType.optional(),
  class: productClass.optional(),
  status: productStatus.optional(),
  visibility: visibility.optional(),
});
export const ownProduct = z
  .object({
    goodsId: z.string(),
    name: localized,
    accessType,
    licenseVariant: licenseVariant.nullable(),
    class: productClass,
    status: productStatus,
    visibility,
    /** null = never approved */
    version: z.number().nullable(),
    createdAt: instant,
    seller: z.object({ sellerId: z.string(), name: z.string() }),
    hasDraft: z.boolean(),
    openApplication: z.object({ applicationId: z.string(), kind: applicationKind }).nullable(),
    /** an older product without the delivery template that is due by now (C61) */
    templateMissing: z.boolean(),
  })
  .openapi('OwnProduct');
export const ownProductPage = page(ownProduct);

/** A rule that hides the product or blocks buying it, in words, with what to do. */
export const hiddenBecause = z
  .object({
    rule: z.string(),
    code: z.string(),
    effect: z.enum(['HIDDEN', 'BLOCKED', 'LIMITED']),
    specificationId: z.string().nullable(),
    message: localized,
  })
  .openapi('HiddenBecause');

export const productBehind = ownProduct
  .extend({
    content: draftContent,
    interface: draftInterface,
    sellerShare: z.string(),
    /** states and visibility of the parts */
    specifications: z.array(
      z.object({
        specificationId: z.string(),
        status: partStatus,
        visibility,
        skus: z.array(z.object({ skuCode: z.string(), status: partStatus })),
      }),
    ),
    versions: z.array(z.object({ version: z.number(), approvedAt: instant, approvedBy: z.string().nullable() })),
    whyHidden: z.array(hiddenBecause),
    /** newest month first; amounts of paid, not refunded lines */
    sales: z.array(z.object({ month: z.string(), orders: z.number(), amount: z.string(), currency: z.string() })),
    /** null = nobody is called for it, or no case was saved */
    health: z
      .object({
        cases: z.number(),
        failingDays: z.number(),
        failedOrders: z.number(),
        flagged: z.boolean(),
        lastRound: z.object({ at: instant, state: z.string() }).nullable(),
      })
      .nullable(),
    applications: z.array(applicationCard),
    /** what the person who looks may do now */
    may: z.object({
      change: z.boolean(),
      remove: z.boolean(),
      show: z.boolean(),
      freeze: z.boolean(),
      release: z.boolean(),
      withdraw: z.boolean(),
    }),
  })
  .openapi('ProductBehind');
export const productVersion = z
  .object({ version: z.number(), approvedAt: instant, content: draftContent })
  .openapi('ProductVersion');
export const differenceQuery = z.object({ from: z.coerce.number().int().min(1), to: z.coerce.number().int().min(1) });
export const differences = z.object({ items: z.array(contentDifference) });

export const shownOrHidden = z.strictObject({
  visibility,
  /** null = the product; public again makes all its specifications public (C42) */
  specificationId: id.nullable().default(null),
});
export const removalInput = z.strictObject({
  specificationIds: z.array(id).max(100).default([]),
  skuCodes: z.array(z.uuid()).max(400).default([]),
  reason,
  proof: z.array(fileRef).max(5).default([]),
});
export const publicationReason = z.strictObject({ reason });
export const done = z.object({ goodsId: z.string(), status: productStatus });

// --- import and export --------------------------------------------------------------------------------------

export const exportQuery = z.object({
  format: z.enum(['yaml', 'xlsx']),
  /** absent = the seller's whole catalogue; the draft of a product stands for it where there is one */
  goodsId: id.optional(),
});
export const importInput = z.strictObject({
  format: z.enum(['yaml', 'xlsx']),
  /** the file: YAML as text, XLSX as base64; a request holds 1 MiB */
  data: z.string().min(1),
  /** false = only say what would change */
  apply: z.boolean(),
});
export const importFault = z.object({
  /** sheet of the workbook; of YAML `products` */
  sheet: z.string(),
  /** row of the sheet, line of the YAML; 1-based */
  row: z.number().nullable(),
  column: z.string().nullable(),
  rule: z.string(),
  message: localized,
});
export const importResult = z
  .object({
    faults: z.array(importFault),
    products: z.array(
      z.object({
        /** null = a new product; given when it was applied */
        goodsId: z.string().nullable(),
        name: localized,
        differences: z.array(contentDifference),
        /** what would keep it from being submitted; it is imported as a draft all the same */
        draftFaults: z.array(draftFault),
      }),
    ),
    applied: z.boolean(),
  })
  .openapi('ImportResult');

/** L36; null = not on the list */
export const hardwareSellers = z.object({
  items: z.array(z.object({ sellerId: z.string(), name: z.string(), listedAt: instant.nullable() })),
});
export const hardwareListing = z.strictObject({ listed: z.boolean() });
