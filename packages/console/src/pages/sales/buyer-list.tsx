import { useQuery } from '@tanstack/react-query';
import { Button, Input, Select, Tag } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { customersQuery } from '../../api/lives.ts';
import { sessionQuery } from '../../api/queries.ts';
import type { ListedBuyerView } from '../../api/sales.ts';
import { may } from '../../shell/areas.ts';

interface BuyerListProps {
  readonly value: readonly ListedBuyerView[];
  readonly onChange: (buyers: ListedBuyerView[]) => void;
  readonly label: string;
  readonly most?: number;
}

/** Customers one by one: account name and account id are entered together (C44), or taken from those who bought before. */
export function BuyerList({ value, onChange, label, most = 1_000 }: BuyerListProps) {
  const { t } = useTranslation();
  const ids = { name: useId(), id: useId() };
  const [accountName, setAccountName] = useState('');
  const [buyerId, setBuyerId] = useState('');
  const full = value.length >= most;
  const complete = accountName.trim() !== '' && buyerId.trim() !== '' && !full;
  const add = (buyer: ListedBuyerView): void => {
    if (full) return;
    onChange([...value.filter((one) => one.buyerId !== buyer.buyerId), buyer]);
  };
  const enter = (): void => {
    if (!complete) return;
    add({ accountName: accountName.trim(), buyerId: buyerId.trim() });
    setAccountName('');
    setBuyerId('');
  };
  return (
    <fieldset className="field buyer-list" data-testid="buyer-list">
      <legend className="label">{label}</legend>
      {value.length === 0 ? (
        <span className="soft">{t('sales.buyers.none')}</span>
      ) : (
        <ul className="row buyer-tags">
          {value.map((buyer) => (
            <li key={buyer.buyerId}>
              <Tag
                closable={{ 'aria-label': t('sales.buyers.remove', { name: buyer.accountName }) }}
                onClose={(event) => {
                  event.preventDefault();
                  onChange(value.filter((one) => one.buyerId !== buyer.buyerId));
                }}
                data-testid="listed-buyer"
              >
                {buyer.accountName} <span className="mono">{buyer.buyerId}</span>
              </Tag>
            </li>
          ))}
        </ul>
      )}
      <KnownCustomers listed={value} onChoose={add} />
      <div className="buyer-entry">
        <div className="filter">
          <label htmlFor={ids.name}>{t('sales.buyers.accountName')}</label>
          <Input
            id={ids.name}
            value={accountName}
            maxLength={64}
            onChange={(event) => setAccountName(event.target.value)}
            data-testid="buyer-account"
          />
        </div>
        <div className="filter">
          <label htmlFor={ids.id}>{t('sales.buyers.accountId')}</label>
          <Input
            id={ids.id}
            value={buyerId}
            maxLength={64}
            onChange={(event) => setBuyerId(event.target.value)}
            onPressEnter={(event) => {
              event.preventDefault();
              enter();
            }}
            data-testid="buyer-id"
          />
        </div>
        <Button onClick={enter} disabled={!complete} data-testid="buyer-add">
          {t('sales.buyers.add')}
        </Button>
      </div>
      <span className="soft">{t(full ? 'sales.buyers.full' : 'sales.buyers.help', { most })}</span>
    </fieldset>
  );
}

/** Those who bought before, so that nobody copies ids by hand. */
function KnownCustomers({
  listed,
  onChoose,
}: {
  listed: readonly ListedBuyerView[];
  onChoose: (buyer: ListedBuyerView) => void;
}) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const customers = useQuery({ ...customersQuery({ limit: 100 }), enabled: may(session, 'customer.view') }).data;
  const open = (customers?.items ?? []).filter(({ buyerId }) => listed.every((one) => one.buyerId !== buyerId));
  if (open.length === 0) return null;
  return (
    <Select
      value={null}
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t('sales.buyers.known')}
      aria-label={t('sales.buyers.known')}
      style={{ width: '100%' }}
      options={open.map(({ buyerId, accountName, buyerName }) => ({
        value: buyerId,
        label: buyerName === accountName ? buyerName : `${buyerName} (${accountName})`,
      }))}
      onChange={(chosen: string | null) => {
        const customer = open.find(({ buyerId }) => buyerId === chosen);
        if (customer !== undefined) onChoose({ buyerId: customer.buyerId, accountName: customer.accountName });
      }}
      data-testid="known-customers"
    />
  );
}
