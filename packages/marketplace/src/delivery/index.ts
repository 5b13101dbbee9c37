/** What a buyer gets of each access type, from the payment to the acceptance (license-and-other-types.md, L39). */

export * from './couriers/index.ts';
export {
  DELIVERY_STATUSES,
  type Delivery,
  type DeliveryStatus,
  deliveryTransitions,
  type ImageGrant,
  type Payload,
} from './definition.ts';
export * as deliveryEvents from './events.ts';
export { fileOfDelivery } from './files.ts';
export { alignImages, newestImagesOf, switchImage } from './grants.ts';
export * from './images/index.ts';
export { isHad, isMadeBySeller, takesRequirement, turnOf, waitsForSeller } from './model.ts';
export { deliverySchema, deliverySealed, GRANTS, supervisionSchema } from './schema.ts';
export { showReceiver, showSecret } from './secrets.ts';
export { acceptDelivery, type Deliver, deliver, planMilestones, require, ship } from './service.ts';
export { type DeliveryListQuery, deliveryById, deliveryOfResource, listDeliveries, stagedLines } from './store.ts';
export { deliverySubscriptions } from './subscribers.ts';
export * from './supervision/index.ts';
export { trackParcels } from './tracking.ts';
export { acceptanceAt } from './tracking-rules.ts';
