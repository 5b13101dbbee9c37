import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type OfferView, withdrawOffer } from '../../api/offers.ts';
import { useCommand } from '../../components/command.ts';

/** Takes an offer back after one question that says what is lost. */
export function WithdrawOffer({ offer }: { offer: OfferView }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const withdraw = useCommand({ run: withdrawOffer, refresh: ['offers'], done: t('offers.withdraw.done') });
  if (offer.state !== 'VALID' && offer.state !== 'IN_APPROVAL' && offer.state !== 'DRAFT') return null;
  const ask = (): void =>
    void modal.confirm({
      title: t('offers.withdraw.title', { name: offer.name }),
      content: t('offers.withdraw.lost'),
      okText: t('offers.withdraw.confirm'),
      cancelText: t('offers.keep'),
      okButtonProps: { danger: true, 'data-testid': 'withdraw-confirm' },
      onOk: () => withdraw.mutateAsync(offer.offerId).catch(() => undefined),
    });
  return (
    <Button
      size="small"
      danger
      onClick={ask}
      loading={withdraw.isPending}
      aria-label={`${t('offers.withdraw.button')}: ${offer.name}`}
      data-testid="withdraw-offer"
    >
      {t('offers.withdraw.button')}
    </Button>
  );
}
