import type { FileRefView, OwnLeavingView } from '@jishi/marketplace/console-api';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { declareNoInvoice } from '../../api/leaving.ts';
import { useCommand } from '../../components/command.ts';
import { FileUpload } from '../../components/file-upload.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useMoney } from '../settlement/words.ts';

type Order = OwnLeavingView['uninvoiced'][number];
const keyOf = ({ buyerId, orderKey }: Order): string => `${buyerId} ${orderKey}`;

/** Orders without an invoice: chosen ones are covered by a statement that their buyers need none. */
export function UninvoicedOrders({ own }: { own: OwnLeavingView }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [declaring, setDeclaring] = useState(false);
  const columns = useColumns(own, chosen, setChosen);
  const orders = own.uninvoiced.filter((order) => chosen.has(keyOf(order)));
  const all = own.hindrances.find(({ kind }) => kind === 'UNINVOICED')?.count ?? own.uninvoiced.length;
  return (
    <section className="panel" id="uninvoiced" tabIndex={-1} aria-label={t('leaving.uninvoiced.title')}>
      <h2>{t('leaving.uninvoiced.title')}</h2>
      <div className="stack">
        <p className="soft">{t('leaving.uninvoiced.help')}</p>
        <div className="row">
          <Checkbox
            checked={orders.length === own.uninvoiced.length}
            indeterminate={orders.length > 0 && orders.length < own.uninvoiced.length}
            disabled={!own.mayDeclare}
            onChange={({ target }) => setChosen(new Set(target.checked ? own.uninvoiced.map(keyOf) : []))}
            data-testid="choose-all"
          >
            {t('leaving.uninvoiced.all')}
          </Checkbox>
          <Button
            type="primary"
            disabled={orders.length === 0}
            title={orders.length === 0 ? t('leaving.uninvoiced.choose') : undefined}
            onClick={() => setDeclaring(true)}
            data-testid="declare"
          >
            {t('leaving.uninvoiced.declare', { count: orders.length })}
          </Button>
        </div>
        <Rows rows={own.uninvoiced} columns={columns} rowKey={keyOf} testId="uninvoiced-row" />
        {all > own.uninvoiced.length && (
          <p className="soft">{t('leaving.uninvoiced.more', { shown: own.uninvoiced.length, count: all })}</p>
        )}
      </div>
      {declaring && (
        <Declare
          orders={orders}
          onClose={() => setDeclaring(false)}
          onDone={() => {
            setDeclaring(false);
            setChosen(new Set());
          }}
        />
      )}
    </section>
  );
}

function useColumns(
  { currency, mayDeclare }: OwnLeavingView,
  chosen: ReadonlySet<string>,
  choose: (chosen: ReadonlySet<string>) => void,
): Column<Order>[] {
  const { t } = useTranslation();
  const money = useMoney();
  return [
    {
      key: 'chosen',
      title: t('leaving.uninvoiced.chosen'),
      render: (order) => (
        <Checkbox
          checked={chosen.has(keyOf(order))}
          disabled={!mayDeclare}
          aria-label={t('leaving.uninvoiced.one', { order: order.orderKey, name: order.buyerName })}
          onChange={({ target }) => {
            const next = new Set(chosen);
            if (target.checked) next.add(keyOf(order));
            else next.delete(keyOf(order));
            choose(next);
          }}
        />
      ),
    },
    {
      key: 'order',
      title: t('settlement.column.order'),
      render: ({ orderKey }) =>
        orderKey.startsWith('USAGE-') ? (
          <span className="mono">{orderKey}</span>
        ) : (
          <Link to="/seller/orders/$orderId" params={{ orderId: orderKey }} className="mono">
            {orderKey}
          </Link>
        ),
    },
    { key: 'customer', title: t('settlement.column.customer'), render: ({ buyerName }) => buyerName },
    { key: 'at', title: t('settlement.line.placedAt'), render: ({ placedAt }) => <Instant at={placedAt} /> },
    {
      key: 'amount',
      title: t('leaving.uninvoiced.amount'),
      align: 'right',
      render: ({ amount }) => <span className="num">{money(amount, currency)}</span>,
    },
  ];
}

function Declare({ orders, onClose, onDone }: { orders: readonly Order[]; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<FileRefView | null>(null);
  const declare = useCommand({
    run: (statement: string) =>
      declareNoInvoice({
        orders: orders.map(({ buyerId, orderKey }) => ({ buyerId, orderKey })),
        statement,
        fileId: file?.fileId ?? null,
      }),
    refresh: ['leaving'],
    done: t('leaving.statement.done'),
    onDone,
    onFailed: () => true,
  });
  return (
    <ReasonDialog
      title={t('leaving.statement.title')}
      confirm={t('leaving.statement.declare')}
      busy={declare.isPending}
      error={declare.error}
      more={<FileUpload purpose="OFFER_PROOF" label={t('leaving.statement.file')} value={file} onChange={setFile} />}
      onClose={onClose}
      onConfirm={(statement) => declare.mutate(statement)}
    >
      {t('leaving.statement.help', { count: orders.length })}
    </ReasonDialog>
  );
}
