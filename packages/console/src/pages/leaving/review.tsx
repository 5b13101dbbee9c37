import type { LeavingDetailView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideLeaving, leavingQuery } from '../../api/leaving.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { Hindrances, LeavingState, Running, Statements } from './parts.tsx';

/** The operator's review of one seller that wants to leave (S4-7). */
export function LeavingPage() {
  const { t } = useTranslation();
  const { leavingId } = useParams({ strict: false });
  const found = useQuery(leavingQuery(leavingId ?? ''));
  return (
    <Loaded query={found} title={t('nav.leavings')}>
      {(detail) => <Review detail={detail} />}
    </Loaded>
  );
}

function Review({ detail }: { detail: LeavingDetailView }) {
  const { t } = useTranslation();
  const { leaving, hindrances, running, statements, currency } = detail;
  const { state, comment, decidedAt, decidedBy } = leaving;
  return (
    <Page
      title={t('leaving.of', { name: leaving.sellerName })}
      tools={<Link to="/operator/leavings">{t('nav.leavings')}</Link>}
    >
      <Panel title={t('leaving.application')}>
        <div className="stack">
          <dl className="facts">
            <Pair term={t('order.state')} value={<LeavingState state={state} large />} />
            <Pair
              term={t('settlement.column.seller')}
              value={
                <>
                  {leaving.sellerName} <span className="soft mono">{leaving.sellerId}</span>
                </>
              }
            />
            <Pair term={t('lives.reason')} value={<span className="prose">{leaving.reason}</span>} />
            <Pair
              term={t('leaving.askedAt')}
              value={
                <>
                  <Instant at={leaving.askedAt} /> <span className="soft">{leaving.askedBy}</span>
                </>
              }
            />
            {decidedAt !== null && (
              <Pair
                term={t('leaving.decidedAt')}
                value={
                  <>
                    <Instant at={decidedAt} /> <span className="soft">{decidedBy}</span>
                    {comment !== null && <div className="prose">{comment}</div>}
                  </>
                }
              />
            )}
          </dl>
          {state === 'PENDING' && <Decide detail={detail} />}
          {state === 'APPROVED' && <p className="soft">{t('leaving.after')}</p>}
        </div>
      </Panel>
      <Panel title={t('leaving.hindersNow')}>
        <div className="stack">
          <Hindrances hindrances={hindrances} currency={currency} />
          <Running running={running} />
        </div>
      </Panel>
      <Panel title={t('leaving.statement.title')}>
        {statements.length === 0 ? (
          <Empty sentence={t('leaving.statement.none')} />
        ) : (
          <Statements statements={statements} />
        )}
      </Panel>
    </Page>
  );
}

function Decide({ detail: { leaving, hindrances } }: { detail: LeavingDetailView }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'leaving.decide');
  const [open, setOpen] = useState<'approve' | 'reject' | null>(null);
  const decide = useCommand({
    run: (comment: string) => decideLeaving(leaving.leavingId, { approve: open === 'approve', comment }),
    refresh: ['leaving'],
    done: t('leaving.decided'),
    onDone: () => setOpen(null),
    onFailed: () => true,
  });
  const hindered = hindrances.length > 0;
  return (
    <div className="stack stack--tight">
      <span className="row">
        <Button
          type="primary"
          danger
          disabled={!allowed || hindered}
          onClick={() => setOpen('approve')}
          data-testid="approve-leaving"
        >
          {t('leaving.approve')}
        </Button>
        <Button disabled={!allowed} onClick={() => setOpen('reject')} data-testid="reject-leaving">
          {t('leaving.reject')}
        </Button>
      </span>
      {(!allowed || hindered) && (
        <span className="soft" data-testid="why-not">
          {t(allowed ? 'leaving.hinderedNow' : 'leaving.operatorRole')}
        </span>
      )}
      {open !== null && (
        <ReasonDialog
          title={t(`leaving.${open}`)}
          confirm={t(`leaving.${open}`)}
          danger={open === 'approve'}
          busy={decide.isPending}
          error={decide.error}
          onClose={() => setOpen(null)}
          onConfirm={(comment) => decide.mutate(comment)}
        >
          {t(`leaving.${open}Help`, { name: leaving.sellerName })}
        </ReasonDialog>
      )}
    </div>
  );
}
