/** Publication (catalogue.md 8): drafts, applications and their review, versions, removal, what hides a product. */
export {
  type Application,
  type ApplicationQuery,
  applicationById,
  listApplications,
  pendingCounts,
  type Removal,
  reviewQueue,
  type SectionReason,
} from './application-store.ts';
export { applyForRemoval, type Decision, decide, submitDraft, withdrawApplication } from './applications.ts';
export { type AttributeDefinition, attributesOf, keepAttribute, removeAttribute } from './attributes.ts';
export { FIXED_MEMBERS } from './change-faults.ts';
export { draftOf } from './content.ts';
export { type ContentDifference, contentDifferences } from './difference.ts';
export {
  type Draft,
  type DraftContent,
  type DraftInterface,
  type DraftPrice,
  type DraftSku,
  type DraftSpecification,
  draftContent,
  draftInterface,
  SECTIONS,
  type Section,
  sectionOf,
} from './draft.ts';
export { draftRow, type WrittenProduct, writtenProduct } from './draft-store.ts';
export {
  type AskSurroundings,
  beginChange,
  createDraft,
  judge,
  type OpenDraft,
  openDraft,
  removeDraft,
  type Surroundings,
  saveDraft,
} from './drafts.ts';
export type { DraftFault } from './faults.ts';
export { APPLICATION_MOVES, type ApplicationKind, type ApplicationState, PRODUCT_MOVES } from './model.ts';
export { type PublicationEvents, publicationEvents } from './news.ts';
export { type OwnProduct, type OwnProductQuery, ownProducts, partsOf, versionsOf } from './own-products.ts';
export { freezeTrading, listedProducts, show, withdrawProduct, withdrawStopped } from './trading.ts';
export { type HiddenBecause, whyHidden } from './why-hidden.ts';
export { forbiddenWords } from './words.ts';
