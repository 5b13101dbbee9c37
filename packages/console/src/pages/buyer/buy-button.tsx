import type { ProductView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { useText } from '../../i18n/text.ts';
import { compact } from '../../search/params.ts';
import { may } from '../../shell/areas.ts';
import { type Hindrance, hindranceOf, type Purchase } from './purchase.ts';
import { RefusalDialog } from './refusal-dialog.tsx';
import { type Refused, refusedBy } from './refusals.ts';
import type { Offer } from './selection.ts';

interface BuyButtonProps {
  readonly product: ProductView;
  readonly offer: Offer;
  readonly purchase: Purchase;
  readonly offerId: string | undefined;
  readonly distributorId: string | undefined;
}

/**
 * Buy now, or why not (console.md: "Why not?" is always answered). Where the buyer can do something about it, the button
 * answers with a dialog that says what (C45); else it is disabled with the reason below.
 */
export function BuyButton({ product, offer, purchase, offerId, distributorId }: BuyButtonProps) {
  const { t } = useTranslation();
  const text = useText();
  const navigate = useNavigate();
  const session = useQuery(sessionQuery).data;
  const [refused, setRefused] = useState<Refused | null>(null);
  const hindrance = hindranceOf(product, offer, purchase, session != null);
  const answer = hindrance === null ? null : answerTo(hindrance);
  const reason =
    hindrance === null
      ? session != null && !may(session, 'order.create')
        ? t('product.why.role')
        : null
      : hindrance.kind === 'refusal'
        ? answer === null
          ? text(hindrance.refusal.message)
          : t(`offers.refusal.${answer.code}.title`)
        : t(`product.why.${hindrance.kind}`);
  const search = compact({ goodsId: product.goodsId, ...purchase, offerId, distributorId });
  const buy = (): void => {
    if (answer === null) void navigate({ to: '/checkout', search });
    else setRefused(answer);
  };
  return (
    <div className="stack stack--tight">
      <Button
        type="primary"
        size="large"
        block
        disabled={reason !== null && answer === null}
        aria-describedby={reason === null ? undefined : 'why-not-buy'}
        onClick={buy}
        data-testid="buy-now"
      >
        {t(offer.specification.chargingMode === 'ON_DEMAND' ? 'offers.openNow' : 'product.buy')}
      </Button>
      {reason !== null && (
        <p id="why-not-buy" className="soft" data-testid="why-not">
          {reason}
        </p>
      )}
      {refused !== null && <RefusalDialog refused={refused} product={product} onClose={() => setRefused(null)} />}
    </div>
  );
}

function answerTo(hindrance: Hindrance): Refused | null {
  if (hindrance.kind === 'refusal') return refusedBy(hindrance.refusal);
  return hindrance.kind === 'soldOut' ? { code: 'OUT_OF_STOCK', facts: {} } : null;
}
