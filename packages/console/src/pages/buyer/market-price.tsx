import { SearchOutlined } from '@ant-design/icons';
import { Button, Input } from 'antd';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchChange } from '../../components/pager.tsx';
import type { MarketSearch } from '../../search/finding-params.ts';

const price = /^\d{1,12}(\.\d{1,4})?$/;

/** From what price to what price; applied by Enter. */
export function PriceRange({ search }: { search: MarketSearch }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const [low, setLow] = useState(search.priceFrom ?? '');
  const [high, setHigh] = useState(search.priceTo ?? '');
  useEffect(() => {
    setLow(search.priceFrom ?? '');
    setHigh(search.priceTo ?? '');
  }, [search.priceFrom, search.priceTo]);
  const wrong = (text: string): boolean => text !== '' && !price.test(text);
  const apply = (event: FormEvent): void => {
    event.preventDefault();
    if (wrong(low) || wrong(high)) return;
    change({ priceFrom: low || undefined, priceTo: high || undefined, cursor: undefined });
  };
  return (
    <form onSubmit={apply} aria-label={t('finding.price')}>
      <h2 className="filter-title">{t('finding.price')}</h2>
      <div className="price-range">
        <Input
          value={low}
          inputMode="decimal"
          placeholder={t('finding.low')}
          aria-label={t('finding.priceFrom')}
          status={wrong(low) ? 'error' : ''}
          onChange={(event) => setLow(event.target.value.trim())}
        />
        <span aria-hidden="true">–</span>
        <Input
          value={high}
          inputMode="decimal"
          placeholder={t('finding.high')}
          aria-label={t('finding.priceTo')}
          status={wrong(high) ? 'error' : ''}
          onChange={(event) => setHigh(event.target.value.trim())}
        />
        <Button htmlType="submit" icon={<SearchOutlined />} aria-label={t('finding.priceApply')} />
      </div>
    </form>
  );
}
