import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { useBase } from '../../components/links.tsx';
import type { Tone } from '../../components/tones.ts';

export const deliveryTone: Readonly<Record<OrderDeliveryView['status'], Tone>> = {
  PENDING: 'wait',
  DELIVERED: 'ok',
  ACCEPTED: 'ok',
  REVOKED: 'idle',
  FAILED: 'bad',
};

/** What is next for whoever reads it. */
export function useDeliveryNext(): (delivery: OrderDeliveryView) => string {
  const { t } = useTranslation();
  const side = useBase() === 'buyer' ? 'buyer' : 'staff';
  return ({ status, waitsFor, may, supervision }) => {
    if (status === 'REVOKED' || status === 'FAILED') return t(`handover.next.${status}`);
    if (supervision !== null && supervision.appeal !== null) return t('supervision.next.APPEAL');
    if (supervision !== null && waitsFor !== 'SYSTEM') return t(`supervision.next.${supervision.step}.${side}`);
    if (may.deliver || may.ship) return t('handover.next.yours');
    switch (waitsFor) {
      case 'BUYER':
        return t(`handover.next.BUYER_accept.${side}`);
      case 'SELLER':
      case 'SYSTEM':
        return t(`handover.next.${waitsFor}.${side}`);
      case 'OPERATOR':
      case null:
        return t('handover.next.done');
    }
  };
}
