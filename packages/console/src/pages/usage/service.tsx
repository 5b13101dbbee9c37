import type { UsageChargeView, UsageOfServiceView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { metaQuery, sessionQuery } from '../../api/queries.ts';
import { usageOfServiceQuery } from '../../api/usage.ts';
import { Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters } from '../../components/filters.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pair, Rows } from '../../components/rows.tsx';
import { Amount, Instant } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { formatDay, formatInstant } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { parseUsageServiceSearch, usageUnits } from '../../search/usage-params.ts';
import { may } from '../../shell/areas.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { UsageCharges } from './charges.tsx';
import { UsageRecords } from './records.tsx';
import { Rerating } from './rerating.tsx';
import { ReverseCharge } from './reverse-charge.tsx';

const UsageChart = lazy(() => import('./usage-chart.tsx'));
/** as far back as a chart shows without crowding */
const last = { hour: 48, day: 31 } as const;

/** Usage of one service by hour or day, what the month may come to, its charges and records. */
export function UsageServicePage() {
  const { t } = useTranslation();
  const text = useText();
  const { resourceId = '' } = useParams({ strict: false });
  const { unit = 'day' } = parseUsageServiceSearch(useSearch({ strict: false }));
  const usage = useQuery(usageOfServiceQuery(resourceId, { unit, last: last[unit] }));
  const session = useQuery(sessionQuery).data;
  const correcting = may(session, 'usage.correct');
  const [reversing, setReversing] = useState<UsageChargeView | null>(null);
  const tools = (charge: UsageChargeView) =>
    charge.state !== 'REVERSED' && (
      <Button size="small" danger onClick={() => setReversing(charge)} data-testid="reverse-charge">
        {t('usage.desk.reverse')}
      </Button>
    );
  return (
    <Loaded query={usage} title={t('usage.title')}>
      {(found) => (
        <Page title={text(found.service.productName)}>
          <Facts usage={found} />
          <Panel title={t('usage.used')}>
            <Filters active={false} names={['unit']}>
              <ChoiceFilter
                name="unit"
                label={t('usage.unit')}
                value={unit}
                choices={usageUnits.map((value) => ({ value, label: t(`usage.units.${value}`) }))}
              />
            </Filters>
            <Points usage={found} />
          </Panel>
          <Panel title={t('usage.charges')}>
            <UsageCharges resourceId={resourceId} {...(correcting ? { tools } : {})} />
          </Panel>
          {session?.area === 'operator' && <Rerating resourceId={resourceId} allowed={correcting} />}
          <Panel title={t('usage.list')}>
            <UsageRecords resourceId={resourceId} />
          </Panel>
          {reversing !== null && <ReverseCharge charge={reversing} onClose={() => setReversing(null)} />}
        </Page>
      )}
    </Loaded>
  );
}

function Facts({ usage: { service, forecast } }: { usage: UsageOfServiceView }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  const unit = service.unit ? ` ${text(service.unit)}` : '';
  return (
    <div className="stack">
      {service.owedSince !== null && (
        <Alert
          type="warning"
          showIcon
          data-testid="usage-owed"
          title={t('usage.owedSince', { at: formatInstant(service.owedSince, language) })}
          description={<Amount money={service.owed} />}
        />
      )}
      <dl className="facts">
        <Pair term={t('usage.instance')} value={<span className="mono">{service.instanceId}</span>} />
        <Pair term={t('usage.thisMonth')} value={<span className="num">{`${service.usageThisMonth}${unit}`}</span>} />
        <Pair term={t('usage.amount')} value={<Amount money={service.amountThisMonth} />} />
        <Pair term={t('usage.opened')} value={<Instant at={service.openedAt} />} />
      </dl>
      {forecast !== null && (
        <p data-testid="usage-forecast">
          {t('usage.forecast', {
            usage: `${forecast.usage}${unit}`,
            amount: formatMoney(forecast.amount, language),
          })}
        </p>
      )}
    </div>
  );
}

function Points({ usage: { service, points, unit } }: { usage: UsageOfServiceView }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  // days are those of the site, whatever zone the reader is in
  const zone = useQuery(metaQuery).data?.timeZone;
  const short = (at: string): string => (unit === 'day' ? formatDay(at, language, zone) : formatInstant(at, language));
  if (points.length === 0) return <p className="soft">{t('usage.quiet')}</p>;
  return (
    <>
      <Suspense fallback={<div style={{ height: 220 }} />}>
        <UsageChart
          name={text(service.productName)}
          times={points.map(({ at }) => short(at))}
          values={points.map((point) => point.usage)}
        />
      </Suspense>
      <details>
        <summary>{t('usage.table')}</summary>
        <Rows
          rows={points}
          rowKey={({ at }) => at}
          testId={`usage-point-${unit}`}
          columns={[
            { key: 'at', title: t('usage.when'), render: ({ at }) => short(at) },
            { key: 'usage', title: t('usage.used'), align: 'right', render: (point) => point.usage },
            { key: 'records', title: t('usage.records'), align: 'right', render: ({ records }) => records },
          ]}
        />
      </details>
    </>
  );
}
