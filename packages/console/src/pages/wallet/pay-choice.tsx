import type { PaymentOptionsView, PurseView } from '@jishi/marketplace/console-api';
import { Checkbox, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { Pair } from '../../components/rows.tsx';
import { Amount } from '../../components/values.tsx';
import { compareDecimal } from '../../format/decimal.ts';
import { formatMoney } from '../../format/money.ts';
import { formatInstant } from '../../format/time.ts';
import { usePreferences } from '../../shell/preferences.tsx';

export type Rest = PaymentOptionsView['rest'][number]['kind'];
export interface Choice {
  readonly purseIds: readonly string[];
  readonly rest: Rest;
}

interface PayChoiceProps {
  readonly options: PaymentOptionsView;
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}

/** Coupons and cards first, then exactly one for the rest (B-33); each that can not be used says why. */
export function PayChoice({ options, choice, onChange }: PayChoiceProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const why = useWhyNot();
  const { purses, rest, restAmount } = options;
  const nothingLeft = compareDecimal(restAmount.amount, '0') === 0;
  const toggle = (purseId: string, used: boolean): void =>
    onChange({
      ...choice,
      purseIds: used ? [...choice.purseIds, purseId] : choice.purseIds.filter((one) => one !== purseId),
    });
  return (
    <div className="stack">
      {purses.length > 0 && (
        <fieldset className="field choices" data-testid="purse-choice">
          <legend className="label">{t('wallet.pay.purses')}</legend>
          {purses.map((purse) => (
            <Checkbox
              key={purse.purseId}
              checked={choice.purseIds.includes(purse.purseId)}
              disabled={purse.refused !== null}
              onChange={({ target }) => toggle(purse.purseId, target.checked)}
              data-testid={`purse-${purse.kind}`}
            >
              <PurseWords purse={purse} />
              {purse.refused !== null && <span className="soft"> · {why(purse.refused.code)}</span>}
            </Checkbox>
          ))}
        </fieldset>
      )}
      {nothingLeft ? (
        <p className="soft">{t('wallet.pay.covered')}</p>
      ) : (
        <fieldset className="field">
          <legend className="label">{t('wallet.pay.rest')}</legend>
          <Radio.Group
            className="choices"
            value={choice.rest}
            onChange={({ target }) =>
              onChange({ ...choice, rest: rest.find(({ kind }) => kind === target.value)?.kind ?? 'BALANCE' })
            }
            aria-label={t('wallet.pay.rest')}
            data-testid="rest-choice"
          >
            {rest.map(({ kind, available, refused }) => (
              // a balance that is short may be topped up, so it stays open
              <Radio
                key={kind}
                value={kind}
                disabled={refused !== null && kind !== 'BALANCE'}
                data-testid={`rest-${kind}`}
              >
                {t(`wallet.instrument.${kind}`)}
                <span className="soft">
                  {available !== null &&
                    ` · ${t('wallet.pay.available', { amount: formatMoney(available, language) })}`}
                  {kind === 'ONLINE' && refused === null && ` · ${t('wallet.pay.online')}`}
                  {refused !== null && ` · ${why(refused.code)}`}
                </span>
              </Radio>
            ))}
          </Radio.Group>
        </fieldset>
      )}
      {options.split.length > 1 && <Split options={options} rest={choice.rest} />}
    </div>
  );
}

function PurseWords({ purse: { kind, left, validTo } }: { purse: PurseView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <>
      {t(`wallet.instrument.${kind}`)}
      <span className="soft">
        {` · ${t('wallet.pay.left', { left: formatMoney(left, language) })}`}
        {validTo !== null && ` · ${t('wallet.pay.until', { at: formatInstant(validTo, language) })}`}
      </span>
    </>
  );
}

/** What each pays, in the order of deduction (B-32). */
function Split({ options: { split }, rest }: { options: PaymentOptionsView; rest: Rest }) {
  const { t } = useTranslation();
  return (
    <section aria-label={t('wallet.pay.split')} data-testid="payment-split">
      <span className="label">{t('wallet.pay.split')}</span>
      <dl className="facts">
        {split.map(({ instrument, purseId, amount }) => (
          <Pair
            key={purseId ?? instrument}
            term={t(`wallet.instrument.${instrument === 'BALANCE' ? rest : instrument}`)}
            value={<Amount money={amount} />}
          />
        ))}
      </dl>
    </section>
  );
}

const reasons = [
  'INSUFFICIENT_BALANCE',
  'INSUFFICIENT_CREDIT',
  'NO_CREDIT',
  'CREDIT_NOT_ALLOWED',
  'CREDIT_OVERDUE',
  'NO_GATEWAY',
] as const;

/** Why something can not pay, in the reader's words. */
export function useWhyNot(): (code: string) => string {
  const { t } = useTranslation();
  return (code) => {
    const known = reasons.find((one) => one === code);
    return known === undefined ? code : t(`wallet.pay.why.${known}`);
  };
}
