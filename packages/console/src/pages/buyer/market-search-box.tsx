import { useNavigate } from '@tanstack/react-router';
import { Input } from 'antd';
import { useTranslation } from 'react-i18next';

/** The search box of the market; the words go into the address, other filters stay. */
export function MarketSearchBox({ q, large }: { q: string | undefined; large?: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const find = (words: string): void => {
    const wanted = words.trim() === '' ? undefined : words.trim();
    void navigate({ to: '/market', search: (previous) => ({ ...previous, q: wanted, cursor: undefined }) });
  };
  return (
    <search className="market-search">
      <Input.Search
        key={q ?? ''}
        defaultValue={q ?? ''}
        maxLength={100}
        allowClear
        enterButton={t('finding.find')}
        size={large === true ? 'large' : 'middle'}
        placeholder={t('market.search')}
        aria-label={t('market.search')}
        onSearch={find}
        data-testid="market-search"
      />
    </search>
  );
}
