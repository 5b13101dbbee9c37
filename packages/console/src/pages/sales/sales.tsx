import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type SalesSettingsView, salesQuery } from '../../api/sales.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { useSearchChange } from '../../components/pager.tsx';
import { TabList } from '../../components/tab-list.tsx';
import { useText } from '../../i18n/text.ts';
import { parseSalesSearch, type SalesTab, salesTabs } from '../../search/sales-params.ts';
import { Credit } from './credit.tsx';
import { Hiding } from './hiding.tsx';
import { Limits } from './limits.tsx';
import { Regions } from './regions.tsx';
import { Stock } from './stock.tsx';
import { Targets } from './targets.tsx';
import { Trials } from './trials.tsx';

/** How a product is sold (S-80 … S-85): what is set takes effect at once (C48). The operator may set it, too, with a reason. */
export function SalesPage() {
  const { t } = useTranslation();
  const text = useText();
  const { goodsId = '' } = useParams({ strict: false });
  const settings = useQuery(salesQuery(goodsId));
  const name = settings.data === undefined ? '' : text(settings.data.name);
  return (
    <Page
      title={name === '' ? t('sales.title') : t('sales.titleOf', { name })}
      tools={
        <Link to="/products/$goodsId" params={{ goodsId }} search={{}}>
          {t('sales.asBuyer')}
        </Link>
      }
    >
      <Loaded query={settings}>{(found) => <Settings settings={found} />}</Loaded>
    </Page>
  );
}

function Settings({ settings }: { settings: SalesSettingsView }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const { tab = 'target' } = parseSalesSearch(useSearch({ strict: false }));
  return (
    <>
      {settings.state !== 'ON_SALE' && <Alert type="info" showIcon title={t('sales.notOnSale')} />}
      {settings.hidden && <Alert type="info" showIcon title={t('sales.hiddenProduct')} />}
      <TabList
        name={t('sales.title')}
        tabs={salesTabs.map((key) => ({ key, label: t(`sales.tabs.${key}`) }))}
        active={tab}
        onChange={(next) => change({ tab: next === 'target' ? undefined : next })}
      >
        {panels[tab](settings)}
      </TabList>
    </>
  );
}

const panels: Readonly<Record<SalesTab, (settings: SalesSettingsView) => ReactNode>> = {
  target: (settings) => <Targets settings={settings} />,
  limit: (settings) => <Limits settings={settings} />,
  trial: (settings) => <Trials settings={settings} />,
  stock: (settings) => <Stock settings={settings} />,
  credit: (settings) => <Credit settings={settings} />,
  regions: (settings) => <Regions settings={settings} />,
  hidden: (settings) => <Hiding settings={settings} />,
};
