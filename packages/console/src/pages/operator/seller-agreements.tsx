import type { SellerAgreementListView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { publishAgreement, sellerAgreementsQuery } from '../../api/settlement.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Failure, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';

type Version = SellerAgreementListView['items'][number];

/** Versions of the seller agreement; a new one closes the bills of each seller until it has accepted it (S2-2). */
export function SellerAgreementsPage() {
  const { t } = useTranslation();
  const versions = useQuery(sellerAgreementsQuery);
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  const [writing, setWriting] = useState(false);
  return (
    <Page
      title={t('settlement.agreement.title')}
      tools={
        <Button
          type="primary"
          disabled={!allowed}
          title={allowed ? undefined : t('settlement.bill.role')}
          onClick={() => setWriting(true)}
          data-testid="new-agreement"
        >
          {t('settlement.agreement.publish')}
        </Button>
      }
    >
      <p className="soft">{t('settlement.agreement.intro')}</p>
      <Loaded query={versions}>
        {(found) =>
          found.items.length === 0 ? <Empty sentence={t('settlement.agreement.noneYet')} /> : <Versions found={found} />
        }
      </Loaded>
      {writing && <NewVersion last={versions.data?.items[0] ?? null} onClose={() => setWriting(false)} />}
    </Page>
  );
}

function Versions({ found: { items, sellers } }: { found: SellerAgreementListView }) {
  const { t } = useTranslation();
  const columns: Column<Version>[] = [
    {
      key: 'version',
      title: t('settlement.agreement.name'),
      render: ({ title, version, text }) => (
        <details>
          <summary>
            {title} · {t('settlement.agreement.version', { version })}
          </summary>
          <div className="prose" style={{ whiteSpace: 'pre-wrap' }}>
            {text}
          </div>
        </details>
      ),
    },
    {
      key: 'at',
      title: t('settlement.agreement.published'),
      render: ({ publishedAt, publishedBy }) => (
        <>
          <Instant at={publishedAt} /> <span className="soft">{publishedBy}</span>
        </>
      ),
    },
    {
      key: 'accepted',
      title: t('settlement.agreement.acceptedBy'),
      align: 'right',
      render: ({ accepted }) => (
        <span className="num">
          {accepted} / {sellers}
        </span>
      ),
    },
  ];
  return <Rows rows={items} columns={columns} rowKey={({ version }) => String(version)} testId="agreement-row" />;
}

function NewVersion({ last, onClose }: { last: Version | null; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [title, setTitle] = useState(last?.title ?? '');
  const [text, setText] = useState(last?.text ?? '');
  const [tried, setTried] = useState(false);
  const fault =
    title.trim() === '' || text.trim() === ''
      ? 'settlement.agreement.missing'
      : title.trim() === last?.title && text.trim() === last.text
        ? 'settlement.agreement.same'
        : null;
  const publish = useCommand({
    run: () => publishAgreement({ title: title.trim(), text: text.trim() }),
    refresh: ['settlement'],
    done: t('settlement.agreement.publishedDone'),
    onDone: onClose,
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('settlement.agreement.publish')}
      okText={t('settlement.agreement.publish')}
      okButtonProps={{ 'data-testid': 'publish-agreement' }}
      confirmLoading={publish.isPending}
      onOk={() => {
        setTried(true);
        if (fault === null) publish.mutate(undefined);
      }}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t('settlement.agreement.publishHelp')}</p>
        <div className="filter">
          <label htmlFor={`${id}-title`}>{t('settlement.agreement.name')}</label>
          <Input id={`${id}-title`} value={title} maxLength={200} onChange={({ target }) => setTitle(target.value)} />
        </div>
        <div className="filter">
          <label htmlFor={`${id}-text`}>{t('settlement.agreement.text')}</label>
          <Input.TextArea
            id={`${id}-text`}
            value={text}
            maxLength={50_000}
            autoSize={{ minRows: 6, maxRows: 16 }}
            onChange={({ target }) => setText(target.value)}
          />
        </div>
        {tried && fault !== null && (
          <span role="alert" className="fault">
            {t(fault)}
          </span>
        )}
        {publish.error !== null && <Failure error={publish.error} />}
      </div>
    </Modal>
  );
}
