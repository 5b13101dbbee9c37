import type { InvoiceableOrderView, InvoiceKindName } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Input, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { askInvoice, kindsQuery, saveTitle, titlesQuery } from '../../api/invoices.ts';
import { useCommand } from '../../components/command.ts';
import { Panel } from '../../components/page.tsx';
import { addDecimal, isDecimal } from '../../format/decimal.ts';
import { useMoney, useRatio } from '../settlement/words.ts';
import { draftOf, emptyTitle, isPaper, type TitleDraft, titleFaultOf, titleRequestOf } from './title-draft.ts';
import { TitleFields } from './title-fields.tsx';

const kinds = [
  'ORDINARY_DIGITAL',
  'SPECIAL_DIGITAL',
  'ORDINARY_ELECTRONIC',
  'SPECIAL_ELECTRONIC',
  'ORDINARY_PAPER',
  'SPECIAL_PAPER',
] as const satisfies readonly InvoiceKindName[];

interface RequestFormProps {
  /** of one issuer */
  readonly orders: readonly InvoiceableOrderView[];
  readonly onDone: () => void;
}

/** Asks for the invoices of the chosen orders: kind, title, receiver; one invoice for each tax rate (S5-18). */
export function RequestForm({ orders, onDone }: RequestFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const id = useId();
  const issuer = orders[0]?.issuer ?? 'PLATFORM';
  const sellerId = issuer === 'PLATFORM' ? undefined : issuer.slice('SELLER:'.length);
  const offered = useQuery(kindsQuery(sellerId)).data?.kinds ?? [];
  const titles = useQuery(titlesQuery).data?.items ?? [];
  const [kind, setKind] = useState<InvoiceKindName>('ORDINARY_DIGITAL');
  const [typed, setTyped] = useState<TitleDraft | null>(null);
  const [keep, setKeep] = useState(true);
  const [note, setNote] = useState('');
  const [tried, setTried] = useState(false);
  const [first] = titles;
  const draft = typed ?? (first === undefined ? emptyTitle : draftOf(first));
  const fault = titleFaultOf(draft, kind);
  const isNew = titles.every(({ title }) => title.name !== draft.name.trim());
  const ask = useCommand({
    run: async () => {
      const title = titleRequestOf(draft);
      const asked = await askInvoice({ issuer, orderIds: orders.map(({ orderId }) => orderId), kind, ...title, note });
      if (keep && isNew) await saveTitle({ titleId: null, ...title });
      return asked;
    },
    refresh: ['invoices'],
    done: t('invoices.request.done'),
    onDone: () => {
      onDone();
      void navigate({ to: '/invoices' });
    },
  });
  return (
    <Panel title={t('invoices.request.title', { count: orders.length })}>
      <form
        className="stack"
        data-testid="request-form"
        aria-label={t('invoices.request.name')}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (fault === null) ask.mutate(undefined);
        }}
      >
        <Sums orders={orders} />
        <p className="soft">
          {t(sellerId === undefined ? 'invoices.request.byPlatform' : 'invoices.request.bySeller')}
        </p>
        <div className="filters">
          <div className="filter">
            <label htmlFor={`${id}-kind`}>{t('invoices.kind')}</label>
            <Select
              id={`${id}-kind`}
              value={kind}
              onChange={setKind}
              style={{ minWidth: 240 }}
              options={kinds.map((value) => ({
                value,
                label: offered.includes(value)
                  ? t(`invoices.kinds.${value}`)
                  : t('invoices.request.notOffered', { kind: t(`invoices.kinds.${value}`) }),
                disabled: !offered.includes(value),
              }))}
            />
          </div>
          {titles.length > 0 && (
            <div className="filter">
              <label htmlFor={`${id}-titles`}>{t('invoices.request.kept')}</label>
              <Select
                id={`${id}-titles`}
                value={titles.find(({ title }) => title.name === draft.name.trim())?.titleId ?? null}
                style={{ minWidth: 240 }}
                options={titles.map(({ titleId, title }) => ({ value: titleId, label: title.name }))}
                onChange={(titleId) => {
                  const found = titles.find((each) => each.titleId === titleId);
                  if (found !== undefined) setTyped(draftOf(found));
                }}
              />
            </div>
          )}
        </div>
        {isPaper(kind) && <p className="soft">{t('invoices.request.paper')}</p>}
        <TitleFields draft={draft} onChange={setTyped} fault={tried ? fault : null} />
        <div className="filter wide">
          <label htmlFor={`${id}-note`}>{t('invoices.note')}</label>
          <Input id={`${id}-note`} value={note} maxLength={200} onChange={({ target }) => setNote(target.value)} />
        </div>
        {isNew && (
          <Checkbox checked={keep} onChange={({ target }) => setKeep(target.checked)}>
            {t('invoices.request.keep')}
          </Checkbox>
        )}
        <span>
          <Button type="primary" htmlType="submit" loading={ask.isPending} data-testid="ask-invoice">
            {t('invoices.request.name')}
          </Button>
        </span>
      </form>
    </Panel>
  );
}

/** One invoice for each rate, with its amount. */
function Sums({ orders }: { orders: readonly InvoiceableOrderView[] }) {
  const { t } = useTranslation();
  const money = useMoney();
  const ratio = useRatio();
  const currency = orders[0]?.currency ?? 'CNY';
  const sums = new Map<string, string>();
  for (const { rate, amount } of orders.flatMap(({ lines }) => lines))
    if (isDecimal(amount)) sums.set(rate, addDecimal(sums.get(rate) ?? '0', amount));
  return (
    <ul className="plain" data-testid="request-sums">
      {[...sums].map(([rate, amount]) => (
        <li key={rate}>{t('invoices.request.one', { rate: ratio(rate), amount: money(amount, currency) })}</li>
      ))}
    </ul>
  );
}
