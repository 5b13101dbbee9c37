import type { ProductActivityView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { productActivityQuery } from '../../api/activity.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';
import { parseActivitySearch } from '../../search/activity-params.ts';
import { ExportButton } from '../settlement/export-button.tsx';
import { DayCharts } from './days.tsx';
import { FigureCards, usePercent } from './figures.tsx';
import { RangeChoice } from './range.tsx';

/** One joint-operation product, by customer (S-74). */
export function ProductActivityPage() {
  const { t } = useTranslation();
  const text = useText();
  const { goodsId = '' } = useParams({ strict: false });
  const search = parseActivitySearch(useSearch({ strict: false }));
  const query = useQuery(productActivityQuery(goodsId, search));
  const columns = useColumns();
  return (
    <Loaded query={query} title={t('jointActivity.title')}>
      {({ name, from, to, lastDay, total, days, customers }) => (
        <Page
          title={t('jointActivity.of', { name: text(name) })}
          tools={
            <ExportButton
              kind="ACTIVITY"
              wanted={(how) => ({ kind: 'ACTIVITY', ...how, filter: { from, to, goodsId } })}
            />
          }
        >
          <RangeChoice search={search} lastDay={lastDay} from={from} to={to} />
          <FigureCards figures={total} />
          <DayCharts days={days} />
          <Panel title={t('jointActivity.byCustomer')}>
            {customers.length === 0 ? (
              <Empty sentence={t('jointActivity.noCustomers')} />
            ) : (
              <Rows rows={customers} columns={columns} rowKey={({ buyerId }) => buyerId} testId="activity-customer" />
            )}
            {customers.length < total.projects && (
              <p className="soft">{t('jointActivity.more', { shown: customers.length, all: total.projects })}</p>
            )}
          </Panel>
        </Page>
      )}
    </Loaded>
  );
}

function useColumns(): Column<ProductActivityView['customers'][number]>[] {
  const { t } = useTranslation();
  const percent = usePercent();
  return [
    { key: 'customer', title: t('jointActivity.customer'), render: ({ name }) => name },
    {
      key: 'opened',
      title: t('jointActivity.isOpened'),
      render: ({ opened }) => t(opened ? 'jointActivity.openedYes' : 'jointActivity.openedNo'),
    },
    {
      key: 'authorised',
      title: t('jointActivity.metric.authorised'),
      align: 'right',
      render: ({ authorised }) => <span className="num">{authorised}</span>,
    },
    {
      key: 'activeUsers',
      title: t('jointActivity.metric.activeUsers'),
      align: 'right',
      render: ({ activeUsers }) => <span className="num">{activeUsers}</span>,
    },
    {
      key: 'userActivity',
      title: t('jointActivity.metric.userActivity'),
      align: 'right',
      render: ({ userActivity }) => <span className="num">{percent(userActivity)}</span>,
    },
  ];
}
