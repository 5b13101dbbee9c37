import type { AppealDecisionRequest, OrderDeliveryView, SupervisionStepView } from '@jishi/marketplace/console-api';
import { Button, Input, Radio, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideAppeal } from '../../api/deliveries.ts';
import { useCommand } from '../../components/command.ts';

type Outcome = AppealDecisionRequest['outcome'];
const amountRule = /^\d{1,15}(\.\d{1,2})?$/;

interface Draft {
  readonly outcome: Outcome;
  readonly to: SupervisionStepView | null;
  readonly amount: string;
  readonly reason: string;
}

/** O-21: the operator decides; both sides read the reason. */
export function AppealDecision({ delivery, onDone }: { delivery: OrderDeliveryView; onDone: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [draft, setDraft] = useState<Draft>({ outcome: 'DISMISS', to: null, amount: '', reason: '' });
  const [tried, setTried] = useState(false);
  const change = (part: Partial<Draft>): void => setDraft((last) => ({ ...last, ...part }));
  const request = requestOf(draft);
  const decide = useCommand({
    run: (input: AppealDecisionRequest) => decideAppeal(delivery.deliveryId, input),
    refresh: [],
    done: t('supervision.decision.done'),
    onDone,
  });
  const { completeStep, sendBackTo } = delivery.supervision?.outcomes ?? { completeStep: false, sendBackTo: [] };
  const outcomes: readonly { readonly value: Outcome; readonly disabled: boolean }[] = [
    { value: 'COMPLETE_STEP', disabled: !completeStep },
    { value: 'SEND_BACK', disabled: sendBackTo.length === 0 },
    { value: 'REFUND', disabled: false },
    { value: 'DISMISS', disabled: false },
  ];
  return (
    <section className="stack" aria-label={t('supervision.decision.title')} data-testid="appeal-decision">
      <h3>{t('supervision.decision.title')}</h3>
      <Radio.Group
        aria-label={t('supervision.decision.title')}
        value={draft.outcome}
        onChange={(event) => {
          const chosen = outcomes.find(({ value }) => value === event.target.value);
          if (chosen) change({ outcome: chosen.value });
        }}
      >
        <div className="stack stack--tight">
          {outcomes.map(({ value, disabled }) => (
            <Radio key={value} value={value} disabled={disabled} data-testid={`outcome-${value}`}>
              {t(`supervision.decision.${value}`)}
            </Radio>
          ))}
        </div>
      </Radio.Group>
      {draft.outcome === 'SEND_BACK' && (
        <div className="filter">
          <label htmlFor={`${id}-to`}>{t('supervision.decision.to')}</label>
          <Select
            id={`${id}-to`}
            value={draft.to}
            onChange={(to) => change({ to })}
            options={sendBackTo.map((value) => ({ value, label: t(`supervision.step.${value}`) }))}
          />
        </div>
      )}
      {draft.outcome === 'REFUND' && (
        <div className="filter">
          <label htmlFor={`${id}-amount`}>{t('supervision.decision.amount')}</label>
          <Input
            id={`${id}-amount`}
            inputMode="decimal"
            value={draft.amount}
            onChange={(event) => change({ amount: event.target.value })}
            data-testid="decision-amount"
          />
        </div>
      )}
      <div className="filter">
        <label htmlFor={`${id}-reason`}>{t('supervision.decision.reason')}</label>
        <Input.TextArea
          id={`${id}-reason`}
          value={draft.reason}
          onChange={(event) => change({ reason: event.target.value })}
          maxLength={2_000}
          autoSize={{ minRows: 2, maxRows: 8 }}
          data-testid="decision-reason"
        />
      </div>
      {tried && request === null && (
        <span role="alert" className="fault">
          {t('supervision.decision.missing')}
        </span>
      )}
      <span>
        <Button
          type="primary"
          loading={decide.isPending}
          onClick={() => {
            setTried(true);
            if (request !== null) decide.mutate(request);
          }}
          data-testid="decide-appeal"
        >
          {t('supervision.decision.button')}
        </Button>
      </span>
    </section>
  );
}

/** @returns null = something is missing */
function requestOf({ outcome, to, amount, reason: typed }: Draft): AppealDecisionRequest | null {
  const reason = typed.trim();
  if (reason === '') return null;
  switch (outcome) {
    case 'SEND_BACK':
      return to === null ? null : { outcome, to, reason };
    case 'REFUND':
      return amountRule.test(amount.trim()) ? { outcome, amount: amount.trim(), reason } : null;
    default:
      return { outcome, reason };
  }
}
