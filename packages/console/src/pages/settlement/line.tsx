import type { SettlementLineDetail } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { lineQuery } from '../../api/settlement.ts';
import { Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { OrderLink } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { Conditions, Steps } from './line-steps.tsx';
import { LineBilling } from './states.tsx';
import { ViewBill } from './transaction-columns.tsx';
import { useMoney, useRatio, useStaffBase } from './words.ts';

/** One line: in which bill it is or why in none, its conditions with their instants, and how its amount comes about. */
export function SettlementLinePage() {
  const { t } = useTranslation();
  const text = useText();
  const { lineId } = useParams({ strict: false });
  const line = useQuery(lineQuery(lineId ?? ''));
  return (
    <Loaded query={line} title={t('settlement.line.title', { id: lineId ?? '' })}>
      {(found) => (
        <RecordPage
          title={text(found.productName)}
          state={<LineBilling line={found} large />}
          subtitle={
            <>
              {t(`settlement.kind.${found.kind}`)} · {t(`settlement.class.${found.class}`)} ·{' '}
              <Id value={found.lineId} name={t('settlement.line.title', { id: '' })} />
            </>
          }
          next={
            <NextStep action={<ViewBill line={found} />}>
              <WhyOrWhen line={found} />
            </NextStep>
          }
        >
          <Panel title={t('settlement.line.conditions')}>
            <div className="stack stack--tight">
              <p className="soft">{t('settlement.line.conditionsHelp')}</p>
              <Conditions line={found} />
            </div>
          </Panel>
          <Computation line={found} />
          <Facts line={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

/** "Why is this order not in my bill?" in one sentence. */
function WhyOrWhen({ line }: { line: SettlementLineDetail }) {
  const { t } = useTranslation();
  const text = useText();
  const what = line.waitingFor.map((each) => text(each.text)).join(t('settlement.line.and'));
  const earliest = line.earliestBill;
  if (line.billing === 'BILLED') {
    const period = line.billPeriod ?? '';
    return t(line.mayViewBill ? 'settlement.line.billed' : 'settlement.line.billedGrey', { period });
  }
  if (line.billing === 'NEVER') return t('settlement.line.never');
  if (line.billing === 'ERROR') return t('settlement.line.error', { what: line.note ?? what });
  const when = earliest && { period: earliest.period, day: earliest.runDay };
  if (line.billing === 'READY') return when ? t('settlement.line.ready', when) : t('settlement.line.readyUnknown');
  return when ? t('settlement.line.waiting', { what, ...when }) : t('settlement.line.waitingUnknown', { what });
}

function Computation({ line }: { line: SettlementLineDetail }) {
  const { t } = useTranslation();
  const money = useMoney();
  return (
    <Panel title={t('settlement.line.derivation')}>
      <div className="stack stack--tight">
        <Steps steps={line.derivation} />
        {line.settlementAmount !== null && (
          <p>
            {t('settlement.line.result')}{' '}
            <strong className="num amount-large" data-testid="settlement-amount">
              {money(line.settlementAmount, line.currency)}
            </strong>
          </p>
        )}
        {line.provisional && <p className="soft">{t('settlement.lines.provisional')}</p>}
        {line.distributor !== null && (
          <>
            <h3>
              {t('settlement.line.distributor')} {line.distributor.name}{' '}
              <span className="num">{money(line.distributor.settlement, line.currency)}</span>
            </h3>
            <Steps steps={line.distributor.derivation} />
          </>
        )}
      </div>
    </Panel>
  );
}

function Facts({ line }: { line: SettlementLineDetail }) {
  const { t } = useTranslation();
  const text = useText();
  const money = useMoney();
  const ratio = useRatio();
  const base = useStaffBase();
  const amount = (value: string | null): ReactNode => (value === null ? '—' : money(value, line.currency));
  const at = (value: string | null): ReactNode => (value === null ? '—' : <Instant at={value} exact />);
  const pairs: readonly (readonly [term: string, value: ReactNode])[] = [
    ...(line.kind === 'ADJUSTMENT'
      ? []
      : [[t('settlement.column.order'), <OrderLink key="order" id={line.orderId} base={base} />] as const]),
    [t('settlement.column.customer'), line.buyerName ?? '—'],
    ...(base === 'operator' ? [[t('lives.seller'), line.sellerName] as const] : []),
    [t('settlement.column.product'), `${text(line.productName)} · ${text(line.specificationName)}`],
    [t('settlement.line.unitPrice'), amount(line.unitPrice)],
    [t('settlement.line.duration'), line.periods],
    [t('settlement.line.quantity'), line.quantity],
    [t('settlement.column.transaction'), amount(line.transactionAmount)],
    [t('settlement.line.voucher'), amount(line.voucherDeduction)],
    [t('settlement.line.cash'), amount(line.cashConsumption)],
    [t('settlement.line.share'), ratio(line.sellerShare)],
    [t('settlement.line.increment'), ratio(line.increment)],
    [t('settlement.lines.managementFee'), ratio(line.managementFeeRatio)],
    [t('settlement.line.tax'), ratio(line.taxRate)],
    [t('settlement.column.fee'), amount(line.platformFee)],
    [t('settlement.line.repayment'), t(`settlement.repayment.${line.repaymentStatus}`)],
    [t('settlement.line.supervision'), t(`settlement.supervision.${line.supervisionStatus}`)],
    ...(line.milestones ? [[t('settlement.line.milestones'), t('settlement.line.inMilestones')] as const] : []),
    [t('settlement.line.placedAt'), at(line.placedAt)],
    [t('settlement.line.paidAt'), at(line.paidAt)],
    [t('settlement.line.effectiveAt'), at(line.effectiveAt)],
    [t('settlement.line.supervisedAt'), at(line.supervisionCompletedAt)],
    [t('settlement.line.repaidAt'), at(line.repaidAt)],
    ...(line.kind === 'REFUND' ? [[t('settlement.line.refundedAt'), at(line.refundCompletedAt)] as const] : []),
    ...(line.originalLineId === null
      ? []
      : [[t('settlement.lines.original'), <Original key="of" line={line} />] as const]),
    ...(line.originalSettlement === null
      ? []
      : [[t('settlement.lines.originalSettlement'), amount(line.originalSettlement)] as const]),
    ...(line.note === null ? [] : [[t('settlement.line.note'), line.note] as const]),
  ];
  return (
    <Panel title={t('settlement.line.facts')}>
      <dl className="facts">
        {pairs.map(([term, value]) => (
          <Pair key={term} term={term} value={value} />
        ))}
      </dl>
    </Panel>
  );
}

function Original({ line }: { line: SettlementLineDetail }) {
  const base = useStaffBase();
  if (line.originalLineId === null) return null;
  return (
    <Link to={`/${base}/transactions/$lineId`} params={{ lineId: line.originalLineId }}>
      <span className="mono">{line.originalLineId}</span>
    </Link>
  );
}
