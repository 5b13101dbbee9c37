import type { OrderView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { formatMoney } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';

/** The instruments that paid an order, in the order of deduction (B-32). */
export function PaidWith({ order: { payment } }: { order: OrderView }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return (
    <ul className="plain-list" data-testid="paid-with">
      {payment.map(({ instrument, purseId, amount }) => (
        <li key={purseId ?? instrument}>
          {t(`wallet.instrument.${instrument}`)} · {formatMoney(amount, language)}
        </li>
      ))}
    </ul>
  );
}
