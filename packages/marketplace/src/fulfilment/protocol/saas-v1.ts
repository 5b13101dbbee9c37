/** SaaS V1.0 (saas-v1.md 2–6): GET with authToken; every answer carries Body-Sign. The order's facts travel with the call. */
import {
  type ActivityV1,
  type AppInfoV1,
  diagnose,
  diagnoseTransportV1,
  encodeExtendParamsV1,
  encodeRequestV1,
  formatUtc14,
  formatUtc17,
  isActivityV1,
  privateMembersV1,
  type RequestV1,
  readAnswerV1,
  signAuthToken,
} from '@jishi/protocol';
import { ALPHANUMERIC, type Random, randomText, uuid } from '../../platform/random.ts';
import type { LinearCode } from '../details.ts';
import type { Purchase } from '../purchase.ts';
import { type AccessData, type CallSubject, detailsOf, instanceOf, type ProtocolAdapter, plain } from './adapter.ts';

const HEADERS = { accept: 'application/json' };
const CHARGING_MODES = { ON_DEMAND: 0, PERIOD: 1, ONE_TIME: 3, ON_DEMAND_PKG: 5 } as const;
/** Q4: delivered at once, or under service supervision */
const PROVISION_TYPES = { immediate: 1, supervised: 2 } as const;
const EXTEND_PARAMS_MAX_CHARACTERS = 2048;

export const saasV1: ProtocolAdapter = {
  build(subject, target, at, random) {
    const { activity } = subject;
    if (!isActivityV1(activity)) throw new Error(`call ${subject.id}: saas-v1 has no ${activity}`);
    const request = REQUESTS[activity](subject, { timeStamp: formatUtc17(at) }, { random, key: target.accessKey });
    const address = new URL(target.productionUrl);
    // Parameters that the seller's address already has are signed with the others (2.1).
    const query = [address.search.slice(1), encodeRequestV1(request)].filter((part) => part !== '').join('&');
    address.search = signAuthToken(query, target.accessKey).url;
    return { method: 'GET', url: address.href, headers: HEADERS, body: '' };
  },
  read(subject, sent, answer, durationMs, accessKey) {
    const http = { ...answer, headers: answer.rawHeaders, durationMs };
    const timeStamp = new URL(sent.url).searchParams.get('timeStamp') ?? undefined;
    const expect = { key: accessKey, timeStamp };
    if (subject.activity === 'newInstance') {
      const reading = readAnswerV1('newInstance', http, expect);
      const given = reading.value?.instanceId ?? null;
      if (given !== null && subject.instanceId !== null && given !== subject.instanceId) {
        const seen = `${subject.instanceId}, then ${given}`;
        return plain({
          ...reading,
          outcome: 'failed',
          diagnosis: [diagnose('instance.id-changed', { seen }), ...reading.diagnosis],
        });
      }
      return { ...plain(reading), instanceId: given, access: accessOf(reading.value?.appInfo) };
    }
    if (subject.activity === 'queryInstance') {
      const comparing = subject.details?.purpose === 'compare';
      const asked = comparing ? {} : { instanceIds: [instanceOf(subject)] };
      const reading = readAnswerV1('queryInstance', http, { ...expect, ...asked });
      const info = reading.value?.info ?? [];
      if (comparing) {
        const seen = info.map((each) => ({
          instanceId: each.instanceId,
          frontEndUrl: each.appInfo?.frontEndUrl ?? null,
        }));
        return { ...plain(reading), seen: reading.outcome === 'ok' ? seen : null };
      }
      const access = accessOf(info.find((each) => each.instanceId === subject.instanceId)?.appInfo);
      const outcome = reading.outcome !== 'ok' ? 'failed' : access === null ? 'pending' : 'ok';
      return { ...plain(reading), outcome, access };
    }
    return plain(readAnswerV1(isActivityV1(subject.activity) ? subject.activity : 'releaseInstance', http, expect));
  },
  diagnoseFault: ({ fault, message }) => diagnoseTransportV1({ kind: fault, message }),
};

interface Common {
  readonly timeStamp: string;
}
interface Means {
  readonly random: Random;
  readonly key: string;
}
type Builder = (subject: CallSubject, common: Common, means: Means) => RequestV1;

const REQUESTS: { readonly [A in ActivityV1]: Builder } = {
  newInstance(subject, common, { random, key }) {
    const { purchase } = subject;
    if (!purchase) throw new Error(`call ${subject.id}: the order of newInstance can not be read`);
    const inPeriods = purchase.chargingMode === 'PERIOD';
    const cipher = { key, encryptType: purchase.encryptType, newIv: () => randomText(random, 16, ALPHANUMERIC) };
    return {
      activity: 'newInstance',
      ...common,
      customerId: purchase.customerId,
      customerName: purchase.customerName,
      ...privateMembersV1(purchase.customer, purchase.authorised, cipher),
      businessId: uuid(random),
      orderId: subject.orderId,
      skuCode: purchase.skuCode,
      productId: purchase.productId,
      trialFlag: purchase.trial ? '1' : '0',
      ...(purchase.expireAt && (inPeriods || purchase.chargingMode === 'ON_DEMAND_PKG')
        ? { expireTime: formatUtc14(purchase.expireAt) }
        : {}),
      chargingMode: CHARGING_MODES[purchase.chargingMode],
      ...(inPeriods ? period(purchase) : {}),
      orderAmount: purchase.amount,
      provisionType: purchase.supervised ? PROVISION_TYPES.supervised : PROVISION_TYPES.immediate,
      ...capacity(purchase.linearCode, purchase.quantity),
      ...extendParams(purchase),
    };
  },
  refreshInstance(subject, common) {
    const details = detailsOf(subject, 'refresh');
    if (details.scene === 'RENEWAL_CHANGE') throw new Error('saas-v1 has no change together with a renewal');
    return {
      activity: 'refreshInstance',
      ...common,
      orderId: subject.orderId,
      instanceId: instanceOf(subject),
      ...(details.productId === null ? {} : { productId: details.productId }),
      expireTime: formatUtc14(new Date(details.expireTime)),
      ...(details.scene === 'TRIAL_TO_FORMAL' ? { trialToFormal: '1' } : {}),
      ...period(details),
      orderAmount: details.orderAmount,
    };
  },
  expireInstance: (subject, common) => ({
    activity: 'expireInstance',
    ...common,
    instanceId: instanceOf(subject),
    orderId: detailsOf(subject, 'status').purchaseOrderId,
  }),
  releaseInstance(subject, common) {
    const { purchaseOrderId, amountPaid } = detailsOf(subject, 'release');
    return {
      activity: 'releaseInstance',
      ...common,
      instanceId: instanceOf(subject),
      orderId: purchaseOrderId,
      orderAmount: amountPaid,
    };
  },
  upgrade(subject, common) {
    const { skuCode, productId, quantity, linearCode } = detailsOf(subject, 'upgrade');
    return {
      activity: 'upgrade',
      ...common,
      instanceId: instanceOf(subject),
      orderId: subject.orderId,
      skuCode,
      productId,
      ...capacity(linearCode, quantity),
    };
  },
  instanceStatus: (subject, common) => ({
    activity: 'instanceStatus',
    ...common,
    instanceId: instanceOf(subject),
    instanceStatus: detailsOf(subject, 'status').to === 'FREEZE' ? 'FREEZE' : 'NORMAL',
  }),
  queryInstance: (subject, common) => ({
    activity: 'queryInstance',
    ...common,
    instanceId: subject.details?.purpose === 'compare' ? subject.details.instanceIds.join(',') : instanceOf(subject),
  }),
};

const period = (bought: { readonly periodType: 'month' | 'year' | null; readonly periodNumber: number | null }) =>
  bought.periodType === null || bought.periodNumber === null
    ? {}
    : { periodType: bought.periodType, periodNumber: bought.periodNumber };

const capacity = (code: LinearCode | null, quantity: number) => (code === null ? {} : { [code]: quantity });

/** What the customer entered when ordering; more than the wire holds is left out rather than cut in the middle. */
function extendParams({ parameters }: Purchase) {
  const saasExtendParams = parameters.map(({ name, value }) => ({ name, value }));
  const fits = encodeExtendParamsV1(saasExtendParams).length <= EXTEND_PARAMS_MAX_CHARACTERS;
  return saasExtendParams.length > 0 && fits ? { saasExtendParams } : {};
}

/** Account data that cannot be decrypted is absent; the purchase itself counts as done (saas-v1.md 5.3). */
function accessOf(appInfo: AppInfoV1 | null | undefined): AccessData | null {
  if (!appInfo) return null;
  return {
    frontEndUrl: appInfo.frontEndUrl,
    adminUrl: appInfo.adminUrl || null,
    userName: appInfo.userName || null,
    password: appInfo.password || null,
    memo: appInfo.memo || null,
  };
}
