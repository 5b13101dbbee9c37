/** News for people: events → persons → channels (consoles-and-processes.md 5). */
export {
  CATALOGUE,
  CHANNELS,
  type Channel,
  CLASSES,
  classesFor,
  isVariant,
  type MessageClass,
  type OutsideChannel,
  VARIANTS,
} from './catalogue.ts';
export { type CodeAddress, codeAddressOf, confirm, sendConfirmation } from './confirmation.ts';
export { SEND_DIGEST, sendDigest } from './gather.ts';
export {
  canText,
  GIVE_PASSWORDS,
  givePasswords,
  sendMemberPassword,
  startGiving,
} from './member-passwords.ts';
export { buyerKey, distributorKey, sellerKey, type TenantKey } from './notices.ts';
export {
  type ReceiverInput,
  receiversOf,
  removeReceiver,
  sendCode,
  setReceiver,
  verifyReceiver,
} from './receiver-service.ts';
export { ACCOUNT, audienceOf, type Choices, gets, type Receiver } from './receivers.ts';
export { DELIVERIES, notificationSchema, notificationSealed } from './schema.ts';
export { createSenders, type Sender, type Senders, type Sent } from './senders.ts';
export { bodyOf, closeSenders, createSending, sendDue, startSending } from './sending.ts';
export { channelsOf } from './service.ts';
export {
  type Delivery,
  forgetNotices,
  listMessages,
  type Message,
  markRead,
  nextDeliveries,
  outbox,
  sendAgain,
  unreadCount,
} from './store.ts';
export { notificationSubscriptions } from './subscribers.ts';
export { type Step, sendVerification, verificationAddress, verified } from './verification.ts';
