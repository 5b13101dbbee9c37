import type { ProductView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { useText } from '../i18n/text.ts';
import { Panel } from './page.tsx';
import { Pair } from './rows.tsx';

interface SupportProps {
  readonly title: string;
  readonly sellerName: string;
  readonly support: ProductView['support'];
}

/** How to reach the seller (B-48): on the product page and with the purchased service. */
export function Support({ title, sellerName, support }: SupportProps) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <Panel title={title}>
      <dl className="facts">
        <Pair term={t('product.seller')} value={sellerName} />
        <Pair term={t('product.hours')} value={text(support.hours)} />
        <Pair
          term={t('product.phone')}
          value={<a href={`tel:${support.phone.replace(/\s/g, '')}`}>{support.phone}</a>}
        />
        <Pair term={t('product.email')} value={<a href={`mailto:${support.email}`}>{support.email}</a>} />
      </dl>
    </Panel>
  );
}
