import type { InvoiceTitleView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { removeTitle, saveTitle, titlesQuery } from '../../api/invoices.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { draftOf, emptyTitle, type TitleDraft, titleFaultOf, titleRequestOf } from './title-draft.ts';
import { TitleFields } from './title-fields.tsx';
import { InvoiceTabs } from './words.tsx';

/** The buyer's titles: whom invoices are made out to, and where they go. */
export function InvoiceTitlesPage() {
  const { t } = useTranslation();
  const titles = useQuery(titlesQuery);
  const [editing, setEditing] = useState<InvoiceTitleView | 'new' | null>(null);
  const columns = useColumns(setEditing);
  return (
    <Page
      title={t('nav.myInvoices')}
      tools={
        <Button onClick={() => setEditing('new')} data-testid="new-title">
          {t('invoices.title.add')}
        </Button>
      }
    >
      <InvoiceTabs active="titles">
        {editing !== null && (
          <Edit
            key={editing === 'new' ? 'new' : editing.titleId}
            title={editing === 'new' ? null : editing}
            onClose={() => setEditing(null)}
          />
        )}
        <Loaded query={titles}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty sentence={t('invoices.title.none')} />
            ) : (
              <Rows rows={items} columns={columns} rowKey={({ titleId }) => titleId} testId="title-row" />
            )
          }
        </Loaded>
      </InvoiceTabs>
    </Page>
  );
}

function useColumns(edit: (title: InvoiceTitleView) => void): Column<InvoiceTitleView>[] {
  const { t } = useTranslation();
  return [
    { key: 'name', title: t('invoices.title.name'), render: ({ title }) => title.name },
    { key: 'type', title: t('invoices.title.type'), render: ({ title }) => t(`invoices.title.types.${title.type}`) },
    {
      key: 'taxNumber',
      title: t('invoices.title.taxNumber'),
      render: ({ title }) => <span className="mono">{title.taxNumber ?? '—'}</span>,
    },
    { key: 'email', title: t('invoices.title.email'), render: ({ receiver }) => receiver.email ?? '—' },
    {
      key: 'action',
      title: t('list.action'),
      render: (title) => (
        <span className="row">
          <Button
            size="small"
            onClick={() => edit(title)}
            aria-label={`${t('invoices.title.edit')} ${title.title.name}`}
          >
            {t('invoices.title.edit')}
          </Button>
          <Remove title={title} />
        </span>
      ),
    },
  ];
}

function Remove({ title }: { title: InvoiceTitleView }) {
  const { t } = useTranslation();
  const remove = useCommand({
    run: () => removeTitle(title.titleId),
    refresh: ['invoices', 'titles'],
    done: t('invoices.title.removed'),
  });
  return (
    <Popconfirm
      title={t('invoices.title.removeAsk', { name: title.title.name })}
      okText={t('invoices.title.remove')}
      onConfirm={() => remove.mutate(undefined)}
    >
      <Button size="small" aria-label={`${t('invoices.title.remove')} ${title.title.name}`}>
        {t('invoices.title.remove')}
      </Button>
    </Popconfirm>
  );
}

function Edit({ title, onClose }: { title: InvoiceTitleView | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<TitleDraft>(title === null ? emptyTitle : draftOf(title));
  const [tried, setTried] = useState(false);
  const fault = titleFaultOf(draft, null);
  const save = useCommand({
    run: () => saveTitle({ titleId: title?.titleId ?? null, ...titleRequestOf(draft) }),
    refresh: ['invoices', 'titles'],
    done: t('invoices.title.saved'),
    onDone: onClose,
  });
  return (
    <Panel title={t(title === null ? 'invoices.title.add' : 'invoices.title.edit')}>
      <TitleFields draft={draft} onChange={setDraft} fault={tried ? fault : null} />
      <div className="row">
        <Button
          type="primary"
          loading={save.isPending}
          onClick={() => {
            setTried(true);
            if (fault === null) save.mutate(undefined);
          }}
          data-testid="save-title"
        >
          {t('invoices.title.save')}
        </Button>
        <Button onClick={onClose}>{t('invoices.close')}</Button>
      </div>
    </Panel>
  );
}
