import type { Diagnosis, DiagnosisCode, Words } from '../diagnosis/diagnosis.ts';
import { inWordsOfV1 } from '../saas-v1/words.ts';
import type { LicenseActivity, LicenseDialect } from './dialects.ts';

/**
 * A diagnosis as a developer of a License interface needs it: codes are common to all protocols; where the words of SaaS would
 * mislead (order lines, instances, hex signatures), License's own stand here, and the section is the one that demands it.
 */
export function inWordsOfLicense(dialect: LicenseDialect, diagnosis: Diagnosis, activity?: LicenseActivity): Diagnosis {
  const known = dialect === 'identification' ? inWordsOfV1(diagnosis) : diagnosis;
  const own = OWN[dialect][diagnosis.code] ?? COMMON[diagnosis.code];
  const section = MEMBERS.has(diagnosis.code) ? memberSection(dialect, activity) : own?.section;
  return {
    ...known,
    ...(own?.summary === undefined ? {} : { summary: own.summary }),
    ...(own?.fix === undefined ? {} : { fix: own.fix }),
    ...(section === undefined ? {} : { reference: `license-and-other-types.md ${section}` }),
  };
}

interface WordsOfLicense {
  readonly section?: string;
  readonly summary?: Words;
  readonly fix?: Words;
}

type Table = { readonly [C in DiagnosisCode]?: WordsOfLicense };

const MEMBERS: ReadonlySet<DiagnosisCode> = new Set(['body.member-missing', 'body.member-type', 'body.member-length']);

/** Where the members of a call are tabled; those of online provisioning's base calls are SaaS V2.0's. */
function memberSection(dialect: LicenseDialect, activity: LicenseActivity | undefined): string | undefined {
  if (dialect === 'code') return '4.5';
  if (dialect === 'provisioning') return activity === undefined || activity === 'getLicenseAsync' ? '5' : undefined;
  return activity === undefined ? '3' : activity === 'getLicense' ? '3.2' : '3.4';
}

const COMMON: Table = {
  'result.refused': { section: '10' },
  'body.result-code-unknown': { section: '10' },
  'body.result-code-misspelt': { section: '10' },
  'instance.unknown-accepted': { section: '10.1' },
};

const IDENTIFICATION: Table = {
  'transport.timeout': {
    fix: {
      zh: '不要在请求内做耗时操作：License 请提前生成，或先保存订单，再用已保存的 license 立即响应。',
      en: 'Do no slow work inside the call: make the licence beforehand and answer from stored data.',
    },
  },
  'instance.id-changed': {
    section: '3.2',
    summary: {
      zh: '同一订单重复 getLicense，返回了不同的 instanceId',
      en: 'A repeated getLicense gave another instanceId',
    },
    fix: {
      zh: '以 orderId 做幂等：首次请求时保存 instanceId 和 license，重复请求原样返回。businessId 每次都会变化，不能作为幂等键。',
      en: 'Store instanceId and license under orderId and return both for every repeat; businessId differs each time and is no key.',
    },
  },
  'instance.id-shared': {
    section: '3.2',
    summary: { zh: '两个订单得到了同一个 instanceId', en: 'Two orders got the same instanceId' },
    fix: {
      zh: '为每个订单生成全局唯一的 instanceId，建议使用该订单首次请求的 businessId。',
      en: 'Make a globally unique instanceId for each order; the businessId of its first request is recommended.',
    },
  },
  'license.code-changed': {
    section: '3.2',
    fix: {
      zh: '以 orderId 做幂等：首次请求时生成并保存 license，重复请求原样返回，不要重新生成。',
      en: 'Make the licence at the first request of an orderId, store it, and return that very text for every repeat.',
    },
  },
  'instance.refresh-not-repeatable': {
    section: '3.4',
    summary: { zh: '相同的 refreshLicense 重复请求失败', en: 'The same refreshLicense a second time failed' },
    fix: {
      zh: '将到期时间直接设置为 expireTime（而不是累加），重复请求返回 000000。',
      en: 'Set the expiry to expireTime instead of adding to it, and answer 000000 to a repeat.',
    },
  },
  'instance.status-not-repeatable': {
    section: '3.4',
    summary: { zh: '相同的 expireLicense 重复请求失败', en: 'The same expireLicense a second time failed' },
    fix: { zh: 'License 已过期时直接返回 000000。', en: 'Answer 000000 when the licence is expired already.' },
  },
  'instance.release-not-repeatable': {
    section: '3.4',
    summary: { zh: '重复释放同一 License 失败', en: 'Releasing the same licence a second time failed' },
    fix: { zh: 'License 已释放时再次释放返回 000000。', en: 'Answer 000000 when the licence is released already.' },
  },
  'security.signature-not-checked': {
    section: '3.1',
    summary: { zh: 'authToken 错误的请求被接受', en: 'A request with a wrong authToken was accepted' },
    fix: {
      zh: '每次请求都重新计算 authToken 并比较，不一致时返回 000001；否则任何人都能领取 License。',
      en: 'Recompute authToken for every request and answer 000001 when it differs; otherwise anybody can draw licences.',
    },
  },
  'security.test-flag-ignored': { section: '3.2' },
};

const CODE: Table = {
  'instance.unknown-accepted': {
    section: '10.1',
    summary: {
      zh: '对不存在的授权码进行操作，却返回了成功',
      en: 'An operation on an authorisation code that never existed answered success',
    },
    fix: {
      zh: '授权码不存在时返回 000003，否则数据不一致时无法被发现。',
      en: 'Answer 000003 for an unknown code, otherwise nobody notices when data differ.',
    },
  },
  'instance.refresh-not-repeatable': {
    section: '4.5',
    summary: { zh: '相同的 refreshLicenseCode 重复请求失败', en: 'The same refreshLicenseCode a second time failed' },
  },
  'instance.status-not-repeatable': {
    section: '4.5',
    summary: {
      zh: '相同的 updateLicenseCodeStatus 重复请求失败',
      en: 'The same updateLicenseCodeStatus a second time failed',
    },
    fix: {
      zh: '授权码已处于目标状态时直接返回 000000。',
      en: 'Answer 000000 when the code already has the wanted status.',
    },
  },
  'instance.release-not-repeatable': {
    section: '4.5',
    summary: { zh: '重复释放同一授权码失败', en: 'Releasing the same code a second time failed' },
    fix: { zh: '授权码已释放时再次释放返回 000000。', en: 'Answer 000000 when the code is released already.' },
  },
};

const PROVISIONING: Table = {
  'license.code-changed': {
    section: '5',
    fix: {
      zh: '以 eventId（有设备指纹时连同 deviceFingerprint）做幂等：首次申请时生成并保存 License，重复请求返回同一个，且不再占用额度。',
      en: 'Key the application by eventId, with deviceFingerprint where there is one: make the licence once, hand over the same one for every repeat, and count it once against the quota.',
    },
  },
};

const OWN: Readonly<Record<LicenseDialect, Table>> = {
  identification: IDENTIFICATION,
  code: CODE,
  provisioning: PROVISIONING,
};
