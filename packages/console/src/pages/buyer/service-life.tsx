import type { PeriodView, SubscriptionView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { useNow } from '../../components/clock.ts';
import { OrderLink } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { Instant } from '../../components/values.tsx';
import { formatInstant } from '../../format/time.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { type Plot, plotOf } from './period-plot.ts';

/** The life of a service as a bar of time, its sections named below, the paid periods as a table behind it. */
export function ServiceLife({ subscription }: { subscription: SubscriptionView }) {
  const { t } = useTranslation();
  const plot = plotOf(subscription, useNow());
  return (
    <Panel title={t('life.title')}>
      <div className="stack">
        {plot === null ? (
          <p className="soft">{t('life.noEnd')}</p>
        ) : (
          <Bar plot={plot} release={subscription.releaseAt} />
        )}
        {subscription.periods.length > 0 && <Periods periods={subscription.periods} />}
      </div>
    </Panel>
  );
}

function Bar({ plot, release }: { plot: Plot; release: string | null }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const time = (at: string): string => formatInstant(at, language);
  const parts = plot.segments.map(
    ({ kind, from, to }) => `${t(`life.segment.${kind}`)} ${t('life.until', { from: time(from), to: time(to) })}`,
  );
  return (
    <div className="stack stack--tight">
      <div className="life" role="img" aria-label={t('life.plot', { parts: parts.join('; ') })} data-testid="life-plot">
        {plot.segments.map((one) => (
          <span
            key={one.from + one.kind}
            className={`life-segment life--${one.kind}`}
            data-kind={one.kind}
            style={{ left: `${one.left}%`, width: `${one.width}%` }}
          />
        ))}
        {plot.now !== null && (
          <span className="life-now" style={{ left: `${plot.now}%` }}>
            <span className={plot.now > 85 ? 'life-now-word life-now-word--left' : 'life-now-word'}>
              {t('life.now')}
            </span>
          </span>
        )}
      </div>
      <ul className="life-legend">
        {plot.segments.map((one) => (
          <li key={one.from + one.kind}>
            <span className={`life-key life--${one.kind}`} aria-hidden="true" />
            <span>
              <strong>{t(`life.segment.${one.kind}`)}</strong>
              <br />
              <Instant at={one.from} /> – <Instant at={one.to} />
            </span>
          </li>
        ))}
        {release !== null && (
          <li>
            <span className="life-key life--release" aria-hidden="true" />
            <span>
              <strong>{t('life.releaseAt')}</strong>
              <br />
              <Instant at={release} />
            </span>
          </li>
        )}
      </ul>
      {plot.stretched && <p className="soft">{t('life.stretched')}</p>}
    </div>
  );
}

function Periods({ periods }: { periods: readonly PeriodView[] }) {
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('life.periods')}</summary>
      <ul className="life-periods" data-testid="periods">
        {periods.map((one) => (
          <li key={one.orderLineId}>
            <span>
              <Instant at={one.from} />
              {one.to !== null && (
                <>
                  {' – '}
                  <Instant at={one.to} />
                </>
              )}
            </span>
            <span>
              {t(`life.periodState.${one.state}`)} · {t('life.quantity')} <span className="num">{one.quantity}</span> ·{' '}
              <span className="mono">{one.skuCode}</span> · <OrderLink id={one.orderId} />
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
