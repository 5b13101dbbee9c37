import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { useBase } from '../../components/links.tsx';
import { Pair } from '../../components/rows.tsx';
import { may } from '../../shell/areas.ts';

/** From an order to what is settled of it, for those who see transaction details. */
export function LinesOfOrder({ orderId }: { orderId: string }) {
  const { t } = useTranslation();
  const base = useBase();
  const allowed = may(useQuery(sessionQuery).data, 'settlement.view');
  if (!allowed || base === 'buyer') return null;
  return (
    <Pair
      term={t('settlement.lines.ofOrder')}
      value={
        <Link to={`/${base}/transactions`} search={{ orderId }} data-testid="lines-of-order">
          {t('settlement.lines.ofOrderLink')}
        </Link>
      }
    />
  );
}
