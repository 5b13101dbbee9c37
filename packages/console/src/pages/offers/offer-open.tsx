import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type MyOfferView, offerByLinkQuery } from '../../api/offers.ts';
import { hasCode } from '../../api/problem.ts';
import { metaQuery, sessionQuery } from '../../api/queries.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { OrderLink } from '../../components/links.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { NextStep } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { isValid } from '../buyer/my-offers.ts';
import { OfferPrices } from './offer-prices.tsx';
import { OfferState } from './offer-state.tsx';
import { OfferItems } from './offer-words.tsx';

/** A private offer by its link or QR code: from whom, for whom, until when, at which price. Only its buyers see it. */
export function OpenOfferPage() {
  const { t } = useTranslation();
  const { token = '' } = useParams({ strict: false });
  const offer = useQuery(offerByLinkQuery(token));
  const foreign = hasCode(offer.error, 'NOT_FOUND') || hasCode(offer.error, 'OFFER_NOT_USABLE');
  return (
    <Page title={offer.data?.name ?? t('offers.byLink.title')}>
      {foreign ? (
        <Empty sentence={t('offers.byLink.foreign')}>
          <Link to="/">{t('checkout.browse')}</Link>
        </Empty>
      ) : (
        <Loaded query={offer}>{(found) => <Offer offer={found} />}</Loaded>
      )}
    </Page>
  );
}

function Offer({ offer }: { offer: MyOfferView }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  return (
    <>
      <Next offer={offer} />
      <div className="split">
        <Panel title={t('offers.terms')}>
          <dl className="facts">
            <Pair term={t('lives.seller')} value={offer.sellerName} />
            <Pair
              term={t('offers.byLink.for')}
              value={<strong data-testid="offer-for">{session?.tenantName ?? session?.displayName}</strong>}
            />
            <Pair term={t('order.state')} value={<OfferState state={offer.state} />} />
            <Pair term={t('offers.from')} value={<Instant at={offer.validFrom} />} />
            <Pair term={t('offers.to')} value={<Instant at={offer.validTo} />} />
            {offer.orderId !== null && (
              <Pair term={t('offers.order')} value={<OrderLink id={offer.orderId} base="buyer" />} />
            )}
          </dl>
        </Panel>
        <Panel title={t(`offers.kind.${offer.kind}`)}>
          {offer.kind === 'PRODUCT' ? <OfferItems items={offer.items} /> : <OfferPrices offer={offer} />}
        </Panel>
      </div>
    </>
  );
}

/** What to do with it now, or why nothing can be done. */
function Next({ offer }: { offer: MyOfferView }) {
  const { t } = useTranslation();
  const now = useQuery(metaQuery).data?.now;
  const session = useQuery(sessionQuery).data;
  const navigate = useNavigate();
  if (now === undefined) return null;
  if (!isValid(offer, new Date(now))) return <NextStep>{t(`offers.byLink.not.${whyNot(offer)}`)}</NextStep>;
  const { offerId, kind } = offer;
  const first = offer.items[0];
  const follow = (): void => {
    if (kind === 'CONFIGURATION') void navigate({ to: '/checkout', search: { offerId } });
    else if (first !== undefined)
      void navigate({
        to: '/products/$goodsId',
        params: { goodsId: first.goodsId },
        search: {
          offerId,
          ...(first.specificationId === null ? {} : { specificationId: first.specificationId }),
        },
      });
  };
  const allowed = may(session, 'order.create');
  return (
    <NextStep
      action={
        allowed && (
          <Button type="primary" onClick={follow} data-testid="use-offer">
            {t(`offers.byLink.use.${kind}`)}
          </Button>
        )
      }
    >
      {t(allowed ? `offers.byLink.next.${kind}` : 'product.why.role')} {t('offers.byLink.until')}{' '}
      <Instant at={offer.validTo} />
    </NextStep>
  );
}

function whyNot({ state }: MyOfferView): 'USED' | 'EXPIRED' | 'WITHDRAWN' | 'EARLY' {
  if (state === 'USED' || state === 'EXPIRED' || state === 'WITHDRAWN') return state;
  return 'EARLY';
}
