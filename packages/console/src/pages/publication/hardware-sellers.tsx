import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type HardwareSeller, hardwareSellersQuery, listForHardware } from '../../api/publication.ts';
import { useCommand } from '../../components/command.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';

/** Who may publish hardware: the operator keeps the list (L36). */
export function HardwareSellers() {
  const { t } = useTranslation();
  const sellers = useQuery(hardwareSellersQuery);
  const columns: Column<HardwareSeller>[] = [
    { key: 'seller', title: t('lives.seller'), render: ({ name }) => name },
    {
      key: 'listed',
      title: t('publication.hardware.since'),
      render: ({ listedAt }) => (listedAt === null ? t('publication.hardware.no') : <Instant at={listedAt} />),
    },
    { key: 'action', title: t('list.action'), render: (seller) => <Listing seller={seller} /> },
  ];
  return (
    <Panel title={t('publication.hardware.title')}>
      <p className="soft">{t('publication.hardware.intro')}</p>
      <Loaded query={sellers}>
        {({ items }) => (
          <Rows rows={items} columns={columns} rowKey={({ sellerId }) => sellerId} testId="hardware-row" />
        )}
      </Loaded>
    </Panel>
  );
}

function Listing({ seller }: { seller: HardwareSeller }) {
  const { t } = useTranslation();
  const listed = seller.listedAt === null;
  const change = useCommand({
    run: () => listForHardware(seller.sellerId, listed),
    refresh: ['reviews'],
    done: t('publication.hardware.done'),
  });
  const name = t(listed ? 'publication.hardware.allow' : 'publication.hardware.stop');
  return (
    <Button
      size="small"
      loading={change.isPending}
      onClick={() => change.mutate(undefined)}
      aria-label={`${name} ${seller.name}`}
      data-testid="hardware-listing"
    >
      {name}
    </Button>
  );
}
