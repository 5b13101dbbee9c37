import type { OverviewView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { overviewQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { formatCount } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { CallTable } from './call-table.tsx';
import { LedgerBadge } from './ledger-badge.tsx';

/** An overview is glanced at: fresh enough, and cheap for the server. */
const refreshMs = 15_000;

const CallChart = lazy(() => import('./call-chart.tsx'));

/** The operator's start: what waits, what failed, how the calls went in the last 24 hours, does the ledger balance. */
export function OverviewPage() {
  const { t } = useTranslation();
  const overview = useQuery({ ...overviewQuery, refetchInterval: refreshMs });
  return (
    <Page title={t('nav.overview')}>
      <Loaded query={overview}>{(found) => <Overview overview={found} />}</Loaded>
    </Page>
  );
}

function Overview({ overview }: { overview: OverviewView }) {
  const { t } = useTranslation();
  const count = (state: OverviewView['calls'][number]['state']): number =>
    overview.calls.find((one) => one.state === state)?.count ?? 0;
  return (
    <>
      <div className="sides">
        <Panel title={t('overview.waiting')}>
          <ul className="figures">
            <Figure value={count('STOPPED')} alarm label={t('overview.stoppedCalls')}>
              {(content) => (
                <Link to="/operator/calls" search={{ state: 'STOPPED' }}>
                  {content}
                </Link>
              )}
            </Figure>
            <Figure value={overview.tasks.failed} alarm label={t('overview.failedTasks')}>
              {(content) => (
                <Link to="/operator/tasks" search={{ state: 'STOPPED' }}>
                  {content}
                </Link>
              )}
            </Figure>
            <Figure value={overview.tasks.overdue} alarm label={t('overview.overdueTasks')}>
              {(content) => (
                <Link to="/operator/tasks" search={{ state: 'DUE' }}>
                  {content}
                </Link>
              )}
            </Figure>
            <Figure value={overview.tasks.due} label={t('overview.dueTasks')}>
              {(content) => (
                <Link to="/operator/tasks" search={{ state: 'DUE' }}>
                  {content}
                </Link>
              )}
            </Figure>
            <Figure value={overview.tasks.running} label={t('overview.runningTasks')}>
              {(content) => (
                <Link to="/operator/tasks" search={{ state: 'RUNNING' }}>
                  {content}
                </Link>
              )}
            </Figure>
          </ul>
        </Panel>
        <Panel title={t('overview.ledger')}>
          <LedgerBadge ledger={overview.ledger} />
        </Panel>
        <Panel title={t('overview.orders')}>
          <ul className="figures">
            {overview.orders.map(({ state, count: orders }) => (
              <Figure key={state} value={orders} label={t(`state.order.${state}.word`)}>
                {(content) => (
                  <Link to="/operator/orders" search={{ state }}>
                    {content}
                  </Link>
                )}
              </Figure>
            ))}
          </ul>
        </Panel>
        <Panel title={t('overview.instances')}>
          <ul className="figures">
            {overview.instances.map(({ state, count: instances }) => (
              <Figure key={state} value={instances} label={t(`state.instance.${state}.word`)}>
                {(content) => <span>{content}</span>}
              </Figure>
            ))}
          </ul>
        </Panel>
      </div>
      <Panel title={t('overview.calls')}>
        <div className="stack">
          <Suspense fallback={<div style={{ height: 260 }} aria-busy="true" />}>
            <CallChart hours={overview.callsByOutcome} />
          </Suspense>
          <CallTable hours={overview.callsByOutcome} />
        </div>
      </Panel>
    </>
  );
}

interface FigureProps {
  readonly value: number;
  readonly label: string;
  /** a number above zero asks somebody to act */
  readonly alarm?: boolean;
  readonly children: (content: ReactNode) => ReactNode;
}

function Figure({ value, label, alarm, children }: FigureProps) {
  const { language } = usePreferences();
  const color = alarm && value > 0 ? 'var(--bad)' : undefined;
  return (
    <li>
      {children(
        <>
          <span className="figure num" style={{ color }}>
            {formatCount(value, language)}
          </span>
          <span className="soft">{label}</span>
        </>,
      )}
    </li>
  );
}
