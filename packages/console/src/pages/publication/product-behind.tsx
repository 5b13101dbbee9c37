import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { productBehindQuery } from '../../api/publication.ts';
import type { ProductBehindView } from '../../api/publication-types.ts';
import { CopyButton, Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { useBase } from '../../components/links.tsx';
import { Panel } from '../../components/page.tsx';
import { RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { columnsOf, priceIn } from './matrix.ts';
import { NextForProduct, OperatorActions, SellerActions } from './product-actions.tsx';
import { Sales } from './sales-by-month.tsx';
import { percentOf } from './share.ts';
import { ApplicationStatus, ProductStatus } from './state-words.tsx';
import { Versions } from './versions.tsx';
import { WhyHidden } from './why-hidden.tsx';
import { useColumnName, useTypeName } from './words.ts';

/** The product from behind: how it stands, what it sells, what keeps buyers from it, and what can be done about it. */
export function ProductBehindPage() {
  const { t } = useTranslation();
  const { goodsId = '' } = useParams({ strict: false });
  const product = useQuery(productBehindQuery(goodsId));
  return (
    <Loaded query={product} title={t('publication.productBehind')}>
      {(found) => <ProductBehind product={found} />}
    </Loaded>
  );
}

function ProductBehind({ product }: { product: ProductBehindView }) {
  const { t } = useTranslation();
  const text = useText();
  const operator = useBase() === 'operator';
  const address = `${window.location.origin}/products/${encodeURIComponent(product.goodsId)}`;
  return (
    <RecordPage
      title={text(product.name) || t('publication.noName')}
      state={<ProductStatus status={product.status} large />}
      subtitle={
        <>
          <Id value={product.goodsId} name={t('publication.goodsId')} />
          <span>·</span>
          <Link to="/products/$goodsId" params={{ goodsId: product.goodsId }} search={{}}>
            {t('publication.buyersPage')}
          </Link>
          <CopyButton text={address} name={t('publication.purchaseLink')} />
          {operator ? (
            <span>· {product.seller.name}</span>
          ) : (
            <>
              <span>·</span>
              <Link
                to="/seller/products/$goodsId/credential"
                params={{ goodsId: product.goodsId }}
                data-testid="to-credential"
              >
                {t('people.credential.link')}
              </Link>
            </>
          )}
        </>
      }
      next={<NextForProduct product={product} />}
    >
      <div className="split">
        <div className="stack">
          <Panel title={t('publication.sales')}>
            <Sales product={product} />
          </Panel>
          <Panel title={t('publication.whyHidden')}>
            <WhyHidden product={product} />
          </Panel>
          <Panel title={t('publication.specifications')}>
            <Parts product={product} />
          </Panel>
          <Panel title={t('publication.versions')}>
            <Versions product={product} />
          </Panel>
        </div>
        <div className="stack">
          <Panel title={t('publication.actions')}>
            {operator ? <OperatorActions product={product} /> : <SellerActions product={product} />}
            {operator && (
              // O-31: with a reason, over the seller's head
              <p>
                <Link to="/operator/products/$goodsId/sales" params={{ goodsId: product.goodsId }} search={{}}>
                  {t('publication.salesSettings')}
                </Link>
              </p>
            )}
          </Panel>
          <Panel title={t('publication.facts')}>
            <Facts product={product} />
          </Panel>
          <Panel title={t('publication.health')}>
            <Health product={product} />
          </Panel>
          <Panel title={t('publication.applications')}>
            <Applications product={product} />
          </Panel>
        </div>
      </div>
    </RecordPage>
  );
}

function Facts({ product }: { product: ProductBehindView }) {
  const { t } = useTranslation();
  const typeName = useTypeName();
  const { protocol, productionUrl } = product.interface;
  return (
    <dl className="facts">
      <Pair term={t('publication.accessType')} value={typeName(product)} />
      <Pair term={t('publication.class')} value={t(`publication.classes.${product.class}`)} />
      <Pair term={t('publication.visibility')} value={t(`publication.visibilities.${product.visibility}`)} />
      <Pair
        term={t('publication.versionNumber')}
        value={product.version === null ? t('publication.neverApproved') : String(product.version)}
      />
      <Pair term={t('publication.createdAt')} value={<Instant at={product.createdAt} />} />
      <Pair
        term={t('publication.share')}
        value={
          <>
            <span className="num" data-testid="seller-share">
              {percentOf(product.sellerShare)}%
            </span>
            <div className="soft">{t('publication.shareHelp')}</div>
          </>
        }
      />
      {protocol !== 'none' && (
        <Pair
          term={t('publication.productionUrl')}
          value={
            <>
              {t(`publication.protocols.${protocol}`)}
              <div className="mono">{productionUrl}</div>
            </>
          }
        />
      )}
    </dl>
  );
}

/** Specifications and their prices now, with state and visibility of each. */
function Parts({ product }: { product: ProductBehindView }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  const columnName = useColumnName();
  return (
    <ul className="plain-list">
      {product.content.specifications.map((one, index) => {
        const state = product.specifications.find(({ specificationId }) => specificationId === one.specificationId);
        const stopped = state?.skus.filter(({ status }) => status === 'STOPPED').length ?? 0;
        const prices = columnsOf(one).map((column) => {
          const all = one.skus.flatMap((sku) => priceIn(sku, column)?.brackets ?? []);
          const currency = one.skus[0]?.prices[0]?.currency ?? 'CNY';
          const amounts = [...new Set(all.map(({ unitPrice }) => unitPrice))];
          const shown = amounts.slice(0, 3).map((amount) => formatMoney({ amount, currency }, language));
          return `${columnName(column)} ${shown.join(' / ')}${amounts.length > 3 ? ' …' : ''}`;
        });
        return (
          <li key={one.specificationId ?? index}>
            <div className="row">
              <strong>{text(one.name)}</strong>
              <span className="soft">
                {t(`charging.${one.chargingMode}`)} · {t('publication.skuCount', { count: one.skus.length })}
              </span>
              {state?.status === 'STOPPED' && <span className="state state--idle">{t('publication.partStopped')}</span>}
              {state?.status === 'ON_SALE' && stopped > 0 && (
                <span className="state state--wait">{t('publication.skusStopped', { count: stopped })}</span>
              )}
              {state?.visibility === 'HIDDEN' && (
                <span className="state state--idle">{t('publication.visibilities.HIDDEN')}</span>
              )}
            </div>
            <div className="soft">{prices.join(' · ')}</div>
          </li>
        );
      })}
    </ul>
  );
}

/** How the seller's interface answers, and what follows if it goes on failing. */
function Health({ product }: { product: ProductBehindView }) {
  const { t } = useTranslation();
  const operator = useBase() === 'operator';
  const { health, goodsId } = product;
  if (health === null) {
    return (
      <p className="soft">
        {t(product.interface.protocol === 'none' ? 'publication.nobodyCalled' : 'publication.noCases')}
      </p>
    );
  }
  return (
    <>
      <dl className="facts">
        <Pair term={t('publication.cases')} value={String(health.cases)} />
        <Pair
          term={t('publication.failingDays')}
          value={
            <span className={health.failingDays > 0 ? 'fault' : ''}>
              {t('publication.failingOf', { count: health.failingDays })}
            </span>
          }
        />
        <Pair
          term={t('publication.failedOrders')}
          value={<span className={health.flagged ? 'fault' : ''}>{health.failedOrders}</span>}
        />
        {health.lastRound !== null && (
          <Pair term={t('publication.lastRound')} value={<Instant at={health.lastRound.at} />} />
        )}
      </dl>
      <Link to={operator ? '/operator/probes/$goodsId' : '/seller/probes/$goodsId'} params={{ goodsId }}>
        {t('publication.probeResults')}
      </Link>
    </>
  );
}

function Applications({ product }: { product: ProductBehindView }) {
  const { t } = useTranslation();
  const operator = useBase() === 'operator';
  if (product.applications.length === 0) return <p className="soft">{t('publication.noApplicationsYet')}</p>;
  return (
    <ul className="plain-list">
      {product.applications.map(({ applicationId, kind, state, submittedAt }) => (
        <li key={applicationId} className="row">
          <Link
            to={operator ? '/operator/reviews/$applicationId' : '/seller/applications/$applicationId'}
            params={{ applicationId }}
          >
            {t(`publication.kinds.${kind}`)}
          </Link>
          <ApplicationStatus state={state} />
          <Instant at={submittedAt} />
        </li>
      ))}
    </ul>
  );
}
