import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { type CertifiedSeller, certificationsQuery, certify } from '../../api/settlement.ts';
import { useCommand } from '../../components/command.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';

/** Who may be billed at all: without business information certification no bill is made (S2-1). */
export function Certifications() {
  const { t } = useTranslation();
  const sellers = useQuery(certificationsQuery);
  const columns: Column<CertifiedSeller>[] = [
    { key: 'seller', title: t('settlement.column.seller'), render: ({ name }) => name },
    {
      key: 'id',
      title: t('settlement.filter.seller'),
      render: ({ sellerId }) => <span className="mono">{sellerId}</span>,
    },
    {
      key: 'certified',
      title: t('settlement.certification.title'),
      render: ({ certifiedAt }) =>
        certifiedAt === null ? t('settlement.certification.none') : <Instant at={certifiedAt} />,
    },
    { key: 'action', title: t('list.action'), render: (seller) => <Certify seller={seller} /> },
  ];
  return (
    <Panel title={t('settlement.certification.title')}>
      <p className="soft">{t('settlement.certification.intro')}</p>
      <Loaded query={sellers}>
        {({ items }) => (
          <Rows rows={items} columns={columns} rowKey={({ sellerId }) => sellerId} testId="certification-row" />
        )}
      </Loaded>
    </Panel>
  );
}

function Certify({ seller }: { seller: CertifiedSeller }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  const certified = seller.certifiedAt === null;
  const change = useCommand({
    run: () => certify(seller.sellerId, certified),
    refresh: ['settlement'],
    done: t('settlement.certification.done'),
  });
  const name = t(certified ? 'settlement.certification.give' : 'settlement.certification.take');
  if (!allowed) return '—';
  return (
    <Popconfirm
      title={t(certified ? 'settlement.certification.giveAsk' : 'settlement.certification.takeAsk', {
        seller: seller.name,
      })}
      okText={name}
      onConfirm={() => change.mutate(undefined)}
      okButtonProps={{ 'data-testid': 'certify-confirm' }}
    >
      <Button size="small" loading={change.isPending} aria-label={`${name} ${seller.name}`} data-testid="certify">
        {name}
      </Button>
    </Popconfirm>
  );
}
