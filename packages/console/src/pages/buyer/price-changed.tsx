import type { MoneyView } from '@jishi/marketplace/console-api';
import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { Pair } from '../../components/rows.tsx';
import { Amount } from '../../components/values.tsx';

interface PriceChangedProps {
  readonly before: MoneyView;
  /** undefined while it is being asked */
  readonly now: MoneyView | undefined;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** The price changed since it was shown (B-29): nothing was charged; the new one is shown and confirmed once more. */
export function PriceChanged({ before, now, onConfirm, onClose }: PriceChangedProps) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t('problem.PRICE_CHANGED.title')}
      okText={t('offers.priceChanged.confirm')}
      okButtonProps={{ disabled: now === undefined, 'data-testid': 'confirm-new-price' }}
      cancelText={t('offers.priceChanged.back')}
      onOk={onConfirm}
      onCancel={onClose}
    >
      <div className="stack" data-testid="price-changed">
        <p>{t('offers.priceChanged.what')}</p>
        <dl className="facts">
          <Pair
            term={t('offers.priceChanged.before')}
            value={
              <s>
                <Amount money={before} testId="price-before" />
              </s>
            }
          />
          <Pair
            term={t('offers.priceChanged.now')}
            value={
              <strong>
                {now === undefined ? t('product.calculating') : <Amount money={now} testId="price-now" />}
              </strong>
            }
          />
        </dl>
      </div>
    </Modal>
  );
}
