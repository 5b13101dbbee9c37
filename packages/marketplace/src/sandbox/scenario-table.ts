/** Every button: what it is called, which billing modes have it, and what the seller is called with. */
import type { ChargingMode } from '../catalog/index.ts';
import type { ScenarioName } from './schemas.ts';

export interface ScenarioRow {
  readonly name: ScenarioName;
  readonly label: { readonly zh: string; readonly en: string };
  readonly groups: readonly ChargingMode[];
  readonly activity: { readonly 'saas-v2': string; readonly 'saas-v1': string };
}
export const GROUPS: readonly ChargingMode[] = ['PERIOD', 'ONE_TIME', 'ON_DEMAND', 'ON_DEMAND_PKG'];
const PERIOD: readonly ChargingMode[] = ['PERIOD'];
/** What was bought once has no status interface (saas-v2.md 1.2). */
const FREEZABLE: readonly ChargingMode[] = ['PERIOD', 'ON_DEMAND', 'ON_DEMAND_PKG'];
const both = (activity: string) => ({ 'saas-v2': activity, 'saas-v1': activity });
const REFRESH = both('refreshInstance');
const STATUS = { 'saas-v2': 'updateInstanceStatus', 'saas-v1': 'instanceStatus' };
/** V1.0 has no such call; the rules say so when it is asked for. */
const CHECK = both('changeInstanceCheck');

export const SCENARIOS: readonly ScenarioRow[] = [
  { name: 'newInstance', label: { zh: '新购', en: 'Buy' }, groups: GROUPS, activity: both('newInstance') },
  { name: 'trial', label: { zh: '开通试用', en: 'Start a trial' }, groups: PERIOD, activity: both('newInstance') },
  { name: 'convert', label: { zh: '试用转商用', en: 'Convert the trial' }, groups: PERIOD, activity: REFRESH },
  { name: 'renew', label: { zh: '续费', en: 'Renew' }, groups: PERIOD, activity: REFRESH },
  { name: 'renewAndChange', label: { zh: '续费并变更', en: 'Renew with a change' }, groups: PERIOD, activity: REFRESH },
  {
    name: 'unsubscribeRenewal',
    label: { zh: '取消续订', en: 'Give back a renewal' },
    groups: PERIOD,
    activity: REFRESH,
  },
  {
    name: 'upgrade',
    label: { zh: '升级或扩容', en: 'Upgrade or scale out' },
    groups: PERIOD,
    activity: { 'saas-v2': 'upgradeInstance', 'saas-v1': 'upgrade' },
  },
  { name: 'changeCheck', label: { zh: '变更校验', en: 'Check a change' }, groups: PERIOD, activity: CHECK },
  { name: 'query', label: { zh: '查询资源', en: 'Query' }, groups: GROUPS, activity: both('queryInstance') },
  { name: 'freeze', label: { zh: '违规冻结', en: 'Freeze (violation)' }, groups: FREEZABLE, activity: STATUS },
  { name: 'unfreeze', label: { zh: '解冻', en: 'Unfreeze' }, groups: FREEZABLE, activity: STATUS },
  { name: 'release', label: { zh: '退订', en: 'Unsubscribe' }, groups: GROUPS, activity: both('releaseInstance') },
  {
    name: 'autoRenew',
    label: { zh: '开启自动续费', en: 'Turn on automatic renewal' },
    groups: PERIOD,
    activity: REFRESH,
  },
  {
    name: 'orderNotify',
    label: { zh: '新购并通知订单', en: 'Buy, with an order notice' },
    groups: GROUPS,
    activity: both('orderNotify'),
  },
  { name: 'probe', label: { zh: '拨测', en: 'Probe now' }, groups: PERIOD, activity: both('queryInstance') },
];

/** Activities that only one scenario makes. The rest are named by the scenario. */
const SYNONYMS: Readonly<Record<string, ScenarioName>> = {
  upgradeInstance: 'upgrade',
  changeInstanceCheck: 'changeCheck',
  queryInstance: 'query',
  releaseInstance: 'release',
  refreshInstance: 'renew',
};

/** @returns null = neither a scenario nor an activity that stands for one */
export const scenarioOf = (word: string): ScenarioRow | null =>
  SCENARIOS.find(({ name }) => name === word || name === SYNONYMS[word]) ?? null;
