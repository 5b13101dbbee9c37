/** SaaS V2.0 (saas-v2.md 3, 5): POST, signed in the query; and orderNotify, which has the same form (5.8). */
import {
  type AppInfo,
  type BaseRequest,
  canonicalPayload,
  type Diagnosis,
  decryptAccountData,
  diagnoseTransport,
  encodeRequest,
  formatUtc14,
  isBaseActivity,
  readAnswer,
  signBase,
} from '@jishi/protocol';
import { ALPHANUMERIC, type Random, randomText, uuid } from '../../platform/random.ts';
import {
  type AccessData,
  type CallSubject,
  type CallTarget,
  detailsOf,
  instanceOf,
  type ProtocolAdapter,
  plain,
  type Reading,
} from './adapter.ts';

export const HEADERS = { accept: 'application/json', 'content-type': 'application/json;charset=utf-8' };

export const saasV2: ProtocolAdapter = {
  build(subject, target, at, random) {
    const body = bodyOf(subject, random);
    const url = signedUrl(target, body, String(at.getTime()), randomText(random, 32, ALPHANUMERIC));
    return { method: 'POST', url, headers: HEADERS, body };
  },
  read(subject, _sent, answer, durationMs, accessKey) {
    const http = { ...answer, durationMs };
    if (subject.activity === 'newInstance') return readCreation(http);
    if (subject.activity === 'queryInstance') return readQuery(subject, http, accessKey);
    // The answer to a notice is an envelope like that to any other plain activity.
    const activity = isBaseActivity(subject.activity) ? subject.activity : 'releaseInstance';
    return plain(readAnswer(activity, http));
  },
  diagnoseFault: ({ fault, message }) => diagnoseTransport({ kind: fault, message }),
};

function bodyOf(subject: CallSubject, random: Random): string {
  const { activity, orderId, orderLineId } = subject;
  if (activity === 'orderNotify') return canonicalPayload({ activity, orderId, orderLineId });
  if (!isBaseActivity(activity)) throw new Error(`call ${subject.id}: saas-v2 has no ${activity}`);
  return encodeRequest(REQUESTS[activity](subject, random));
}

const REQUESTS: { readonly [A in BaseRequest['activity']]: (subject: CallSubject, random: Random) => BaseRequest } = {
  newInstance: ({ orderId, orderLineId }, random) => ({
    activity: 'newInstance',
    orderId,
    orderLineId,
    businessId: uuid(random),
  }),
  queryInstance: (subject) => ({
    activity: 'queryInstance',
    instanceId: askedFor(subject).join(','),
  }),
  refreshInstance(subject) {
    const { scene, productId, expireTime } = detailsOf(subject, 'refresh');
    return {
      activity: 'refreshInstance',
      scene,
      orderId: subject.orderId,
      orderLineId: subject.orderLineId,
      instanceId: instanceOf(subject),
      productId,
      expireTime: formatUtc14(new Date(expireTime)),
    };
  },
  updateInstanceStatus: (subject) => ({
    activity: 'updateInstanceStatus',
    instanceId: instanceOf(subject),
    status: detailsOf(subject, 'status').to,
  }),
  releaseInstance(subject) {
    const order = { orderId: subject.orderId, orderLineId: subject.orderLineId };
    return {
      activity: 'releaseInstance',
      instanceId: instanceOf(subject),
      ...(detailsOf(subject, 'release').unsubscribed ? order : {}),
    };
  },
  upgradeInstance: (subject) => ({
    activity: 'upgradeInstance',
    instanceId: instanceOf(subject),
    orderId: subject.orderId,
    orderLineId: subject.orderLineId,
  }),
  changeInstanceCheck(subject) {
    const { productId, skuCode, quantity, linear } = detailsOf(subject, 'check');
    return {
      activity: 'changeInstanceCheck',
      instanceId: instanceOf(subject),
      productInfo: { productId, skuCode, ...(linear ? { linearValue: quantity } : {}) },
    };
  },
};

const askedFor = (subject: CallSubject): readonly string[] =>
  subject.details?.purpose === 'compare' ? subject.details.instanceIds : [instanceOf(subject)];

export function signedUrl(target: CallTarget, payload: string, timestamp: string, nonce: string): string {
  const { signature } = signBase({ accessKey: target.accessKey, payload, timestamp, nonce });
  const url = new URL(target.productionUrl);
  url.searchParams.set('signature', signature);
  url.searchParams.set('timestamp', timestamp);
  url.searchParams.set('nonce', nonce);
  return url.href;
}

type Http = Parameters<typeof readAnswer>[1];

function readCreation(http: Http): Reading {
  const reading = readAnswer('newInstance', http);
  const done = reading.outcome === 'ok' || (reading.outcome === 'accepted' && reading.value !== null);
  const outcome = !done ? 'failed' : reading.outcome === 'ok' ? 'ok' : 'accepted';
  return { ...plain(reading), outcome, instanceId: done ? (reading.value?.instanceId ?? null) : null };
}

function readQuery(subject: CallSubject, http: Http, accessKey: string): Reading {
  const comparing = subject.details?.purpose === 'compare';
  const reading = readAnswer('queryInstance', http, comparing ? {} : { instanceIds: askedFor(subject) });
  const info = reading.value?.info ?? [];
  if (comparing) {
    const seen = info.map((each) => ({
      instanceId: each.instanceId,
      frontEndUrl: each.appInfo?.frontEndUrl ?? null,
    }));
    return { ...plain(reading), seen: reading.outcome === 'ok' ? seen : null };
  }
  const appInfo = info.find((each) => each.instanceId === subject.instanceId)?.appInfo ?? null;
  const opened =
    appInfo === null
      ? { access: null, diagnosis: [] }
      : openAccount(appInfo, reading.value?.encryptType ?? null, accessKey);
  // Q7: 000004, or success without the element (or its appInfo), means "not yet".
  const waiting = reading.outcome === 'accepted' || (reading.outcome === 'ok' && appInfo === null);
  const outcome = opened.access !== null && reading.outcome === 'ok' ? 'ok' : waiting ? 'pending' : 'failed';
  return {
    ...plain(reading),
    outcome,
    diagnosis: [...reading.diagnosis, ...opened.diagnosis],
    access: outcome === 'ok' ? opened.access : null,
  };
}

/** User name and password are encrypted exactly when `encryptType` says so (saas-v2.md 4.1). */
function openAccount(
  appInfo: AppInfo,
  encryptType: string | null,
  accessKey: string,
): { access: AccessData | null; diagnosis: Diagnosis[] } {
  const diagnosis: Diagnosis[] = [];
  const open = (value: string | null | undefined): string | null => {
    if (value === null || value === undefined || value === '') return null;
    if (encryptType !== '1' && encryptType !== '2') return value;
    const result = decryptAccountData(value, accessKey, encryptType);
    if (result.ok) return result.text;
    diagnosis.push(...result.diagnosis);
    return null;
  };
  const access = {
    frontEndUrl: appInfo.frontEndUrl,
    adminUrl: appInfo.adminUrl || null,
    userName: open(appInfo.userName),
    password: open(appInfo.password),
    memo: appInfo.memo || null,
  };
  return { access: diagnosis.length > 0 ? null : access, diagnosis };
}
