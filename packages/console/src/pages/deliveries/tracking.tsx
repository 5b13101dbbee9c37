import type { DeliveryPayloadView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';

type Tracking = NonNullable<Extract<DeliveryPayloadView, { kind: 'PARCEL' }>['tracking']>;

/** The carrier's log, and what follows from it: accepted by time, or not and why (L37, S-46). */
export function TrackingFacts({ tracking }: { tracking: Tracking }) {
  const { t } = useTranslation();
  const { entries, phoneDiffers, acceptAt, seenAt } = tracking;
  return (
    <Pair
      term={t('supervision.tracking.title')}
      value={
        <div className="stack stack--tight" data-testid="tracking">
          {entries.length === 0 && <span className="soft">{t('supervision.tracking.none')}</span>}
          <ol className="plain-list">
            {entries.toReversed().map(({ at, what, text }) => (
              <li key={`${at} ${what}`}>
                <Instant at={at} /> {t(`supervision.tracking.${what}`)} <span className="soft">{text}</span>
              </li>
            ))}
          </ol>
          {phoneDiffers && <span className="fault">{t('supervision.tracking.phoneDiffers')}</span>}
          {acceptAt !== null && (
            <span>
              {t('supervision.tracking.acceptAt')} <Instant at={acceptAt} />
            </span>
          )}
          <span className="soft">
            {t('supervision.tracking.seenAt')} <Instant at={seenAt} />
          </span>
        </div>
      }
    />
  );
}
