import type { UsagePackageView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { packagesQuery } from '../../api/usage.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';
import { AlarmSettings } from './alarm-settings.tsx';
import { PackageAlarm } from './package-alarm.tsx';

/** A buyer's packages with what is left of them, and when to be warned of them and of the balance (N-28). */
export function PackagesPage() {
  const { t } = useTranslation();
  const packages = useQuery(packagesQuery());
  const [chosen, setChosen] = useState<UsagePackageView | null>(null);
  const allowed = may(useQuery(sessionQuery).data, 'usage.alarms');
  const columns = useColumns(allowed ? setChosen : null);
  return (
    <Page title={t('usage.packages.title')}>
      <Loaded query={packages}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence={t('usage.packages.none')} />
          ) : (
            <Rows rows={items} columns={columns} rowKey={({ resourceId }) => resourceId} testId="package-row" />
          )
        }
      </Loaded>
      {allowed && <AlarmSettings />}
      {chosen !== null && <PackageAlarm of={chosen} onClose={() => setChosen(null)} />}
    </Page>
  );
}

function useColumns(choose: ((of: UsagePackageView) => void) | null): Column<UsagePackageView>[] {
  const { t } = useTranslation();
  const text = useText();
  const told = ({ watched, threshold, unit }: UsagePackageView): string => {
    if (!watched) return t('usage.packages.short');
    return threshold === null
      ? t('usage.packages.off')
      : t('usage.packages.at', { rest: `${threshold} ${text(unit)}` });
  };
  return [
    {
      key: 'product',
      title: t('usage.product'),
      render: ({ productName, specificationName }) => (
        <>
          {text(productName)}
          <div className="soft">{text(specificationName)}</div>
        </>
      ),
    },
    {
      key: 'quota',
      title: t('usage.packages.quota'),
      align: 'right',
      render: ({ quota, unit, resetting, stopWhenUsedUp }) => (
        <>
          <span className="num">{`${quota} ${text(unit)}`}</span>
          <div className="soft">{t(`usage.packages.resets.${resetting ?? 'none'}`)}</div>
          {stopWhenUsedUp && <div className="soft">{t('usage.packages.stops')}</div>}
        </>
      ),
    },
    {
      key: 'rest',
      title: t('usage.packages.rest'),
      align: 'right',
      render: ({ rest, unit }) => <span className="num">{`${rest} ${text(unit)}`}</span>,
    },
    {
      key: 'ends',
      title: t('usage.packages.ends'),
      render: ({ to }) => (to === null ? t('usage.packages.forever') : <Instant at={to} />),
    },
    {
      key: 'alarm',
      title: t('usage.packages.alarm'),
      render: (row) => (
        <>
          {told(row)}{' '}
          {choose !== null && row.watched && (
            <Button size="small" onClick={() => choose(row)} data-testid="package-alarm">
              {t('usage.packages.set')}
            </Button>
          )}
        </>
      ),
    },
  ];
}
