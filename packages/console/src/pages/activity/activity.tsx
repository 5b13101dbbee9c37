import type { ActivityFigures, ActivityView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { activityQuery } from '../../api/activity.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';
import { parseActivitySearch } from '../../search/activity-params.ts';
import { ExportButton } from '../settlement/export-button.tsx';
import { DayCharts } from './days.tsx';
import { FigureCards, usePercent } from './figures.tsx';
import { RangeChoice } from './range.tsx';

type ProductRow = ActivityView['products'][number];

/** 联营活跃用户分析: who uses the joint-operation products, of the seller or of everyone (S-70 … S-75). */
export function ActivityPage() {
  const { t } = useTranslation();
  const search = parseActivitySearch(useSearch({ strict: false }));
  const query = useQuery(activityQuery(search));
  const columns = useColumns();
  return (
    <Loaded query={query} title={t('jointActivity.title')}>
      {(found) => (
        <Page
          title={t('jointActivity.title')}
          tools={
            <ExportButton
              kind="ACTIVITY"
              wanted={(how) => ({ kind: 'ACTIVITY', ...how, filter: { from: found.from, to: found.to } })}
            />
          }
        >
          {found.products.length === 0 ? (
            <Empty sentence={t('jointActivity.none')} />
          ) : (
            <>
              <RangeChoice search={search} lastDay={found.lastDay} from={found.from} to={found.to} />
              <FigureCards figures={found.total} />
              <DayCharts days={found.days} />
              <Panel title={t('jointActivity.byProduct')}>
                <Rows
                  rows={found.products}
                  columns={columns}
                  rowKey={({ goodsId }) => goodsId}
                  testId="activity-product"
                />
              </Panel>
            </>
          )}
        </Page>
      )}
    </Loaded>
  );
}

const COUNTS = ['projects', 'opened'] as const;
const LATER = ['authorised', 'activeUsers'] as const;

/** S-74 */
function useColumns(): Column<ProductRow>[] {
  const { t } = useTranslation();
  const text = useText();
  const percent = usePercent();
  const search = parseActivitySearch(useSearch({ strict: false }));
  const operator = useQuery(sessionQuery).data?.area === 'operator';
  const numbered = (name: keyof ActivityFigures, show: (figures: ActivityFigures) => string): Column<ProductRow> => ({
    key: name,
    title: t(`jointActivity.metric.${name}`),
    align: 'right',
    render: ({ figures }) => <span className="num">{show(figures)}</span>,
  });
  const count = (name: (typeof COUNTS)[number] | (typeof LATER)[number] | 'activeProjects') =>
    numbered(name, (figures) => String(figures[name]));
  return [
    {
      key: 'product',
      title: t('jointActivity.product'),
      render: ({ goodsId, name, sellerName }) => (
        <>
          <Link
            to={operator ? '/operator/activity/$goodsId' : '/seller/activity/$goodsId'}
            params={{ goodsId }}
            search={search}
          >
            {text(name)}
          </Link>
          {operator && <div className="soft">{sellerName}</div>}
        </>
      ),
    },
    ...COUNTS.map(count),
    numbered('openingRate', ({ openingRate }) => percent(openingRate)),
    count('activeProjects'),
    numbered('projectActivity', ({ projectActivity }) => percent(projectActivity)),
    ...LATER.map(count),
    numbered('userActivity', ({ userActivity }) => percent(userActivity)),
  ];
}
