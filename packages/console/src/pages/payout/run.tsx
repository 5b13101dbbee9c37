import type { PayoutPayment, PayoutRunDetail } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failPayment, payoutRunQuery } from '../../api/payout.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { type Column, Pair, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { useMoney } from '../settlement/words.ts';
import { Decide } from './decide.tsx';
import { Files } from './files.tsx';
import { MaskedAccount, PaymentState, RunState } from './words.tsx';

/** One run: who made it, who approves it, how far its payments are, and the files for the bank. */
export function PayoutRunPage() {
  const { t } = useTranslation();
  const { runId } = useParams({ strict: false });
  const run = useQuery(payoutRunQuery(runId ?? ''));
  return (
    <Loaded query={run} title={t('payout.runs.one', { run: runId })}>
      {(found) => (
        <RecordPage
          title={t('payout.runs.one', { run: found.runId })}
          state={<RunState state={found.state} large />}
          subtitle={t('payout.runs.madeBy', { name: found.madeBy })}
          next={
            <NextStep action={found.state === 'TO_APPROVE' ? <Decide run={found} /> : null}>
              {t(`payout.state.${found.state}.help`)}
            </NextStep>
          }
        >
          <Facts run={found} />
          {(found.state === 'APPROVED' || found.state === 'COMPLETED') && <Files run={found} />}
          <Payments run={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function Facts({ run }: { run: PayoutRunDetail }) {
  const { t } = useTranslation();
  const money = useMoney();
  const amount = (value: string) => <span className="num">{money(value, run.currency)}</span>;
  return (
    <Panel title={t('payout.runs.facts')}>
      <dl className="facts">
        <Pair
          term={t('payout.column.total')}
          value={
            <strong className="num amount-large" data-testid="run-total">
              {money(run.total, run.currency)}
            </strong>
          }
        />
        <Pair term={t('payout.column.day')} value={<span className="num">{run.executionDay}</span>} />
        <Pair term={t('payout.runs.payer')} value={<MaskedAccount account={run.payer} />} />
        {run.progress.map(({ state, payments, total }) => (
          <Pair
            key={state}
            term={t(`payout.payment.${state}.word`)}
            value={
              <>
                {t('payout.runs.payments', { payments })} · {amount(total)}
              </>
            }
          />
        ))}
        <Pair term={t('payout.column.made')} value={<Who name={run.madeBy} at={run.madeAt} />} />
        {run.decidedBy !== null && run.decidedAt !== null && (
          <Pair term={t('payout.runs.decided')} value={<Who name={run.decidedBy} at={run.decidedAt} />} />
        )}
        {run.reason !== null && <Pair term={t('payout.runs.reason')} value={run.reason} />}
      </dl>
    </Panel>
  );
}

function Who({ name, at }: { name: string; at: string }) {
  return (
    <>
      {name} · <Instant at={at} exact />
    </>
  );
}

function Payments({ run }: { run: PayoutRunDetail }) {
  const { t } = useTranslation();
  const money = useMoney();
  const columns: Column<PayoutPayment>[] = [
    {
      key: 'payee',
      title: t('payout.column.payee'),
      render: ({ payee, paymentId }) => (
        <>
          {payee.name}
          <div className="soft mono">{paymentId}</div>
        </>
      ),
    },
    {
      key: 'account',
      title: t('payout.column.account'),
      render: ({ account }) => <MaskedAccount account={account} />,
    },
    {
      key: 'state',
      title: t('payout.column.state'),
      render: ({ state, paidOn, bankReference, reason }) => (
        <>
          <PaymentState state={state} />
          <div className="soft">{[paidOn, bankReference, reason].filter((each) => each !== null).join(' · ')}</div>
        </>
      ),
    },
    {
      key: 'amount',
      title: t('payout.column.amount'),
      align: 'right',
      render: ({ amount }) => <span className="num">{money(amount, run.currency)}</span>,
    },
    { key: 'action', title: t('list.action'), render: (payment) => <Fail payment={payment} /> },
  ];
  return (
    <Panel title={t('payout.runs.items')}>
      <Rows rows={run.items} columns={columns} rowKey={({ paymentId }) => paymentId} testId="payment-row" />
    </Panel>
  );
}

/** The bank said no, in words that no statement carries. */
function Fail({ payment }: { payment: PayoutPayment }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  const [open, setOpen] = useState(false);
  const fail = useCommand({
    run: (reason: string) => failPayment(payment.paymentId, reason),
    refresh: ['settlement'],
    done: t('payout.fail.done'),
    onDone: () => setOpen(false),
    onFailed: () => true,
  });
  if (payment.state !== 'APPROVED' || !allowed) return '—';
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} aria-label={`${t('payout.fail.button')} ${payment.paymentId}`}>
        {t('payout.fail.button')}
      </Button>
      {open && (
        <ReasonDialog
          title={t('payout.fail.title')}
          confirm={t('payout.fail.button')}
          danger
          busy={fail.isPending}
          error={fail.error}
          onClose={() => setOpen(false)}
          onConfirm={(reason) => fail.mutate(reason)}
        >
          {t('payout.fail.help', { payee: payment.payee.name })}
        </ReasonDialog>
      )}
    </>
  );
}
