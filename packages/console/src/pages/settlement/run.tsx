import type { SettlementPreview } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { previewQuery } from '../../api/settlement.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { subtractDecimal } from '../../format/decimal.ts';
import { RunButton } from './run-button.tsx';
import { PeriodState } from './states.tsx';
import { useMoney } from './words.ts';

type Bill = SettlementPreview['bills'][number];

/** One period: what its run would make beside the month before, what stands in the way, and the run itself (O-30). */
export function RunPage() {
  const { t } = useTranslation();
  const { period } = useParams({ strict: false });
  const preview = useQuery(previewQuery(period ?? ''));
  return (
    <Loaded query={preview} title={t('settlement.runs.title', { period })}>
      {(found) => (
        <RecordPage
          title={t('settlement.runs.title', { period })}
          state={<PeriodState state={found.period.state} />}
          subtitle={
            <>
              {found.period.site} · {t('settlement.runs.runDay')} {found.period.runDay ?? t('settlement.runs.noRunDay')}
            </>
          }
          next={
            <NextStep action={<RunButton preview={found} />}>
              <Obstacle preview={found} />
            </NextStep>
          }
        >
          <DryRun preview={found} />
          <Commissions preview={found} />
          <Missing preview={found} />
          <Exceptions preview={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function Obstacle({ preview: { period } }: { preview: SettlementPreview }) {
  const { t } = useTranslation();
  if (period.state === 'CLOSED')
    return (
      <>
        {t('settlement.runs.closed')}{' '}
        <Link to="/operator/bills" search={{ period: period.period }} data-testid="bills-of-period">
          {t('settlement.runs.seeBills')}
        </Link>
      </>
    );
  if (period.mayRun) return t('settlement.runs.ready');
  if (period.runDay === null)
    return (
      <>
        {t('settlement.runs.missingYear', { year: period.nominalRunDay.slice(0, 4) })}{' '}
        <Link to="/operator/working-days" data-testid="to-working-days">
          {t('nav.workingDays')}
        </Link>
      </>
    );
  return period.obstacle === null
    ? t('settlement.runs.obstacleUnknown')
    : t('settlement.runs.obstacle', { why: period.obstacle });
}

function DryRun({ preview }: { preview: SettlementPreview }) {
  const { t } = useTranslation();
  const { currency, state } = preview.period;
  const closed = state === 'CLOSED';
  const { amount, totals } = useTotals(currency);
  const columns: Column<Bill>[] = [
    { key: 'seller', title: t('settlement.column.seller'), render: ({ sellerName }) => sellerName },
    { key: 'class', title: t('settlement.column.class'), render: (bill) => t(`settlement.class.${bill.class}`) },
    { key: 'lines', title: t('settlement.column.lines'), align: 'right', render: ({ lines }) => lines },
    { key: 'sales', title: t('settlement.column.sales'), align: 'right', render: ({ sales }) => amount(sales) },
    { key: 'fee', title: t('settlement.column.fee'), align: 'right', render: ({ platformFee }) => amount(platformFee) },
    ...totals(t('settlement.column.total')),
    {
      key: 'difference',
      title: t('settlement.runs.difference'),
      align: 'right',
      render: ({ total, lastTotal }) => amount(subtractDecimal(total, lastTotal ?? '0')),
    },
  ];
  return (
    <Panel title={t(closed ? 'settlement.runs.result' : 'settlement.runs.dryRun')}>
      {!closed && <p className="soft">{t('settlement.runs.dryRunHelp')}</p>}
      {preview.bills.length === 0 ? (
        <p>{t('settlement.runs.noBills')}</p>
      ) : (
        <Rows
          rows={preview.bills}
          columns={columns}
          rowKey={(bill) => `${bill.sellerId} ${bill.class}`}
          testId="preview-row"
        />
      )}
      <p>
        {t('settlement.runs.total')} <strong>{amount(preview.total)}</strong> · {t('settlement.runs.lastTotal')}{' '}
        {amount(preview.lastTotal)} · {t('settlement.runs.difference')}{' '}
        {amount(subtractDecimal(preview.total, preview.lastTotal))}
      </p>
    </Panel>
  );
}

/** What a bill comes to beside the last one of the same party. */
function useTotals(currency: string) {
  const { t } = useTranslation();
  const money = useMoney();
  const amount = (value: string) => <span className="num">{money(value, currency)}</span>;
  const totals = (title: string): Column<Pick<Bill, 'total' | 'held' | 'lastTotal'>>[] => [
    {
      key: 'total',
      title,
      align: 'right',
      render: ({ total, held }) => (
        <>
          {amount(total)}
          {held && <div className="soft">{t('settlement.runs.held')}</div>}
        </>
      ),
    },
    {
      key: 'last',
      title: t('settlement.runs.lastTotal'),
      align: 'right',
      render: ({ lastTotal }) =>
        lastTotal === null ? <span className="soft">{t('settlement.runs.newBill')}</span> : amount(lastTotal),
    },
  ];
  return { amount, totals };
}

/** What the run makes for distributors (4.6). */
function Commissions({ preview: { commissions, period } }: { preview: SettlementPreview }) {
  const { t } = useTranslation();
  const { totals } = useTotals(period.currency);
  if (commissions.length === 0) return null;
  const columns: Column<SettlementPreview['commissions'][number]>[] = [
    { key: 'partner', title: t('partners.bills.partner'), render: ({ distributorName }) => distributorName },
    { key: 'lines', title: t('settlement.column.lines'), align: 'right', render: ({ lines }) => lines },
    ...totals(t('partners.commissions.commission')),
  ];
  return (
    <Panel title={t('partners.bills.ofRun')}>
      <p className="soft">{t('partners.bills.ofRunHelp')}</p>
      <Rows
        rows={commissions}
        columns={columns}
        rowKey={({ distributorId }) => distributorId}
        testId="preview-commission"
      />
      {period.state === 'CLOSED' && (
        <p>
          <Link to="/operator/commission-bills" search={{ period: period.period }}>
            {t('settlement.runs.seeBills')}
          </Link>
        </p>
      )}
    </Panel>
  );
}

function Missing({ preview }: { preview: SettlementPreview }) {
  const { t } = useTranslation();
  const money = useMoney();
  if (preview.missing.length === 0) return null;
  return (
    <Panel title={t('settlement.runs.missing')}>
      <ul>
        {preview.missing.map((bill) => (
          <li key={`${bill.sellerId} ${bill.class}`}>
            {bill.sellerName} · {t(`settlement.class.${bill.class}`)} ·{' '}
            <span className="num">{money(bill.lastTotal, preview.period.currency)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Exceptions({ preview }: { preview: SettlementPreview }) {
  const { t } = useTranslation();
  return (
    <>
      {preview.errors.length > 0 && (
        <Panel title={t('settlement.runs.exceptions')}>
          <ul>
            {preview.errors.map((error) => (
              <li key={error.lineId}>
                <Link to="/operator/transactions/$lineId" params={{ lineId: error.lineId }}>
                  <span className="mono">{error.lineId}</span>
                </Link>{' '}
                {error.text}
              </li>
            ))}
          </ul>
        </Panel>
      )}
      {preview.uncertified.length > 0 && (
        <Panel title={t('settlement.runs.uncertified')}>
          <ul>
            {preview.uncertified.map((seller) => (
              <li key={seller.sellerId}>
                {seller.sellerName} · {t('settlement.income.waitingLines', { lines: seller.lines })}
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}
