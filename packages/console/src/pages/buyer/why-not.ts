import type { OptionView, SubscriptionView } from '@jishi/marketplace/console-api';
import { type RuleKey, ruleKeyOf } from '../../components/rule-key.ts';

/** What a buyer can do with a running service, in the order it is offered. */
export const lifeActions = [
  'renew',
  'convert',
  'renewWithChange',
  'change',
  'autoRenew',
  'unsubscribe',
  'cancelRenewal',
] as const;
export type LifeAction = (typeof lifeActions)[number];

/** Why an action is not offered, as the name of a sentence; or of the API's rule. */
export type WhyNot = { readonly key: WhyNotKey } | { readonly rule: RuleKey };
export type WhyNotKey =
  | 'role'
  | 'openOrder'
  | 'over'
  | 'provisioning'
  | 'violation'
  | 'changing'
  | 'frozen'
  | 'notPeriodic'
  | 'trial'
  | 'noTarget'
  | 'nothingAhead'
  | 'tooEarly'
  | 'withdrawn'
  | 'noRefund'
  | 'quota'
  | 'notAutomatic'
  | 'notNow';

/**
 * Null when the action is allowed. The server decides; this only names its rule in the reader's language from what the
 * page knows, the most telling first (catalogue.md 6; consoles-and-processes.md 1.6 – 1.9; settlement.md 7).
 */
export function whyNot(action: LifeAction, subscription: SubscriptionView, entitled: boolean): WhyNot | null {
  if (!entitled) return { key: 'role' };
  const option = subscription.options[action];
  const nowhereToGo = (action === 'change' || action === 'renewWithChange') && subscription.changeTargets.length === 0;
  if (option.allowed) return nowhereToGo ? { key: 'noTarget' } : null;
  const rule = ruleKeyOf(option.message ?? '');
  const state = stateReason(subscription, action);
  if (state !== null) return { key: state };
  if (rule !== null) return { rule };
  return { key: actionReason(subscription, action, option) ?? 'notNow' };
}

function stateReason({ instance, openOrderId }: SubscriptionView, action: LifeAction): WhyNotKey | null {
  switch (instance.state) {
    case 'RELEASING':
    case 'RELEASED':
    case 'FAILED':
      return 'over';
    case 'PROVISIONING':
      return 'provisioning';
    case 'VIOLATION_FROZEN':
      return 'violation';
    default:
      break;
  }
  if (openOrderId !== null && action !== 'autoRenew') return 'openOrder';
  return instance.state === 'CHANGING' && action !== 'autoRenew' ? 'changing' : null;
}

function actionReason(subscription: SubscriptionView, action: LifeAction, option: OptionView): WhyNotKey | null {
  const { instance, trial } = subscription;
  if (instance.chargingMode !== 'PERIOD' && action !== 'unsubscribe') return 'notPeriodic';
  if (trial && action !== 'unsubscribe' && action !== 'convert') return 'trial';
  switch (action) {
    case 'renew':
    case 'convert':
      return subscription.renewalPrices.length === 0 ? 'withdrawn' : null;
    case 'change':
    case 'renewWithChange':
      if (instance.state === 'FROZEN') return 'frozen';
      if (subscription.changeTargets.length === 0) return 'noTarget';
      return action === 'change' ? null : 'tooEarly';
    case 'autoRenew':
      return 'notAutomatic';
    case 'unsubscribe':
      return option.code === 'QUOTA_USED' ? 'quota' : 'noRefund';
    case 'cancelRenewal':
      return 'nothingAhead';
  }
}

/** The actions that make sense to show: converting is for trials, cancelling for what was renewed ahead. */
export function shownActions(subscription: SubscriptionView): LifeAction[] {
  const ahead = subscription.periods.some((period) => period.state === 'NOT_IN_EFFECT');
  return lifeActions.filter((action) => {
    if (action === 'convert') return subscription.trial;
    if (action === 'cancelRenewal') return ahead;
    return true;
  });
}
