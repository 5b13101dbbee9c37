import type { InvoiceDemandDetail, SupplyInvoiceView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideDemand, demandQuery } from '../../api/invoices.ts';
import { useCommand } from '../../components/command.ts';
import { CopyButton } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { FileLink } from '../../components/file-link.tsx';
import { Panel } from '../../components/page.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { type Column, Pair, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useMoney, useRatio, useStaffBase } from '../settlement/words.ts';
import { DemandForm } from './demand-form.tsx';
import { DemandState } from './words.tsx';

/** One requisition: what is invoiced at each rate, what was sent, and whose turn it is. */
export function DemandPage() {
  const { t } = useTranslation();
  const { requisitionId } = useParams({ strict: false });
  const seller = useStaffBase() === 'seller';
  const demand = useQuery(demandQuery(requisitionId ?? ''));
  return (
    <Loaded query={demand} title={t('nav.invoices')}>
      {(found) => (
        <RecordPage
          title={t('invoices.demand.title', { periods: found.periods.join(', ') })}
          state={<DemandState demand={found} large />}
          subtitle={
            <>
              {found.sellerName} · <span className="mono">{found.requisitionId}</span>
              <CopyButton text={found.requisitionId} name={t('invoices.demand.requisition')} />
            </>
          }
          next={
            <NextStep action={found.mayDecide && <Decide demand={found} />}>{<WhatNext demand={found} />}</NextStep>
          }
        >
          <Facts demand={found} />
          <InvoiceList demand={found} />
          {seller && found.state === 'TO_INVOICE' && <DemandForm demand={found} />}
          <Sent demand={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function WhatNext({ demand }: { demand: InvoiceDemandDetail }) {
  const { t } = useTranslation();
  const who = useStaffBase();
  if (demand.state === 'INVOICE_REVIEW') return t(`invoices.demand.next.${who}.review`);
  if (demand.state !== 'TO_INVOICE') return t('invoices.demand.next.done');
  return (
    <>
      {demand.rejected !== null && (
        <strong data-testid="rejected">{t('invoices.demand.rejected', { reason: demand.rejected })} </strong>
      )}
      {t(`invoices.demand.next.${who}.invoice`, { day: demand.dueOn })}
    </>
  );
}

function Decide({ demand }: { demand: InvoiceDemandDetail }) {
  const { t } = useTranslation();
  const [rejecting, setRejecting] = useState(false);
  const verify = useCommand({
    run: () => decideDemand(demand.requisitionId, { accept: true }),
    refresh: ['invoices'],
    done: t('invoices.demand.verified'),
  });
  const reject = useCommand({
    run: (reason: string) => decideDemand(demand.requisitionId, { accept: false, reason }),
    refresh: ['invoices'],
    done: t('invoices.demand.rejectedDone'),
    onDone: () => setRejecting(false),
    onFailed: () => true,
  });
  return (
    <span className="row">
      <Button type="primary" loading={verify.isPending} onClick={() => verify.mutate(undefined)} data-testid="verify">
        {t('invoices.demand.verify')}
      </Button>
      <Button danger onClick={() => setRejecting(true)} data-testid="reject">
        {t('invoices.demand.reject')}
      </Button>
      {rejecting && (
        <ReasonDialog
          title={t('invoices.demand.rejectTitle')}
          confirm={t('invoices.demand.reject')}
          danger
          busy={reject.isPending}
          error={reject.error}
          onClose={() => setRejecting(false)}
          onConfirm={(reason) => reject.mutate(reason)}
        >
          {t('invoices.demand.rejectHelp')}
        </ReasonDialog>
      )}
    </span>
  );
}

function Facts({ demand }: { demand: InvoiceDemandDetail }) {
  const { t } = useTranslation();
  const base = useStaffBase();
  const money = useMoney();
  return (
    <Panel title={t('invoices.demand.facts')}>
      <dl className="facts">
        <Pair term={t('settlement.column.class')} value={t(`settlement.class.${demand.class}`)} />
        <Pair
          term={t('invoices.demand.bills')}
          value={
            <span className="row">
              {demand.bills.map(({ billId, period }) => (
                <Link key={billId} to={`/${base}/bills/$billId`} params={{ billId }} className="num">
                  {period}
                </Link>
              ))}
            </span>
          }
        />
        <Pair term={t('invoices.gross')} value={<span className="num">{money(demand.total, demand.currency)}</span>} />
        <Pair term={t('invoices.demand.asked')} value={<Instant at={demand.askedAt} />} />
        <Pair
          term={t('invoices.dueOn')}
          value={<span className={demand.overdue ? 'num fault' : 'num'}>{demand.dueOn}</span>}
        />
        {demand.site === 'CN' && (
          <Pair
            term={t('invoices.demand.remark')}
            value={
              <>
                <span className="mono">{demand.remark}</span>
                <CopyButton text={demand.remark} name={t('invoices.demand.remark')} />
              </>
            }
          />
        )}
      </dl>
    </Panel>
  );
}

type Taxed = InvoiceDemandDetail['list'][number];

function InvoiceList({ demand }: { demand: InvoiceDemandDetail }) {
  const { t } = useTranslation();
  const columns = useTaxedColumns<Taxed>(demand.currency);
  return (
    <Panel title={t('invoices.demand.list')}>
      <p className="soft">{t('invoices.demand.listHelp')}</p>
      <Rows rows={demand.list} columns={columns} rowKey={({ rate }) => rate} testId="list-row" />
    </Panel>
  );
}

function useTaxedColumns<T extends Taxed>(currency: string): Column<T>[] {
  const { t } = useTranslation();
  const money = useMoney();
  const ratio = useRatio();
  const amount = (value: string) => <span className="num">{money(value, currency)}</span>;
  return [
    { key: 'rate', title: t('invoices.rate'), render: ({ rate }) => <span className="num">{ratio(rate)}</span> },
    { key: 'net', title: t('invoices.net'), align: 'right', render: ({ net }) => amount(net) },
    { key: 'tax', title: t('invoices.tax'), align: 'right', render: ({ tax }) => amount(tax) },
    { key: 'gross', title: t('invoices.gross'), align: 'right', render: ({ gross }) => amount(gross) },
  ];
}

function Sent({ demand }: { demand: InvoiceDemandDetail }) {
  const { t } = useTranslation();
  const taxed = useTaxedColumns<SupplyInvoiceView>(demand.currency);
  if (demand.invoices.length === 0) return null;
  const columns: Column<SupplyInvoiceView>[] = [
    {
      key: 'number',
      title: t('invoices.number'),
      render: ({ number, code, issuedOn }) => (
        <>
          <span className="mono">{code === null ? number : `${code} ${number}`}</span>
          <div className="soft num">{issuedOn}</div>
        </>
      ),
    },
    ...taxed,
    { key: 'remark', title: t('invoices.demand.remark'), render: ({ remark }) => remark },
    { key: 'file', title: t('invoices.file'), render: ({ file }) => <FileLink file={file} url={file.url} /> },
    {
      key: 'state',
      title: t('settlement.column.state'),
      render: ({ state, reason }) => (
        <>
          <span data-testid="supply-state" data-state={state}>
            {t(`invoices.supply.${state}`)}
          </span>
          {reason !== null && <div className="soft">{reason}</div>}
        </>
      ),
    },
  ];
  return (
    <Panel title={t('invoices.demand.sent')}>
      <Rows rows={demand.invoices} columns={columns} rowKey={({ invoiceId }) => invoiceId} testId="supply-row" />
    </Panel>
  );
}
