import type { BuyerInvoiceView, FeeInvoiceView, InvoiceDemand } from '@jishi/marketplace/console-api';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBase } from '../../components/links.tsx';
import { State } from '../../components/state.tsx';
import { TabList } from '../../components/tab-list.tsx';
import type { Tone } from '../../components/tones.ts';

/** States of invoices in words, and the tabs of the pages about them. */

const invoiceTone: Readonly<Record<BuyerInvoiceView['state'], Tone>> = {
  IN_REVIEW: 'wait',
  REFUSED: 'bad',
  ISSUING: 'run',
  CANCELLING: 'wait',
  CANCELLED: 'idle',
  TO_RECEIVE: 'run',
  ISSUED: 'ok',
  RETURNING: 'wait',
  RETURNED: 'idle',
};
const feeTone: Readonly<Record<FeeInvoiceView['state'], Tone>> = { REQUESTED: 'wait', ISSUED: 'ok', REFUSED: 'bad' };

/** With its flag: a cancellation or return that was refused (B-102). */
export function InvoiceState({ invoice, large }: { invoice: BuyerInvoiceView; large?: boolean }) {
  const { t } = useTranslation();
  const { state } = invoice;
  const flag =
    state === 'ISSUING' && invoice.cancelRefused
      ? t('invoices.flag.cancelRefused')
      : state === 'ISSUED' && invoice.returnRefused
        ? t('invoices.flag.returnRefused')
        : null;
  return (
    <>
      <State
        tone={invoiceTone[state]}
        word={t(`invoices.state.${state}.word`)}
        help={t(`invoices.state.${state}.help`)}
        state={state}
        large={large}
        testId="invoice-state"
      />
      {flag !== null && <span className="soft"> {flag}</span>}
    </>
  );
}

export function FeeState({ state }: { state: FeeInvoiceView['state'] }) {
  const { t } = useTranslation();
  return (
    <State
      tone={feeTone[state]}
      word={t(`invoices.fee.state.${state}.word`)}
      help={t(`invoices.fee.state.${state}.help`)}
      state={state}
      testId="fee-state"
    />
  );
}

export function DemandState({ demand, large }: { demand: InvoiceDemand; large?: boolean }) {
  const { t } = useTranslation();
  const waits = demand.state === 'TO_INVOICE';
  const what = waits ? 'TO_INVOICE' : demand.state === 'INVOICE_REVIEW' ? 'INVOICE_REVIEW' : 'VERIFIED';
  const tone = waits ? (demand.overdue ? 'bad' : 'wait') : what === 'INVOICE_REVIEW' ? 'run' : 'ok';
  return (
    <State
      tone={tone}
      word={t(`invoices.demand.state.${what}.word`)}
      help={t(`invoices.demand.state.${what}.help`)}
      state={what}
      large={large}
      testId="demand-state"
    />
  );
}

const tabs = {
  buyer: [
    ['requested', '/invoices'],
    ['toRequest', '/invoices/orders'],
    ['titles', '/invoices/titles'],
  ],
  seller: [
    ['toUsers', '/seller/invoices'],
    ['toPlatform', '/seller/invoice-demands'],
    ['ofFee', '/seller/fee-invoices'],
  ],
  operator: [
    ['users', '/operator/invoices'],
    ['fromSellers', '/operator/invoice-demands'],
    ['ofFee', '/operator/fee-invoices'],
  ],
} as const;

type Listed = (typeof tabs)[keyof typeof tabs][number];
type Tab = Listed[0];
type Path = Listed[1];

/** The lists that belong together, each an address of its own (S-60, 8.1). */
export function InvoiceTabs({ active, children }: { active: Tab; children: ReactNode }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const base = useBase();
  const own: readonly (readonly [Tab, Path])[] = tabs[base];
  return (
    <TabList
      name={t('invoices.tabs')}
      tabs={own.map(([key]) => ({ key, label: t(`invoices.tab.${key}`) }))}
      active={active}
      onChange={(key) => {
        const to = own.find(([name]) => name === key)?.[1];
        if (to !== undefined) void navigate({ to });
      }}
    >
      <div className="stack">{children}</div>
    </TabList>
  );
}
