/** Drafts, applications and products of sellers as the console shows them. */
import type { z } from 'zod';
import {
  type Application,
  type ContentDifference,
  type DraftFault,
  type DraftInterface,
  draftOf,
  FIXED_MEMBERS,
  type OpenDraft,
  type OwnProduct,
  sectionOf,
  type WrittenProduct,
} from '../../catalog/index.ts';
import { loginNames, type Scope } from '../../directory/index.ts';
import type { Executor } from '../../platform/database/database.ts';
import { namesFor } from './names.ts';
import type * as schemas from './publication-schemas.ts';

type Card = z.infer<typeof schemas.applicationCard>;
const OPERATOR = 'operator';

export const presentFault = ({ path, rule, message, severity }: DraftFault): z.infer<typeof schemas.draftFault> => ({
  path,
  rule,
  message,
  severity,
  section: sectionOf(path),
});

export const presentDifference = (each: ContentDifference): z.infer<typeof schemas.contentDifference> => ({
  path: each.path,
  kind: each.kind,
  section: sectionOf(each.path),
  about: [...each.about],
  before: each.before,
  after: each.after,
});

/** A seller reads of the marketplace's people only that the operator decided. */
export async function presentCards(
  executor: Executor,
  scope: Scope,
  applications: readonly Application[],
  now: Date,
): Promise<Card[]> {
  const names = await namesFor(
    executor,
    applications.map(({ sellerId }) => ({ buyerIds: [], sellerIds: [sellerId] })),
  );
  const users = applications.flatMap(({ submittedBy, decidedBy }) =>
    decidedBy ? [submittedBy, decidedBy] : [submittedBy],
  );
  const logins = await loginNames(executor, [...new Set(users)]);
  return applications.map((each) => ({
    applicationId: each.applicationId,
    goodsId: each.goodsId,
    kind: each.kind,
    state: each.state,
    name: each.content.name,
    accessType: each.content.accessType,
    class: each.content.class,
    seller: { sellerId: each.sellerId, name: names.seller(each.sellerId) },
    submittedAt: each.submittedAt.toISOString(),
    submittedBy: logins.get(each.submittedBy) ?? each.submittedBy,
    dueAt: each.dueAt.toISOString(),
    overdue: each.state === 'PENDING' && each.dueAt < now,
    decidedAt: each.decidedAt?.toISOString() ?? null,
    decidedBy: decider(each, scope, logins),
    reasons: [...each.reasons],
    comment: each.comment,
    version: each.version,
  }));
}

function decider({ decidedBy, state }: Application, scope: Scope, logins: ReadonlyMap<string, string>): string | null {
  if (decidedBy === null) return null;
  return scope.kind === 'seller' && state !== 'WITHDRAWN' ? OPERATOR : (logins.get(decidedBy) ?? decidedBy);
}

export async function presentDraft(
  executor: Executor,
  scope: Scope,
  { product, draft, released, faults, openApplication, lastRejected }: OpenDraft,
  now: Date,
): Promise<z.infer<typeof schemas.draft>> {
  const [open] = openApplication ? await presentCards(executor, scope, [openApplication], now) : [];
  const [rejected] = lastRejected ? await presentCards(executor, scope, [lastRejected], now) : [];
  const logins = await loginNames(executor, [draft.savedBy]);
  return {
    goodsId: product.goodsId,
    kind: product.version === 0 ? 'NEW' : 'CHANGE',
    status: product.state,
    revision: draft.revision,
    savedAt: draft.savedAt.toISOString(),
    savedBy: logins.get(draft.savedBy) ?? draft.savedBy,
    content: draft.content,
    interface: draft.interface,
    baseVersion: product.version === 0 ? null : draft.baseVersion,
    released: released && draftOf(released.content),
    faults: faults.map(presentFault),
    lastRejected: rejected ?? null,
    openApplication: open ?? null,
    fixed: released ? [...FIXED_MEMBERS] : [],
  };
}

export async function presentOwn(
  executor: Executor,
  products: readonly OwnProduct[],
): Promise<z.infer<typeof schemas.ownProduct>[]> {
  const names = await namesFor(
    executor,
    products.map(({ sellerId }) => ({ buyerIds: [], sellerIds: [sellerId] })),
  );
  return products.map(({ sellerId, state, version, createdAt, ...rest }) => ({
    ...rest,
    status: state,
    version: version === 0 ? null : version,
    createdAt: createdAt.toISOString(),
    seller: { sellerId, name: names.seller(sellerId) },
  }));
}

export const presentInterface = ({ protocol, productionUrl }: WrittenProduct): DraftInterface => ({
  protocol,
  productionUrl: productionUrl ?? '',
});
