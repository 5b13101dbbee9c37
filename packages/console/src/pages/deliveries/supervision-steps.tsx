import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../components/values.tsx';

/** The steps of the flow with the present one, whom it waits for since when, and why it was sent back (settlement.md 6). */
export function SupervisionSteps({ delivery: { supervision } }: { delivery: OrderDeliveryView }) {
  const { t } = useTranslation();
  if (supervision === null || supervision.step === 'CANCELLED') return null;
  const { steps, step, since, sentBack, rejections } = supervision;
  const present = step === 'COMPLETED' ? steps.length : steps.findIndex(({ state }) => state === step);
  const rejected = rejections.requirement + rejections.delivery;
  return (
    <section
      className="stack stack--tight"
      aria-label={t('supervision.title')}
      data-testid="supervision"
      data-step={step}
    >
      <ol className="plain-list row" style={{ gap: 6, flexWrap: 'wrap' }}>
        {steps.map(({ state, waitsFor }, place) => (
          <li key={state} aria-current={place === present ? 'step' : undefined}>
            {place > 0 && <span aria-hidden="true">→ </span>}
            <span className={place === present ? undefined : 'soft'}>
              {place < present && (
                <span role="img" aria-label={t('supervision.passed')}>
                  ✓{' '}
                </span>
              )}
              {place === present ? <strong>{t(`supervision.step.${state}`)}</strong> : t(`supervision.step.${state}`)}
              {place === present && ` · ${t(`supervision.side.${waitsFor}`)}`}
            </span>
          </li>
        ))}
        {step === 'COMPLETED' && <li>→ ✓ {t('supervision.step.COMPLETED')}</li>}
      </ol>
      {step !== 'COMPLETED' && (
        <span className="soft">
          {t('supervision.since')} <Instant at={since} />
          {rejected > 0 && ` · ${t('supervision.rejections', { count: rejected })}`}
        </span>
      )}
      {sentBack !== null && (
        <p className="fault" data-testid="sent-back">
          {t(`supervision.sentBack.${sentBack.by}`)} {sentBack.text}
        </p>
      )}
    </section>
  );
}
