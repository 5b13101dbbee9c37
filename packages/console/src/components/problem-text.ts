import type { Problem } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../format/money.ts';
import { usePreferences } from '../shell/preferences.tsx';
import { peopleCodes } from './people-codes.ts';
import { ruleKeyOf } from './rule-key.ts';
import { securityCodes } from './security-codes.ts';
import { usageCodes } from './usage-codes.ts';

/** Codes that have words of their own; for all others the problem's own title and detail are shown. */
const knownCodes = [
  ...peopleCodes,
  ...securityCodes,
  ...usageCodes,
  'NOT_ON_SALE',
  'INVALID_QUANTITY',
  'PRICE_CHANGED',
  'INSUFFICIENT_BALANCE',
  'PURSE_NOT_USABLE',
  'PURSE_STATE',
  'INSUFFICIENT_CREDIT',
  'NO_CREDIT',
  'CREDIT_OVERDUE',
  'CREDIT_NOT_ALLOWED',
  'CREDIT_ENTERPRISE_ONLY',
  'NOTHING_OWED',
  'INVALID_AMOUNT',
  'INVALID_VALIDITY',
  'NO_GATEWAY',
  'NOTHING_TO_PAY',
  'ORDER_STATE',
  'INVALID_PERIOD',
  'PARAMETER_MISSING',
  'PARAMETER_UNKNOWN',
  'TASK_STATE',
  'LEDGER_MONTH_NOT_OVER',
  'LEDGER_OTHER_MONTH',
  'LEDGER_EMPTY',
  'LEDGER_UNBALANCED',
  'CALL_RUNNING',
  'CALL_DONE',
  'CALL_ONCE',
  'CALL_STATE',
  'CALL_CLOSED',
  'CALL_NEEDS_ANSWER',
  'NEWER_SUCCEEDED',
  'ORDER_CLOSED',
  'RENEWAL_NOT_ALLOWED',
  'CHANGE_NOT_ALLOWED',
  'TRIAL_USED',
  'REFUND_NOT_ALLOWED',
  'QUOTA_USED',
  'INSTANCE_STATE',
  'REFUND_STATE',
  'REFUND_OPEN',
  'DELIVERY_STATE',
  'DELIVERY_INCOMPLETE',
  'DELIVERY_NOT_ALLOWED',
  'DELIVERY_FROZEN',
  'APPEAL_NOT_ALLOWED',
  'NOT_TARGET_CUSTOMER',
  'MIXED_SITES',
  'ONE_LINE_ONLY',
  'FILE_UNKNOWN',
  'LINK_EXPIRED',
  'ASSET_KIND',
  'ASSET_STATE',
  'IMAGE_ORIGIN',
  'ASSET_REGION',
  'VERSION_EXISTS',
  'API_GROUP_TAKEN',
  'NOTICE_EXISTS',
  'MANDATORY_CLASS',
  'LAST_RECEIVER',
  'ADDRESS_TAKEN',
  'TOO_MANY_RECEIVERS',
  'UNKNOWN_USER',
  'WRONG_CODE',
  'CHANNEL_OFF',
  'ADDRESS_INVALID',
  'ADDRESS_EXISTS',
  'ADDRESS_NOT_VERIFIED',
  'PATH_INVALID',
  'KEY_OF_OTHER_CLASS',
  'KEY_IN_USE',
  'KEY_NOT_BOUND',
  'NO_CASES',
  'PRODUCT_STATE',
  'TOO_MANY',
  'AGREEMENT_OPEN',
  'AGREEMENT_CHANGED',
  'AGREEMENT_TEXT',
  'NOT_CERTIFIED',
  'MILESTONES_NOT_ALLOWED',
  'MILESTONE_PLAN',
  'ACCEPTANCE_FACTS',
  'ACCEPTANCE_FILE',
  'WEBHOOK_ADDRESS',
  'WEBHOOK_OFF',
  'WEBHOOK_BUSY',
  'WEBHOOK_CHANGED',
  'DRAFT_CHANGED',
  'DRAFT_FAULTY',
  'APPLICATION_OPEN',
  'APPLICATION_STATE',
  'OWN_APPLICATION',
  'PART_STATE',
  'PRESET_NAME',
  'ATTRIBUTE_EXISTS',
  'TOO_LONG_FOR_CELL',
  'EXPORT_LIMIT',
  'SELLER_LEFT',
  'JOINING_AGAIN',
  'LEAVING_OPEN',
  'LEAVING_HINDERED',
  'LEAVING_STATE',
  'STATEMENT_ORDER',
  'INVOICE_ISSUER_LEFT',
  'INVOICE_TITLE',
  'INVOICE_KIND',
  'INVOICE_CREDIT',
  'INVOICE_REFUND',
  'INVOICE_APPEAL',
  'INVOICE_EXISTS',
  'INVOICE_LINE',
  'INVOICE_STATE',
  'INVOICE_TURN',
  'INVOICE_FILE',
  'INVOICE_COURIER',
  'INVOICE_RETURN',
  'INVOICE_LETTER',
  'INVOICE_CHECK',
  'INVOICE_DUPLICATE',
  'FEE_TAKEN',
  'FEE_NOT_POSITIVE',
  'TITLES_FULL',
  'BILL_HELD',
  'FOUR_EYES',
  'NOTHING_DUE',
  'NOT_DUE',
  'BANK_ACCOUNT_MISSING',
  'PAYER_MISSING',
  'EXECUTION_DAY',
  'PAYOUT_STATE',
  'ACCOUNT_CHANGED',
  'ENTRY_STATE',
  'OTHER_AMOUNT',
  'PAYMENT_STATE',
  'BILL_NOT_SENT',
  'BILL_STATE',
  'EARLIER_PERIOD_OPEN',
  'NOTHING_TO_BILL',
  'NOT_YET',
  'OUT_OF_STOCK',
  'NOT_IN_REGION',
  'REAL_NAME_REQUIRED',
  'PURCHASE_LIMIT',
  'INVALID_FLAVOUR',
  'OFFER_NOT_USABLE',
  'START_PAST',
  'UNKNOWN_BUYER',
  'VOUCHER_NOT_USABLE',
  'VOUCHER_USED',
  'VOUCHER_VOID',
  'VOUCHER_GONE',
  'STOCK_TOO_LOW',
  'DISTRIBUTOR_UNKNOWN',
  'VALID_FROM_PAST',
  'UNKNOWN_PARTY',
  'YEAR_PASSED',
  'CALENDAR_GAP',
  'TARGET_NOT_ALLOWED',
  'REGION_MISSING',
  'RECEIVER_MISSING',
  'RELATED_UNKNOWN',
  'LIMIT_NOT_ALLOWED',
  'REGION_UNKNOWN',
  'NOT_COUNTED',
  'REASON_MISSING',
  'OFFER_STATE',
  'DEMAND_STATE',
  'OFFER_PARTNER',
  'PARTNER_KIND',
  'VOUCHER_STATE',
  'SENSITIVE_WORD',
  'PERSONAL_DATA',
  'ALREADY_REVIEWED',
  'NOT_COMPLETED',
  'REVIEW_CLOSED',
  'REVIEW_HIDDEN',
  'ALREADY_ADDED',
  'ALREADY_REPLIED',
  'TOO_MANY_QUESTIONS',
  'CODE_RELEASED',
  'CODE_STATE',
  'QUOTA_USED_UP',
  'LICENCE_DATES',
  'RESOURCE_STATE',
  'NOT_FOUND',
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'INVALID_CREDENTIALS',
  'ACCOUNT_LOCKED',
  'NO_SUCH_MEMBER',
  'OWN_ACCOUNT',
  'ROLE_NOT_GIVEN',
  'LOGIN_NAME_TAKEN',
  'TENANT_NAME_TAKEN',
  'WRONG_PASSWORD',
  'PASSWORD_WEAK',
  'PASSWORD_CHANGE',
  'ACCOUNT_DISABLED',
  'CSRF',
  'VALIDATION',
  'IDEMPOTENCY_CONFLICT',
  'IDEMPOTENCY_IN_FLIGHT',
  'RATE_LIMITED',
  'INTERNAL',
  'UNAVAILABLE',
  'NETWORK',
  'TIMEOUT',
  'CLIENT',
] as const;

/** Codes with many reasons: the API names the rule, or the order or refund request that comes first (B-70c). */
const lifeCodes = ['RENEWAL_NOT_ALLOWED', 'CHANGE_NOT_ALLOWED', 'REFUND_NOT_ALLOWED', 'INSTANCE_STATE'] as const;

/** A problem as a headline and a sentence in the reader's language. */
/** S6-8: what of an acceptance file does not agree */
const acceptanceMembers = ['orderNumbers', 'companyName', 'items', 'validityFileId', 'kitFileId'] as const;

export function useProblemText(): (problem: Problem) => { title: string; detail: string } {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (problem) => {
    const code = knownCodes.find((one) => one === problem.code);
    if (code === undefined) return { title: problem.title, detail: problem.detail ?? '' };
    const facts = problem.facts ?? {};
    const { gap, balance, amount } = facts;
    const currency = facts.currency ?? 'CNY';
    if (code === 'INSUFFICIENT_BALANCE' && gap !== undefined && balance !== undefined && amount !== undefined) {
      const money = (value: string): string => formatMoney({ amount: value, currency }, language);
      return {
        title: t('problem.INSUFFICIENT_BALANCE.title'),
        detail: t('problem.shortBy', { gap: money(gap), balance: money(balance), amount: money(amount) }),
      };
    }
    if (code === 'SENSITIVE_WORD' && facts.words !== undefined)
      return { title: t('problem.SENSITIVE_WORD.title'), detail: t('problem.sensitive', { words: facts.words }) };
    if (code === 'ACCEPTANCE_FILE') {
      const member = acceptanceMembers.find((one) => one === facts.member);
      if (member !== undefined)
        return {
          title: t('problem.ACCEPTANCE_FILE.title'),
          detail: t(`problem.acceptance.${member}`, { expected: facts.expected ?? '', seen: facts.seen ?? '' }),
        };
    }
    // the one reason among many that names what stands in the way
    if (lifeCodes.some((one) => one === code) && facts.orderId !== undefined) {
      return { title: t(`problem.${code}.title`), detail: t('problem.openOrder', { orderId: facts.orderId }) };
    }
    if (lifeCodes.some((one) => one === code) && facts.refundId !== undefined) {
      return { title: t(`problem.${code}.title`), detail: t('problem.openRefund', { refundId: facts.refundId }) };
    }
    const rule = lifeCodes.some((one) => one === code) ? ruleKeyOf(problem.detail ?? '') : null;
    if (rule !== null) return { title: t(`problem.${code}.title`), detail: t(`rule.${rule}`) };
    // what happened inside our own page is only known by the browser's own words
    const detail = code === 'CLIENT' ? (problem.detail ?? '') : t(`problem.${code}.detail`);
    return { title: t(`problem.${code}.title`), detail };
  };
}
