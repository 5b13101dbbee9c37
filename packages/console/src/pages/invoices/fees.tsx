import type { FeeInvoiceView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideFee, feeInvoicesQuery } from '../../api/invoices.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { FileLink } from '../../components/file-link.tsx';
import { StateFilter } from '../../components/filters.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { feeStates, parseFeeSearch } from '../../search/invoice-params.ts';
import { isFiltered } from '../../search/params.ts';
import { may } from '../../shell/areas.ts';
import { useMoney, useStaffBase } from '../settlement/words.ts';
import { FeeRequest } from './fee-request.tsx';
import { EntryForm } from './invoice-steps.tsx';
import { FeeState, InvoiceTabs } from './words.tsx';

/** Invoices of the platform fee (5.5): sellers ask for paid bills, the operator issues, sellers download. */
export function FeeInvoicesPage() {
  const { t } = useTranslation();
  const base = useStaffBase();
  const mayAsk = may(useQuery(sessionQuery).data, 'invoice.own');
  const search = parseFeeSearch(useSearch({ strict: false }));
  const invoices = useQuery(feeInvoicesQuery({ ...search }));
  const [deciding, setDeciding] = useState<FeeInvoiceView | null>(null);
  const columns = useColumns(setDeciding);
  return (
    <Page title={t('nav.invoices')}>
      <InvoiceTabs active="ofFee">
        {base === 'seller' && mayAsk && <FeeRequest />}
        {deciding !== null && <Issue invoice={deciding} onClose={() => setDeciding(null)} />}
        <StateFilter value={search.state} states={feeStates} word={(value) => t(`invoices.fee.state.${value}.word`)} />
        <Loaded query={invoices}>
          {(page) =>
            page.items.length === 0 ? (
              <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'invoices.fee.none')} />
            ) : (
              <>
                <Rows rows={page.items} columns={columns} rowKey={(row) => row.feeInvoiceId} testId="fee-row" />
                <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
              </>
            )
          }
        </Loaded>
      </InvoiceTabs>
    </Page>
  );
}

function useColumns(decide: (invoice: FeeInvoiceView) => void): Column<FeeInvoiceView>[] {
  const { t } = useTranslation();
  const operator = useStaffBase() === 'operator';
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  const money = useMoney();
  const amount = (value: string, { currency }: FeeInvoiceView) => <span className="num">{money(value, currency)}</span>;
  return [
    { key: 'at', title: t('invoices.requestedAt'), render: ({ requestedAt }) => <Instant at={requestedAt} /> },
    ...(operator
      ? [{ key: 'seller', title: t('settlement.column.seller'), render: (row: FeeInvoiceView) => row.sellerName }]
      : []),
    {
      key: 'title',
      title: t('invoices.title.name'),
      render: ({ title, kind }) => (
        <>
          {title.name}
          <div className="soft">{t(`invoices.kinds.${kind}`)}</div>
        </>
      ),
    },
    {
      key: 'periods',
      title: t('settlement.column.period'),
      render: ({ periods }) => <span className="num">{periods.join(', ')}</span>,
    },
    { key: 'net', title: t('invoices.net'), align: 'right', render: (row) => amount(row.net, row) },
    { key: 'tax', title: t('invoices.tax'), align: 'right', render: (row) => amount(row.tax, row) },
    { key: 'gross', title: t('invoices.gross'), align: 'right', render: (row) => amount(row.gross, row) },
    {
      key: 'state',
      title: t('settlement.column.state'),
      render: ({ state, reason, number }) => (
        <>
          <FeeState state={state} />
          {reason !== null && <div className="soft">{reason}</div>}
          {number !== null && <div className="mono">{number}</div>}
        </>
      ),
    },
    {
      key: 'action',
      title: t('list.action'),
      render: (row) => {
        if (row.file !== null) return <FileLink file={row.file} url={row.file.url} testId="fee-file" />;
        if (!operator || row.state !== 'REQUESTED') return '—';
        return (
          <Button size="small" disabled={!allowed} onClick={() => decide(row)} data-testid="decide-fee">
            {t('invoices.fee.decide')}
          </Button>
        );
      },
    },
  ];
}

function Issue({ invoice, onClose }: { invoice: FeeInvoiceView; onClose: () => void }) {
  const { t } = useTranslation();
  const money = useMoney();
  const [refusing, setRefusing] = useState(false);
  const decide = useCommand({
    run: (decision: Parameters<typeof decideFee>[1]) => decideFee(invoice.feeInvoiceId, decision),
    refresh: ['invoices'],
    done: t('invoices.step.done'),
    onDone: onClose,
  });
  const amount = money(invoice.gross, invoice.currency);
  return (
    <Panel title={t('invoices.fee.issue', { seller: invoice.sellerName, amount })}>
      <p className="soft">
        {invoice.title.name} · <span className="mono">{invoice.title.taxNumber ?? '—'}</span> · {invoice.email}
      </p>
      <EntryForm
        name={t('invoices.step.issue')}
        paper={false}
        busy={decide.isPending}
        onSend={({ number, issuedOn, fileId }) =>
          decide.mutate({ issue: true, number, issuedOn, fileId: fileId ?? '' })
        }
      />
      <div className="row">
        <Button danger onClick={() => setRefusing(true)} data-testid="refuse-fee">
          {t('invoices.step.refuse')}
        </Button>
        <Button onClick={onClose}>{t('invoices.close')}</Button>
      </div>
      {refusing && (
        <ReasonDialog
          title={t('invoices.step.refuse')}
          confirm={t('invoices.step.refuse')}
          danger
          busy={decide.isPending}
          error={null}
          onClose={() => setRefusing(false)}
          onConfirm={(reason) => decide.mutate({ issue: false, reason })}
        >
          {t('invoices.step.reasonHelp')}
        </ReasonDialog>
      )}
    </Panel>
  );
}
