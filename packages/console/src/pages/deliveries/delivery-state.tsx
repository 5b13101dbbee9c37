import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { State } from '../../components/state.tsx';
import { deliveryTone } from './delivery-words.ts';

export function HandoverState({ status, large }: { status: OrderDeliveryView['status']; large?: boolean }) {
  const { t } = useTranslation();
  return (
    <State
      tone={deliveryTone[status]}
      word={t(`handover.state.${status}.word`)}
      help={t(`handover.state.${status}.help`)}
      state={status}
      large={large}
      testId="delivery-state"
    />
  );
}
