import type { CommissionDetailView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { commissionQuery } from '../../api/partners.ts';
import { Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { Conditions, Steps } from '../settlement/line-steps.tsx';
import { useMoney } from '../settlement/words.ts';
import { CommissionMark } from './commissions.tsx';

/** How the commission of one line comes about, or what it still waits for. */
export function CommissionPage() {
  const { t } = useTranslation();
  const text = useText();
  const money = useMoney();
  const { lineId } = useParams({ strict: false });
  const line = useQuery(commissionQuery(lineId ?? ''));
  return (
    <Loaded query={line} title={t('settlement.line.title', { id: lineId ?? '' })}>
      {(found) => (
        <RecordPage
          title={text(found.productName)}
          state={<CommissionMark state={found.state} large />}
          subtitle={
            <>
              {found.class === null
                ? null
                : `${t(`settlement.kind.${found.kind}`)} · ${t(`settlement.class.${found.class}`)} · `}
              <Id value={found.lineId} name={t('settlement.line.title', { id: '' })} />
            </>
          }
          next={
            <NextStep>
              <When line={found} />
            </NextStep>
          }
        >
          {found.class !== null && (
            <Panel title={t('settlement.line.conditions')}>
              <Conditions line={found} />
            </Panel>
          )}
          <Panel title={t('partners.commissions.derivation')}>
            <div className="stack stack--tight">
              <Steps steps={found.derivation} />
              {found.commission !== null && (
                <p>
                  {t('partners.commissions.commission')}{' '}
                  <strong className="num amount-large" data-testid="commission-amount">
                    {money(found.commission, found.currency)}
                  </strong>
                </p>
              )}
            </div>
          </Panel>
          <Facts line={found} />
        </RecordPage>
      )}
    </Loaded>
  );
}

function When({ line }: { line: CommissionDetailView }) {
  const { t } = useTranslation();
  const { state, billPeriod, earliestBill } = line;
  if (state === 'BILLED') return t('partners.when.billed', { period: billPeriod ?? '' });
  if (state === 'NONE') return t('partners.state.NONE.help');
  if (earliestBill === null) return t(`partners.state.${state}.help`);
  return t(`partners.when.${state}`, { period: earliestBill.period, day: earliestBill.runDay });
}

function Facts({ line }: { line: CommissionDetailView }) {
  const { t } = useTranslation();
  const money = useMoney();
  const amount = (value: string | null) => (value === null ? '—' : money(value, line.currency));
  return (
    <Panel title={t('settlement.line.facts')}>
      <dl className="facts">
        <Pair
          term={t(line.class === null ? 'partners.commissions.corrects' : 'settlement.column.order')}
          value={<span className="mono">{line.orderId}</span>}
        />
        <Pair term={t('settlement.line.placedAt')} value={<Instant at={line.placedAt} exact />} />
        <Pair term={t('partners.commissions.sales')} value={amount(line.sales)} />
        <Pair term={t('settlement.line.cash')} value={amount(line.cash)} />
        {line.originalLineId !== null && (
          <Pair term={t('settlement.lines.original')} value={<span className="mono">{line.originalLineId}</span>} />
        )}
      </dl>
    </Panel>
  );
}
