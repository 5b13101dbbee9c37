import type { NewTradeTerms, TradeTermsView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tradeTermsQuery } from '../../api/partners.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { may } from '../../shell/areas.ts';
import { useRatio } from '../settlement/words.ts';
import { TermsHistory } from './terms-history.tsx';
import { TradeTermsDialog } from './trade-terms-dialog.tsx';

type Kind = NewTradeTerms['kind'];

/** Taxes of the site and of sellers, projects of buyers: what settlement takes off, from which day on (S3-8, S3-14, 1.5). */
export function TradeTermsPage() {
  const { t } = useTranslation();
  const terms = useQuery(tradeTermsQuery);
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  const [writing, setWriting] = useState<Kind | null>(null);
  const button = (kind: Kind) => (
    <div>
      <Button
        disabled={!allowed}
        title={allowed ? undefined : t('partners.role')}
        onClick={() => setWriting(kind)}
        data-testid={`write-${kind}`}
      >
        {t(`partners.trade.write.${kind}`)}
      </Button>
    </div>
  );
  return (
    <Page title={t('nav.tradeTerms')}>
      <p className="soft">{t('partners.trade.intro')}</p>
      <Loaded query={terms}>
        {(found) => (
          <>
            <Panel title={t('partners.trade.site', { site: found.site.site })}>
              <div className="stack">
                <p className="soft">{t('partners.trade.siteHelp')}</p>
                {found.site.terms.length === 0 ? (
                  <Empty sentence={t('partners.trade.noSite')} />
                ) : (
                  <SiteTerms found={found} />
                )}
                {button('site')}
              </div>
            </Panel>
            <Panel title={t('partners.trade.sellers')}>
              <div className="stack">
                <p className="soft">{t('partners.trade.sellersHelp')}</p>
                {found.sellers.length === 0 && <Empty sentence={t('partners.trade.noSellers')} />}
                {found.sellers.map((party) => (
                  <SellerTerms key={party.id} party={party} />
                ))}
                {button('seller')}
              </div>
            </Panel>
            <Panel title={t('partners.trade.buyers')}>
              <div className="stack">
                <p className="soft">{t('partners.trade.buyersHelp')}</p>
                {found.buyers.length === 0 && <Empty sentence={t('partners.trade.noBuyers')} />}
                {found.buyers.map((party) => (
                  <BuyerTerms key={party.id} party={party} />
                ))}
                {button('buyer')}
              </div>
            </Panel>
          </>
        )}
      </Loaded>
      {writing !== null && <TradeTermsDialog kind={writing} onClose={() => setWriting(null)} />}
    </Page>
  );
}

function SiteTerms({ found }: { found: TradeTermsView }) {
  const { t } = useTranslation();
  const ratio = useRatio();
  return (
    <TermsHistory
      versions={found.site.terms}
      testId="site-terms-row"
      columns={[
        { key: 'vat', title: t('partners.trade.vat'), show: ({ vat }) => ratio(vat) },
        { key: 'cwht', title: t('partners.trade.customerWht'), show: ({ customerWht }) => ratio(customerWht) },
        { key: 'swht', title: t('partners.trade.sellerWht'), show: ({ sellerWht }) => ratio(sellerWht) },
        { key: 'dst', title: t('partners.trade.dst'), show: ({ dst }) => ratio(dst) },
      ]}
    />
  );
}

function SellerTerms({ party }: { party: TradeTermsView['sellers'][number] }) {
  const { t } = useTranslation();
  const rate = useOwnRate();
  return (
    <div>
      <h3>{party.name}</h3>
      <TermsHistory
        versions={party.terms}
        testId="seller-terms-row"
        columns={[
          { key: 'payer', title: t('partners.payer'), show: ({ payer }) => t(`partners.payers.${payer}`) },
          { key: 'swht', title: t('partners.trade.sellerWht'), show: ({ sellerWht }) => rate(sellerWht) },
          { key: 'dst', title: t('partners.trade.dst'), show: ({ dst }) => rate(dst) },
        ]}
      />
    </div>
  );
}

function BuyerTerms({ party }: { party: TradeTermsView['buyers'][number] }) {
  const { t } = useTranslation();
  const ratio = useRatio();
  const rate = useOwnRate();
  return (
    <div>
      <h3>{party.name}</h3>
      <TermsHistory
        versions={party.terms}
        testId="buyer-terms-row"
        columns={[
          {
            key: 'project',
            title: t('partners.trade.project'),
            show: ({ project }) => t(`partners.trade.projects.${project ?? 'NONE'}`),
          },
          {
            key: 'fee',
            title: t('partners.trade.managementFee'),
            show: ({ managementFeeRatio }) => ratio(managementFeeRatio),
          },
          { key: 'cwht', title: t('partners.trade.customerWht'), show: ({ customerWht }) => rate(customerWht) },
        ]}
      />
    </div>
  );
}

/** A party's own rate, or that of the site. */
function useOwnRate(): (rate: string | null) => string {
  const { t } = useTranslation();
  const ratio = useRatio();
  return (rate) => (rate === null ? t('partners.trade.asSite') : ratio(rate));
}
