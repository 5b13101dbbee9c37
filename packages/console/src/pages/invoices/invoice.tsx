import type { BuyerInvoiceDetailView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { buyerInvoiceQuery } from '../../api/invoices.ts';
import { Loaded } from '../../components/feedback.tsx';
import { FileLink } from '../../components/file-link.tsx';
import { OrderLink, useBase } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { type Column, Pair, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { useMoney, useRatio } from '../settlement/words.ts';
import { InvoiceSteps } from './invoice-steps.tsx';
import { Letter } from './letter.tsx';
import { InvoiceState } from './words.tsx';

/** One invoice to a buyer: what it is for, where it stands, and the step of who looks (7.7). */
export function InvoicePage() {
  const { t } = useTranslation();
  const base = useBase();
  const { invoiceId } = useParams({ strict: false });
  const invoice = useQuery(buyerInvoiceQuery(invoiceId ?? ''));
  return (
    <Loaded query={invoice} title={t(base === 'buyer' ? 'nav.myInvoices' : 'nav.invoices')}>
      {(found) => (
        <RecordPage
          title={t('invoices.record', { name: found.title.name })}
          state={<InvoiceState invoice={found} large />}
          subtitle={
            <>
              {found.issuerName ?? t('invoices.platform')} → {found.buyerName}
            </>
          }
          next={<NextStep>{t(`invoices.state.${found.state}.help`)}</NextStep>}
        >
          <InvoiceSteps invoice={found} />
          <Facts invoice={found} />
          <Issued invoice={found} />
          <Lines invoice={found} />
          {base === 'buyer' && <Letter invoice={found} />}
          <History invoice={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

interface InvoiceProps {
  readonly invoice: BuyerInvoiceDetailView;
}

function Facts({ invoice }: InvoiceProps) {
  const { t } = useTranslation();
  const money = useMoney();
  const ratio = useRatio();
  const { title, receiver, currency } = invoice;
  const amount = (value: string) => <span className="num">{money(value, currency)}</span>;
  const optional = (
    [
      ['taxNumber', title.taxNumber],
      ['address', title.address],
      ['phone', title.phone],
      ['bank', title.bank],
      ['account', title.account],
      ['email', receiver.email],
      ['receiver', receiver.name],
      ['receiverPhone', receiver.phone],
      ['receiverAddress', receiver.address],
    ] as const
  ).flatMap(([name, value]) => (value === null ? [] : [{ name, value }]));
  return (
    <Panel title={t('invoices.facts')}>
      <dl className="facts">
        <Pair term={t('invoices.kind')} value={t(`invoices.kinds.${invoice.kind}`)} />
        <Pair term={t('invoices.gross')} value={<strong>{amount(invoice.gross)}</strong>} />
        <Pair term={t('invoices.rate')} value={<span className="num">{ratio(invoice.rate)}</span>} />
        <Pair term={t('invoices.net')} value={amount(invoice.net)} />
        <Pair term={t('invoices.tax')} value={amount(invoice.tax)} />
        <Pair term={t('invoices.title.name')} value={title.name} />
        <Pair term={t('invoices.title.type')} value={t(`invoices.title.types.${title.type}`)} />
        {optional.map(({ name, value }) => (
          <Pair key={name} term={t(`invoices.title.${name}`)} value={value} />
        ))}
        {invoice.note !== '' && <Pair term={t('invoices.note')} value={invoice.note} />}
        <Pair term={t('invoices.requestedAt')} value={<Instant at={invoice.requestedAt} />} />
        <Pair term={t('invoices.dueAt')} value={<Instant at={invoice.dueAt} />} />
        {invoice.courierPaidBy !== null && (
          <Pair term={t('invoices.courierPaid')} value={t(`invoices.paidBy.${invoice.courierPaidBy}`)} />
        )}
        {invoice.reason !== null && <Pair term={t('invoices.reason')} value={invoice.reason} />}
      </dl>
    </Panel>
  );
}

function Issued({ invoice: { issued, courier, returned } }: InvoiceProps) {
  const { t } = useTranslation();
  if (issued === null) return null;
  const number = (entry: typeof issued) => (
    <span className="mono">{entry.code === null ? entry.number : `${entry.code} ${entry.number}`}</span>
  );
  return (
    <Panel title={t('invoices.issued')}>
      <dl className="facts">
        <Pair term={t('invoices.number')} value={number(issued)} />
        <Pair term={t('invoices.issuedOn')} value={<span className="num">{issued.issuedOn}</span>} />
        {issued.file !== null && (
          <Pair
            term={t('invoices.file')}
            value={<FileLink file={issued.file} url={issued.file.url} testId="invoice-file" />}
          />
        )}
        {courier !== null && <Pair term={t('invoices.courier')} value={`${courier.carrier} ${courier.trackingNo}`} />}
        {returned !== null && (
          <>
            <Pair term={t('invoices.returnReason')} value={returned.reason} />
            <Pair term={t('invoices.deducted')} value={t(returned.deducted ? 'invoices.yes' : 'invoices.no')} />
            {returned.courier !== null && (
              <Pair
                term={t('invoices.returnCourier')}
                value={`${returned.courier.carrier} ${returned.courier.trackingNo}`}
              />
            )}
            {returned.files.length > 0 && (
              <Pair
                term={t('invoices.proofs')}
                value={returned.files.map((file) => (
                  <div key={file.fileId}>
                    <FileLink file={file} url={file.url} />
                  </div>
                ))}
              />
            )}
            {returned.red !== null && <Pair term={t('invoices.red')} value={number(returned.red)} />}
          </>
        )}
      </dl>
    </Panel>
  );
}

function Lines({ invoice }: InvoiceProps) {
  const { t } = useTranslation();
  const text = useText();
  const money = useMoney();
  const columns: Column<BuyerInvoiceDetailView['lines'][number]>[] = [
    { key: 'order', title: t('invoices.order.order'), render: ({ orderId }) => <OrderLink id={orderId} /> },
    {
      key: 'product',
      title: t('invoices.order.product'),
      render: ({ productName, period }) =>
        period === null
          ? text(productName)
          : `${text(productName)} · ${t('invoices.usage.of', { month: `${period.slice(0, 4)}-${period.slice(4)}` })}`,
    },
    {
      key: 'amount',
      title: t('invoices.gross'),
      align: 'right',
      render: ({ amount }) => <span className="num">{money(amount, invoice.currency)}</span>,
    },
  ];
  return (
    <Panel title={t('invoices.lines')}>
      <Rows rows={invoice.lines} columns={columns} rowKey={({ orderLineId }) => orderLineId} testId="invoiced-line" />
    </Panel>
  );
}

function History({ invoice: { history } }: InvoiceProps) {
  const { t } = useTranslation();
  const columns: Column<BuyerInvoiceDetailView['history'][number] & { readonly place: number }>[] = [
    { key: 'at', title: t('invoices.at'), render: ({ at }) => <Instant at={at} exact /> },
    { key: 'state', title: t('settlement.column.state'), render: ({ state }) => t(`invoices.state.${state}.word`) },
    { key: 'by', title: t('invoices.by'), render: ({ by }) => (by === 'SYSTEM' ? t('invoices.system') : by) },
    { key: 'note', title: t('invoices.reason'), render: ({ note }) => note ?? '—' },
  ];
  return (
    <Panel title={t('invoices.history')}>
      <Rows
        rows={history.map((each, place) => ({ ...each, place }))}
        columns={columns}
        rowKey={({ place }) => String(place)}
        testId="history-row"
      />
    </Panel>
  );
}
