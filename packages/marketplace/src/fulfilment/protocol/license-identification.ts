/**
 * Online License 1.0 (license-and-other-types.md 3): GET with authToken, answers with Body-Sign. getLicense tells the order and
 * brings the licence; what follows names the instance.
 */
import {
  diagnoseTransportLicense,
  encodeIdentificationRequest,
  formatUtc14,
  formatUtc17,
  type IdentificationActivity,
  type IdentificationRequest,
  isIdentificationActivity,
  readLicenseAnswer,
  signAuthToken,
} from '@jishi/protocol';
import { type Random, uuid } from '../../platform/random.ts';
import { type CallSubject, detailsOf, instanceOf, type ProtocolAdapter, plain } from './adapter.ts';

const HEADERS = { accept: 'application/json' };
/** L15: for ever, without end or period; yearly/monthly sends no mode at all (Q3) */
const ONE_TIME = 3;

export const licenseIdentification: ProtocolAdapter = {
  build(subject, target, at, random) {
    const { activity } = subject;
    if (!isIdentificationActivity(activity))
      throw new Error(`call ${subject.id}: license-identification has no ${activity}`);
    const request = REQUESTS[activity](subject, formatUtc17(at), random);
    const address = new URL(target.productionUrl);
    // Parameters that the seller's address already has are signed with the others (3.1).
    const query = [address.search.slice(1), encodeIdentificationRequest(request)].filter((part) => part !== '');
    address.search = signAuthToken(query.join('&'), target.accessKey).url;
    return { method: 'GET', url: address.href, headers: HEADERS, body: '' };
  },
  read(subject, sent, answer, durationMs, accessKey) {
    const http = { ...answer, headers: answer.rawHeaders, durationMs };
    const timeStamp = new URL(sent.url).searchParams.get('timeStamp') ?? undefined;
    const expect = { key: accessKey, timeStamp };
    if (subject.activity !== 'getLicense')
      return plain(
        readLicenseAnswer(
          isIdentificationActivity(subject.activity) ? subject.activity : 'releaseLicense',
          http,
          expect,
        ),
      );
    const reading = readLicenseAnswer('getLicense', http, expect);
    const given = reading.outcome === 'ok' ? reading.value : null;
    return { ...plain(reading), instanceId: given?.instanceId ?? null, license: given?.license ?? null };
  },
  diagnoseFault: ({ fault, message }) => diagnoseTransportLicense('getLicense', { kind: fault, message }),
};

type Builder = (subject: CallSubject, timeStamp: string, random: Random) => IdentificationRequest;

const REQUESTS: { readonly [A in IdentificationActivity]: Builder } = {
  getLicense({ id, orderId, purchase }, timeStamp, random) {
    if (!purchase) throw new Error(`call ${id}: the order of getLicense can not be read`);
    return {
      activity: 'getLicense',
      timeStamp,
      customerId: purchase.customerId,
      customerName: purchase.customerName,
      // L11: another one in each attempt
      businessId: uuid(random),
      orderId,
      skuCode: purchase.skuCode,
      productId: purchase.productId,
      ...(purchase.chargingMode === 'PERIOD'
        ? { ...(purchase.expireAt ? { expireTime: formatUtc14(purchase.expireAt) } : {}), ...period(purchase) }
        : { chargingMode: ONE_TIME }),
      // L13: only where the specification has the quantity attribute
      ...(purchase.linearCode === null ? {} : { amount: purchase.quantity }),
    };
  },
  refreshLicense(subject, timeStamp) {
    const details = detailsOf(subject, 'refresh');
    return {
      activity: 'refreshLicense',
      timeStamp,
      orderId: subject.orderId,
      instanceId: instanceOf(subject),
      ...(details.productId === null ? {} : { productId: details.productId }),
      expireTime: formatUtc14(new Date(details.expireTime)),
      ...period(details),
    };
  },
  expireLicense: (subject, timeStamp) => ({
    activity: 'expireLicense',
    timeStamp,
    orderId: detailsOf(subject, 'status').purchaseOrderId,
    instanceId: instanceOf(subject),
  }),
  releaseLicense: (subject, timeStamp) => ({
    activity: 'releaseLicense',
    timeStamp,
    orderId: detailsOf(subject, 'release').purchaseOrderId,
    instanceId: instanceOf(subject),
  }),
};

const period = (bought: { readonly periodType: 'month' | 'year' | null; readonly periodNumber: number | null }) =>
  bought.periodType === null || bought.periodNumber === null
    ? {}
    : { periodType: bought.periodType, periodNumber: bought.periodNumber };
