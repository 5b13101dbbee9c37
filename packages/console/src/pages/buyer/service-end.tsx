import type { InstanceView, SubscriptionView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../components/clock.ts';
import { Instant } from '../../components/values.tsx';
import { useNextWords } from './next-words.tsx';
import { daysLeft } from './what-next.ts';

/** The choices of "ends within". */
export const endsWithinChoices = [7, 15, 30, 90] as const;

/** States in which an end still lies ahead or has just passed. */
const countedStates: readonly InstanceView['state'][] = ['TRIAL', 'ACTIVE', 'CHANGING', 'GRACE', 'FROZEN'];
/** From here on the days left stand out. */
const soonDays = 15;

/** When a service ends, how long that is, and what happens then. */
export function RowEnd({ instance, subscription }: { instance: InstanceView; subscription: SubscriptionView | null }) {
  const { t } = useTranslation();
  const words = useNextWords(true);
  const now = useNow();
  const days = instance.expireAt === null ? null : daysLeft(instance.expireAt, now);
  return (
    <div className="row-end">
      {instance.expireAt !== null && (
        <div className="row">
          <Instant at={instance.expireAt} />
          {countedStates.includes(instance.state) && (
            <span
              className={days === null || days <= soonDays ? 'state state--wait' : 'soft'}
              style={{ cursor: 'auto' }}
            >
              {days === null ? t('life.over') : t('life.daysLeft', { days })}
            </span>
          )}
        </div>
      )}
      {subscription !== null && <div className="soft">{words(subscription)}</div>}
    </div>
  );
}
