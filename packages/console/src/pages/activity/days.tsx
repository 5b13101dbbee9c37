import type { ActivityView } from '@jishi/marketplace/console-api';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';

const ActivityChart = lazy(() => import('./chart.tsx'));
type ActiveDay = ActivityView['days'][number];

/** Active projects and active users day by day, as lines and as a table. */
export function DayCharts({ days }: { days: readonly ActiveDay[] }) {
  const { t } = useTranslation();
  const short = useMemo(() => days.map(({ day }) => day.slice(5)), [days]);
  const projects = useMemo(() => days.map(({ activeProjects }) => activeProjects), [days]);
  const users = useMemo(() => days.map(({ activeUsers }) => activeUsers), [days]);
  const columns: Column<ActiveDay>[] = [
    { key: 'day', title: t('jointActivity.day'), render: ({ day }) => <span className="num">{day}</span> },
    {
      key: 'projects',
      title: t('jointActivity.metric.activeProjects'),
      align: 'right',
      render: ({ activeProjects }) => <span className="num">{activeProjects}</span>,
    },
    {
      key: 'users',
      title: t('jointActivity.metric.activeUsers'),
      align: 'right',
      render: ({ activeUsers }) => <span className="num">{activeUsers}</span>,
    },
  ];
  const line = (name: string, values: readonly number[], colour: string) => (
    <Suspense fallback={<div style={{ height: 220 }} />}>
      <ActivityChart name={name} days={short} values={values} colour={colour} />
    </Suspense>
  );
  return (
    <>
      <div className="sides">
        <Panel title={t('jointActivity.projectsByDay')}>
          {line(t('jointActivity.metric.activeProjects'), projects, '#0072b2')}
        </Panel>
        <Panel title={t('jointActivity.usersByDay')}>
          {line(t('jointActivity.metric.activeUsers'), users, '#009e73')}
        </Panel>
      </div>
      <details className="panel">
        <summary>{t('jointActivity.asTable')}</summary>
        <Rows rows={days} columns={columns} rowKey={({ day }) => day} testId="activity-day" />
      </details>
    </>
  );
}
