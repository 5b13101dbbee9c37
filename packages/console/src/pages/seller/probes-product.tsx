import type { ProbeDetailsView, ProbeRoundView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { probeQuery } from '../../api/debugging.ts';
import { Actor } from '../../components/actor.tsx';
import { Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { useBase } from '../../components/links.tsx';
import { Outcome } from '../../components/outcome.tsx';
import { Panel } from '../../components/page.tsx';
import { RecordPage } from '../../components/record.tsx';
import { type Column, Pair, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { FreezeOrRelease } from '../operator/probes-sanction.tsx';
import { useActivityName } from './activities.ts';
import { FailedOrders, FailingDays } from './probes.tsx';
import { ProbeNow } from './probes-now.tsx';
import { ProductStatus } from './probes-status.tsx';

/** The probes of one product, round by round, and its freezes; the operator freezes and releases here. */
export function ProbePage() {
  const { t } = useTranslation();
  const text = useText();
  const { goodsId } = useParams({ strict: false });
  const details = useQuery(probeQuery(goodsId ?? ''));
  return (
    <Loaded query={details} title={t('probe.title')}>
      {(data) => (
        <RecordPage
          title={text(data.product.productName)}
          state={<ProductStatus status={data.product.status} />}
          subtitle={
            <>
              {data.product.sellerName} · <Id value={data.product.goodsId} name={t('product.number')} />
            </>
          }
        >
          <Frozen details={data} />
          <Facts details={data} />
          <Rounds rounds={data.rounds} />
          <Sanctions details={data} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function Frozen({ details: { product } }: { details: ProbeDetailsView }) {
  const { t } = useTranslation();
  if (product.frozen === null) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="frozen"
      title={t('probe.frozen', { reason: product.frozen.reason })}
      description={t('probe.frozenHelp')}
    />
  );
}

function Facts({ details: { product } }: { details: ProbeDetailsView }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('probe.title')}>
      <dl className="facts">
        <Pair term={t('probe.cases')} value={product.cases} />
        <Pair term={t('probe.failingDays')} value={<FailingDays product={product} />} />
        <Pair term={t('probe.failedOrders')} value={<FailedOrders product={product} />} />
        <Pair
          term={t('probe.next')}
          value={product.nextProbeAt === null ? '—' : <Instant at={product.nextProbeAt} />}
        />
      </dl>
      <div className="row" style={{ marginTop: 12 }}>
        <ProbeNow product={product} />
        <FreezeOrRelease product={product} />
      </div>
    </Panel>
  );
}

function Rounds({ rounds }: { rounds: readonly ProbeRoundView[] }) {
  const { t } = useTranslation();
  const text = useText();
  const base = useBase();
  const activityName = useActivityName();
  const columns: Column<ProbeRoundView>[] = [
    { key: 'day', title: t('probe.day'), render: (round) => <span className="num">{round.day}</span> },
    { key: 'slot', title: t('probe.slot'), render: (round) => t(`probe.${round.slot}`) },
    { key: 'at', title: t('probe.startedAt'), render: (round) => <Instant at={round.startedAt} exact /> },
    { key: 'outcome', title: t('probe.outcome'), render: (round) => <Outcome state={round.state} /> },
    {
      key: 'runs',
      title: t('debug.interfaces'),
      render: (round) => (
        <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>
          {round.runs.map((run) => (
            <li key={run.runId} className="row">
              <Link
                to={base === 'operator' ? '/operator/runs/$runId' : '/seller/runs/$runId'}
                params={{ runId: run.runId }}
                style={{ display: 'inline-block', padding: '3px 0' }}
              >
                {activityName(run.activity)}
              </Link>
              <Outcome state={run.state} />
              {run.message !== null && <span>{text(run.message)}</span>}
            </li>
          ))}
        </ul>
      ),
    },
  ];
  return (
    <Panel title={t('probe.rounds')}>
      {rounds.length === 0 ? (
        <p className="soft">{t('probe.none')}</p>
      ) : (
        <Rows rows={rounds} columns={columns} rowKey={(round) => round.roundId} testId="round-row" />
      )}
    </Panel>
  );
}

type SanctionView = ProbeDetailsView['sanctions'][number];

function Sanctions({ details: { sanctions } }: { details: ProbeDetailsView }) {
  const { t } = useTranslation();
  const columns: Column<SanctionView>[] = [
    { key: 'at', title: t('call.time'), render: (each) => <Instant at={each.at} exact /> },
    { key: 'kind', title: t('list.action'), render: (each) => t(`probe.kind.${each.kind}`) },
    { key: 'by', title: t('probe.by'), render: (each) => <Actor name={each.by} /> },
    { key: 'reason', title: t('probe.reason'), render: (each) => each.reason },
  ];
  return (
    <Panel title={t('probe.sanctions')}>
      {sanctions.length === 0 ? (
        <p className="soft">{t('probe.noSanctions')}</p>
      ) : (
        <Rows rows={sanctions} columns={columns} rowKey={(each) => `${each.kind} ${each.at}`} testId="sanction-row" />
      )}
    </Panel>
  );
}
