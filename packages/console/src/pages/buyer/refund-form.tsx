import type { RefundQuoteView, SubscriptionView } from '@jishi/marketplace/console-api';
import { Button, Checkbox, Input, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { compareDecimal } from '../../format/decimal.ts';
import { formatInstant } from '../../format/time.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { isCode, RefundCode } from './refund-code.tsx';
import { composeReason, isRefundable, needsWords, type RefundReason, refundReasons } from './refund-reason.ts';

/** Leaves room for the chosen reason before the words. */
const longestWords = 400;

export interface RefundWish {
  readonly kind: RefundQuoteView['kind'];
  readonly amount: string;
  readonly reason: string;
  readonly contactConsent: boolean;
  readonly code?: string;
}

interface RefundFormProps {
  readonly subscription: SubscriptionView;
  readonly quote: RefundQuoteView;
  readonly busy: boolean;
  readonly onConfirm: (wish: RefundWish) => void;
}

/** Why, how much where that is to be agreed on, the tick of what will be lost, the code, confirm (B-81, B-82). */
export function RefundForm({ subscription, quote, busy, onConfirm }: RefundFormProps) {
  const { t } = useTranslation();
  const whyId = useId();
  const [reason, setReason] = useState<RefundReason | null>(null);
  const [words, setWords] = useState('');
  const [asked, setAsked] = useState(quote.partOnly ? '' : quote.amount.amount);
  const [contactConsent, setContactConsent] = useState(false);
  const [accepted, setAccepted] = useState(false);
  const [code, setCode] = useState('');
  const amount = quote.selfService ? quote.amount.amount : asked;
  const why =
    quote.usesQuota && quote.quota.left === 0
      ? t('whyNot.quota')
      : !isRefundable(amount, compareDecimal, quote.amount.amount, quote.partOnly)
        ? t('refund.why.amount')
        : reason === null
          ? t('refund.why.reason')
          : needsWords(reason) && words.trim() === ''
            ? t('refund.describeRule')
            : !accepted
              ? t('refund.why.tick')
              : quote.codeTo !== null && !isCode(code)
                ? t('refund.why.code')
                : null;
  const confirm = (): void => {
    if (reason === null || why !== null) return;
    onConfirm({
      kind: quote.kind,
      amount,
      reason: composeReason(t(`refund.reasons.${reason}`), t('refund.separator'), words),
      contactConsent,
      ...(quote.codeTo === null ? {} : { code: code.trim() }),
    });
  };
  return (
    <section className="panel stack" aria-label={t('refund.formTitle')}>
      {!quote.selfService && <AskedAmount value={asked} quote={quote} onChange={setAsked} />}
      <fieldset className="field">
        <legend className="label">{t('refund.reason')}</legend>
        <Radio.Group
          className="choices"
          value={reason}
          options={refundReasons.map((one) => ({ value: one, label: t(`refund.reasons.${one}`) }))}
          onChange={(event) => setReason(refundReasons.find((one) => one === event.target.value) ?? null)}
          data-testid="refund-reasons"
        />
      </fieldset>
      <Words value={words} negotiated={!quote.selfService} onChange={setWords} />
      {!quote.selfService && (
        <Checkbox checked={contactConsent} onChange={(event) => setContactConsent(event.target.checked)}>
          {t('refund.contact')}
        </Checkbox>
      )}
      <Checkbox checked={accepted} onChange={(event) => setAccepted(event.target.checked)} data-testid="refund-tick">
        <Loss subscription={subscription} quote={quote} />
      </Checkbox>
      {quote.codeTo !== null && (
        <RefundCode resourceId={subscription.instance.resourceId} to={quote.codeTo} value={code} onChange={setCode} />
      )}
      <Button
        type="primary"
        danger
        size="large"
        block
        disabled={why !== null}
        loading={busy}
        aria-describedby={why === null ? undefined : whyId}
        onClick={confirm}
        data-testid="refund-confirm"
      >
        {t(confirmKeys[quote.kind])}
      </Button>
      {why !== null && (
        <p id={whyId} className="soft" data-testid="why-not">
          {why}
        </p>
      )}
    </section>
  );
}

const confirmKeys = {
  FIVE_DAY: 'refund.confirm',
  LATE: 'refund.confirm',
  NEGOTIATED: 'refund.confirmAsk',
  RENEWAL: 'refund.confirmCancel',
} as const;

interface AskedAmountProps {
  readonly value: string;
  readonly quote: RefundQuoteView;
  readonly onChange: (amount: string) => void;
}

function AskedAmount({ value, quote: { amount: most, partOnly }, onChange }: AskedAmountProps) {
  const { t } = useTranslation();
  const wrong = value !== '' && !isRefundable(value, compareDecimal, most.amount, partOnly);
  const ids = { amount: useId(), rule: useId() };
  return (
    <div className="field">
      <label className="label" htmlFor={ids.amount}>
        {t('refund.ask')}
      </label>
      <Input
        id={ids.amount}
        value={value}
        inputMode="decimal"
        suffix={most.currency}
        status={wrong ? 'error' : ''}
        aria-describedby={ids.rule}
        onChange={(event) => onChange(event.target.value.trim())}
        data-testid="refund-ask"
      />
      <span id={ids.rule} className="soft">
        {t(partOnly ? 'refund.askRulePart' : 'refund.askRule')}
      </span>
    </div>
  );
}

interface WordsProps {
  readonly value: string;
  readonly negotiated: boolean;
  readonly onChange: (words: string) => void;
}

function Words({ value, negotiated, onChange }: WordsProps) {
  const { t } = useTranslation();
  const ids = { words: useId(), help: useId() };
  return (
    <div className="field">
      <label className="label" htmlFor={ids.words}>
        {t('refund.describe')}
      </label>
      <Input.TextArea
        id={ids.words}
        value={value}
        maxLength={longestWords}
        autoSize={{ minRows: 2, maxRows: 6 }}
        aria-describedby={negotiated ? ids.help : undefined}
        onChange={(event) => onChange(event.target.value)}
        data-testid="refund-words"
      />
      {negotiated && (
        <span id={ids.help} className="soft">
          {t('refund.describeNeed')}
        </span>
      )}
    </div>
  );
}

/** What is lost: the data, the image (servers that run go on: license-and-other-types.md 7.3), or only the time that was renewed ahead. */
function Loss({ subscription, quote }: Pick<RefundFormProps, 'subscription' | 'quote'>) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  if (quote.kind !== 'RENEWAL') return t(quote.accessType === 'IMAGE' ? 'refund.imageLoss' : 'refund.dataLoss');
  const end = subscription.periods.find((one) => one.state === 'IN_EFFECT')?.to ?? null;
  return end === null ? t('refund.renewalLossPlain') : t('refund.renewalLoss', { end: formatInstant(end, language) });
}
