import type { SellerUsageView, UsageRepairView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { rateAllAgain, usageOverviewQuery, usageRepairsQuery } from '../../api/usage.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';
import { GivePrice } from './give-price.tsx';

/** Usage over all sellers, for operators: what was taken and not, and what waits for a repair. */
export function UsageOverviewPage() {
  const { t } = useTranslation();
  const overview = useQuery(usageOverviewQuery());
  const columns = useSellerColumns();
  return (
    <Page title={t('usage.desk.title')}>
      <Repairs />
      <Loaded query={overview}>
        {({ items, days }) =>
          items.length === 0 ? (
            <Empty sentence={t('usage.desk.none')} />
          ) : (
            <>
              <p className="soft">{t('usage.desk.intro', { days })}</p>
              <Rows rows={items} columns={columns} rowKey={({ sellerId }) => sellerId} testId="seller-usage" />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useSellerColumns(): Column<SellerUsageView>[] {
  const { t } = useTranslation();
  const count = (key: 'services' | 'records' | 'late' | 'rejected'): Column<SellerUsageView> => ({
    key,
    title: t(`usage.desk.${key}`),
    align: 'right',
    render: (row) => <span className="num">{row[key]}</span>,
  });
  /** nothing = well */
  const trouble = (key: 'unrated' | 'heldUp' | 'owing'): Column<SellerUsageView> => ({
    key,
    title: t(`usage.desk.${key}`),
    align: 'right',
    render: (row) => (row[key] === 0 ? '—' : <span className="state state--bad num">{row[key]}</span>),
  });
  return [
    { key: 'seller', title: t('usage.desk.seller'), render: ({ sellerName }) => sellerName },
    ...[count('services'), count('records'), count('late'), count('rejected')],
    ...[trouble('unrated'), trouble('heldUp'), trouble('owing')],
  ];
}

function Repairs() {
  const { t } = useTranslation();
  const repairs = useQuery(usageRepairsQuery());
  const allowed = may(useQuery(sessionQuery).data, 'usage.correct');
  const [chosen, setChosen] = useState<UsageRepairView | null>(null);
  const columns = useRepairColumns(allowed ? setChosen : null);
  const again = useCommand({
    run: rateAllAgain,
    refresh: ['usage'],
  });
  return (
    <Panel title={t('usage.desk.repairs')}>
      <Loaded query={repairs}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft">{t('usage.desk.noRepairs')}</p>
          ) : (
            <>
              <Rows rows={items} columns={columns} rowKey={repairKey} testId="usage-repair" />
              {allowed && items.some(({ reason }) => reason === 'UNRATED') && (
                <Button loading={again.isPending} onClick={() => again.mutate(undefined)} data-testid="rate-again">
                  {t('usage.desk.rateAgain')}
                </Button>
              )}
            </>
          )
        }
      </Loaded>
      {chosen !== null && <GivePrice to={chosen} onClose={() => setChosen(null)} />}
    </Panel>
  );
}

const repairKey = ({ resourceId, reason }: UsageRepairView): string => `${resourceId} ${reason}`;

function useRepairColumns(choose: ((to: UsageRepairView) => void) | null): Column<UsageRepairView>[] {
  const { t } = useTranslation();
  const text = useText();
  return [
    {
      key: 'product',
      title: t('usage.product'),
      render: ({ resourceId, productName, specificationName }) => (
        <>
          <Link to="/operator/usage/$resourceId" params={{ resourceId }}>
            {text(productName)}
          </Link>
          <div className="soft">{text(specificationName)}</div>
        </>
      ),
    },
    { key: 'seller', title: t('usage.desk.seller'), render: ({ sellerName }) => sellerName },
    { key: 'customer', title: t('usage.customer'), render: ({ buyerName }) => buyerName },
    { key: 'records', title: t('usage.records'), align: 'right', render: ({ records }) => records },
    { key: 'usage', title: t('usage.used'), align: 'right', render: ({ usage }) => usage },
    { key: 'since', title: t('usage.desk.since'), render: ({ since }) => <Instant at={since} /> },
    {
      key: 'reason',
      title: t('usage.desk.reason'),
      render: (row) => (
        <>
          {t(`usage.desk.reasons.${row.reason}`)}{' '}
          {choose !== null && row.reason === 'NO_PRICE' && (
            <Button size="small" onClick={() => choose(row)} data-testid="give-price">
              {t('usage.desk.give')}
            </Button>
          )}
        </>
      ),
    },
  ];
}
