/** Private offers, customers' demands, vouchers. */
import type { Platform } from '../../platform/platform.ts';
import type { TaskHandlers } from '../../platform/tasks/marketplace-tasks.ts';
import { REJECT_DEMAND, rejectDemand } from './demands.ts';

export { answerDemand, REJECT_DEMAND, type ShareDemand, sendDemand, shareDemand } from './demands.ts';
export {
  type DemandState,
  grantFault,
  type Offer,
  type OfferItem,
  type OfferKind,
  type OfferState,
  offerState,
  type Voucher,
  type VoucherMode,
  type Wish,
} from './model.ts';
export { offersSchema } from './schema.ts';
export {
  type AskedItem,
  changeOffer,
  decideOffer,
  draftOffer,
  type OfferTerms,
  submitOffer,
  withdrawOffer,
} from './service.ts';
export {
  buyersOfOffers,
  closeDemand,
  type Demand,
  giveOfferBack,
  listDemands,
  listOffers,
  offerById,
  offerByToken,
  offersByIds,
  offersOfBuyer,
  takeOffer,
} from './store.ts';
export { offersSubscriptions } from './subscribers.ts';
export {
  type CountedVoucher,
  claimableOf,
  type Held,
  heldVouchers,
  listVouchers,
  returnVouchers,
  useVoucher,
  vouchersOfBuyer,
} from './voucher-store.ts';
export { assignVoucher, claimVoucher, publishVoucher, type VoucherTerms, voidVoucher } from './vouchers.ts';

export const offersTasks = (platform: Platform): TaskHandlers => ({ [REJECT_DEMAND]: rejectDemand(platform) });
