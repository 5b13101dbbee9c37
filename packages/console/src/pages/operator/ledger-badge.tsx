import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import type { OverviewView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { metaQuery } from '../../api/queries.ts';
import { Pair } from '../../components/rows.tsx';
import { Amount } from '../../components/values.tsx';

/** Debits equal credits, or the loudest sign the page has. */
export function LedgerBadge({ ledger }: { ledger: OverviewView['ledger'] }) {
  const { t } = useTranslation();
  const currency = useQuery(metaQuery).data?.currency ?? 'CNY';
  return (
    <div className="stack stack--tight" data-testid="ledger" data-balanced={ledger.balanced}>
      <div>
        <span className={`state state--large state--${ledger.balanced ? 'ok' : 'bad'}`}>
          {ledger.balanced ? <CheckCircleOutlined /> : <CloseCircleOutlined />}
          {t(ledger.balanced ? 'overview.balanced' : 'overview.unbalanced')}
        </span>
      </div>
      <dl className="facts">
        <Pair term={t('overview.debits')} value={<Amount money={{ amount: ledger.debits, currency }} />} />
        <Pair term={t('overview.credits')} value={<Amount money={{ amount: ledger.credits, currency }} />} />
      </dl>
    </div>
  );
}
