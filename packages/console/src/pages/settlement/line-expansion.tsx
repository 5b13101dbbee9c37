import type { SettlementLine } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { lineQuery } from '../../api/settlement.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { Steps } from './line-steps.tsx';
import { useMoney, useRatio, useStaffBase } from './words.ts';

/** What a row opens to (S5-6): when it took effect, a refund's original and what that settled, the management fee. */
export function LineExpansion({ line }: { line: SettlementLine }) {
  const { t } = useTranslation();
  const money = useMoney();
  const ratio = useRatio();
  const base = useStaffBase();
  const detail = useQuery(lineQuery(line.lineId));
  return (
    <div className="stack stack--tight">
      <dl className="facts">
        <Pair
          term={t('settlement.column.effective')}
          value={line.effectiveAt === null ? '—' : <Instant at={line.effectiveAt} />}
        />
        <Pair term={t('settlement.lines.managementFee')} value={ratio(line.managementFeeRatio)} />
        {line.originalLineId !== null && (
          <Pair
            term={t('settlement.lines.original')}
            value={
              <Link to={`/${base}/transactions/$lineId`} params={{ lineId: line.originalLineId }}>
                <span className="mono">{line.originalLineId}</span>
              </Link>
            }
          />
        )}
      </dl>
      <Loaded query={detail}>
        {(found) => (
          <>
            {found.originalSettlement !== null && (
              <p>
                {t('settlement.lines.originalSettlement')}{' '}
                <span className="num">{money(found.originalSettlement, found.currency)}</span>
              </p>
            )}
            <Steps steps={found.derivation} />
          </>
        )}
      </Loaded>
    </div>
  );
}
