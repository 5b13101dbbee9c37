import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { Pair } from './rows.tsx';
import { Instant } from './values.tsx';

/** What the operator found, for seller and buyer. */
export function ViolationFacts({ violation }: { violation: NonNullable<SubscriptionView['violation']> }) {
  const { t } = useTranslation();
  return (
    <>
      <Pair term={t('lives.violation')} value={<span className="prose">{violation.reason}</span>} />
      {violation.evidence !== '' && (
        <Pair
          term={t('violation.evidence')}
          value={
            <span className="prose" data-testid="violation-evidence">
              {violation.evidence}
            </span>
          }
        />
      )}
      {violation.references.length > 0 && (
        <Pair
          term={t('violation.references')}
          value={<span className="prose">{violation.references.join('\n')}</span>}
        />
      )}
      <Pair term={t('lives.violationAt')} value={<Instant at={violation.at} />} />
    </>
  );
}
