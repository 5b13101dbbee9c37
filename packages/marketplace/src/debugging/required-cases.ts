/**
 * Which cases a product needs before it is published: saas-v2.md 1.2, saas-v1.md 1.2 and 8, and the License interfaces of
 * license-and-other-types.md 3, 5, as data. The calls about authorisation codes are optional to develop (4.5): none is needed.
 */
import type { LocalizedText } from '../catalog/index.ts';

export interface RequiredCase {
  readonly key: string;
  readonly activity: string;
  /** what the case has to show beyond the activity; null = nothing */
  readonly variant: LocalizedText | null;
  readonly matches: (parameters: Readonly<Record<string, string>>) => boolean;
}
export interface SpecificationFacts {
  readonly chargingMode: string;
  readonly changeable: boolean;
  /** null or absent = it is not sold by quantity */
  readonly linearAttribute?: object | null | undefined;
}

const plain = (activity: string): RequiredCase => ({ key: activity, activity, variant: null, matches: () => true });

const V2: Readonly<Record<string, readonly RequiredCase[]>> = {
  ONE_TIME: ['newInstance', 'queryInstance', 'releaseInstance'].map(plain),
  RUNNING: ['newInstance', 'queryInstance', 'refreshInstance', 'updateInstanceStatus', 'releaseInstance'].map(plain),
  CHANGE: ['upgradeInstance', 'changeInstanceCheck'].map(plain),
};

const MODE_WORDS: Readonly<Record<string, LocalizedText>> = {
  '1': { zh: '包周期（chargingMode=1）', en: 'yearly/monthly (chargingMode=1)' },
  '3': { zh: '一次性（chargingMode=3）', en: 'one-time (chargingMode=3)' },
  '0': { zh: '按需（chargingMode=0）', en: 'pay-per-use (chargingMode=0)' },
  '5': { zh: '按需套餐包（chargingMode=5）', en: 'package (chargingMode=5)' },
};

const newInstanceFor = (chargingMode: string): RequiredCase => ({
  key: `newInstance:${chargingMode}`,
  activity: 'newInstance',
  variant: MODE_WORDS[chargingMode] ?? null,
  matches: (parameters) => parameters.chargingMode === chargingMode,
});

/** `refreshInstance` is to be passed four ways: productId empty and filled, trialToFormal absent and `1` (saas-v1.md 8). */
const REFRESH_FOUR_WAYS = [false, true].flatMap((filled) =>
  [false, true].map(
    (conversion): RequiredCase => ({
      key: `refreshInstance:${filled ? 'product' : 'no-product'}:${conversion ? 'conversion' : 'renewal'}`,
      activity: 'refreshInstance',
      variant: {
        zh: `productId ${filled ? '有值' : '为空'}，trialToFormal ${conversion ? '= 1' : '不传'}`,
        en: `productId ${filled ? 'filled' : 'empty'}, trialToFormal ${conversion ? '= 1' : 'absent'}`,
      },
      matches: ({ productId = '', trialToFormal = '' }) =>
        (productId !== '') === filled && (trialToFormal === '1') === conversion,
    }),
  ),
);

const V1: Readonly<Record<string, readonly RequiredCase[]>> = {
  PERIOD: [newInstanceFor('1'), ...REFRESH_FOUR_WAYS, plain('expireInstance'), plain('releaseInstance')],
  ONE_TIME: [newInstanceFor('3'), plain('releaseInstance')],
  ON_DEMAND: [newInstanceFor('0'), plain('releaseInstance'), plain('instanceStatus'), plain('queryInstance')],
  ON_DEMAND_PKG: [newInstanceFor('5'), plain('releaseInstance'), plain('instanceStatus'), plain('queryInstance')],
  CHANGE: [plain('upgrade')],
};

/** L13: what is sold by quantity is debugged with `amount` */
const licenseFor = (chargingMode: '' | '3', amount: boolean): RequiredCase => ({
  key: `getLicense:${chargingMode || '1'}${amount ? ':amount' : ''}`,
  activity: 'getLicense',
  variant:
    chargingMode === '3'
      ? {
          zh: `一次性（chargingMode=3）${amount ? '，含 amount' : ''}`,
          en: `one-time (chargingMode=3)${amount ? ', with amount' : ''}`,
        }
      : {
          zh: `包周期（不传 chargingMode）${amount ? '，含 amount' : ''}`,
          en: `yearly/monthly (no chargingMode)${amount ? ', with amount' : ''}`,
        },
  matches: (parameters) =>
    (parameters.chargingMode ?? '') === chargingMode && (!amount || (parameters.amount ?? '') !== ''),
});
const IDENTIFICATION: Readonly<Record<string, readonly RequiredCase[]>> = {
  PERIOD: ['refreshLicense', 'expireLicense', 'releaseLicense'].map(plain),
  // L15
  ONE_TIME: [plain('releaseLicense')],
};
const PROVISIONING: Readonly<Record<string, readonly RequiredCase[]>> = {
  PERIOD: [...(V2.RUNNING ?? []), plain('getLicenseAsync')],
  ONE_TIME: [...(V2.ONE_TIME ?? []), plain('getLicenseAsync')],
};
const OF_SAAS_V2: Readonly<Record<string, readonly RequiredCase[]>> = {
  ...V2,
  PERIOD: V2.RUNNING ?? [],
  ON_DEMAND: V2.RUNNING ?? [],
  ON_DEMAND_PKG: V2.RUNNING ?? [],
};
const CASES: Readonly<Record<string, Readonly<Record<string, readonly RequiredCase[]>>>> = {
  'saas-v2': OF_SAAS_V2,
  'saas-v1': V1,
  'license-identification': IDENTIFICATION,
  'license-provisioning': PROVISIONING,
};

/** What all specifications of a product together need; one release case serves several charging modes. */
export function requiredCases(protocol: string, specifications: readonly SpecificationFacts[]): RequiredCase[] {
  const needed = specifications.flatMap(({ chargingMode, changeable, linearAttribute = null }) => [
    ...(protocol === 'license-identification'
      ? [licenseFor(chargingMode === 'ONE_TIME' ? '3' : '', linearAttribute !== null)]
      : []),
    ...(CASES[protocol]?.[chargingMode] ?? []),
    ...(changeable ? (CASES[protocol]?.CHANGE ?? []) : []),
  ]);
  return [...new Map(needed.map((each) => [each.key, each])).values()];
}
