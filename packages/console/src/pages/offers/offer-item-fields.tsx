import { DeleteOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { productQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Chooser } from '../buyer/chooser.tsx';
import { purchaseOf } from '../buyer/purchase.ts';
import { QuantityFields } from '../buyer/quantity-fields.tsx';
import { chooseOffer, type Offer } from '../buyer/selection.ts';
import { ServerFields } from '../buyer/server-fields.tsx';
import type { Configuration, DraftItem, OfferDraft } from './offer-draft.ts';
import { OfferPrice } from './offer-price.tsx';
import { PercentField } from './percent-field.tsx';
import { ProductChoice, SpecificationChoice } from './product-choice.tsx';

interface ItemProps {
  readonly kind: OfferDraft['kind'];
  readonly item: DraftItem;
  readonly onChange: (item: DraftItem) => void;
  /** null = the last one stays */
  readonly onRemove: (() => void) | null;
}

/** One product of the offer: a discount on it (product quote), or one exact configuration (configuration quote). */
export function OfferItemFields({ kind, item, onChange, onRemove }: ItemProps) {
  const { t } = useTranslation();
  return (
    <div className="offer-item" data-testid="offer-item">
      <div className="offer-item-fields">
        <ProductChoice
          goodsId={item.goodsId}
          onChange={(goodsId) => onChange({ ...item, goodsId, specificationId: undefined, configuration: null })}
        />
        {kind === 'PRODUCT' && (
          <SpecificationChoice
            goodsId={item.goodsId}
            specificationId={item.specificationId}
            onChange={(specificationId) => onChange({ ...item, specificationId })}
          />
        )}
        <PercentField percent={item.percent} onChange={(percent) => onChange({ ...item, percent })} />
      </div>
      {kind === 'CONFIGURATION' && item.goodsId !== undefined && (
        <Fixed goodsId={item.goodsId} item={item} onChange={(configuration) => onChange({ ...item, configuration })} />
      )}
      {onRemove !== null && (
        <Button size="small" icon={<DeleteOutlined />} onClick={onRemove}>
          {t('offers.removeItem')}
        </Button>
      )}
    </div>
  );
}

interface FixedProps {
  readonly goodsId: string;
  readonly item: DraftItem;
  readonly onChange: (configuration: Configuration) => void;
}

/** Everything that the buyer would choose is chosen here; the price follows. */
function Fixed({ goodsId, item, onChange }: FixedProps) {
  const { t } = useTranslation();
  const product = useQuery(productQuery(goodsId));
  const { configuration } = item;
  return (
    <Loaded query={product}>
      {(found) => {
        const offer = chooseOffer(found, configuration ?? {});
        if (offer === undefined) return <p className="soft">{t('product.nothingToBuy')}</p>;
        const chosen = purchaseOf(offer, configuration ?? {});
        const choose = (next: Offer): void => onChange(purchaseOf(next, configuration ?? {}));
        return (
          <div className="stack">
            <Chooser product={found} offer={offer} onChoose={choose} />
            <QuantityFields
              attribute={offer.specification.linearAttribute}
              periodType={offer.price.periodType}
              quantity={chosen.quantity}
              periodNumber={chosen.periodNumber}
              onChange={({ quantity = chosen.quantity, periodNumber = chosen.periodNumber }) =>
                onChange({ ...chosen, quantity, periodNumber })
              }
            />
            {chosen.vcpus !== undefined && (
              <ServerFields vcpus={chosen.vcpus} onChange={({ vcpus }) => onChange({ ...chosen, vcpus })} />
            )}
            {configuration === null ? (
              <Button onClick={() => onChange(chosen)} data-testid="take-configuration">
                {t('offers.takeConfiguration')}
              </Button>
            ) : (
              <OfferPrice configuration={configuration} percent={item.percent} />
            )}
          </div>
        );
      }}
    </Loaded>
  );
}
