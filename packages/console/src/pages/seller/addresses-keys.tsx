import type { AccessKeyView, InterfaceClassView } from '@jishi/marketplace/console-api';
import { App, Button, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createKey, revealKey } from '../../api/debugging.ts';
import { useCommand } from '../../components/command.ts';
import { Id } from '../../components/copy.tsx';
import { Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { interfaceClasses } from './addresses-binding.tsx';

/** Keys that sign the marketplace's calls: one interface class each; looking at one is audited (S-21). */
export function KeysPanel({ keys }: { keys: readonly AccessKeyView[] }) {
  const { t } = useTranslation();
  const columns: Column<AccessKeyView>[] = [
    { key: 'id', title: t('key.id'), render: (key) => <Id value={key.keyId} name={t('key.id')} /> },
    { key: 'class', title: t('key.class'), render: (key) => t(`key.classes.${key.interfaceClass}`) },
    {
      key: 'bound',
      title: t('key.boundTo'),
      render: (key) => <span className="mono">{key.boundTo.length === 0 ? '—' : key.boundTo.join(', ')}</span>,
    },
    { key: 'created', title: t('key.createdAt'), render: (key) => <Instant at={key.createdAt} /> },
    { key: 'view', title: t('list.action'), render: (key) => <ViewKey keyId={key.keyId} /> },
  ];
  return (
    <Panel title={t('key.title')}>
      <div className="stack stack--tight">
        <p className="soft">{t('key.oneClass')}</p>
        <CreateKey />
        {keys.length === 0 ? (
          <p>{t('key.none')}</p>
        ) : (
          <Rows rows={keys} columns={columns} rowKey={(key) => key.keyId} testId="key-row" />
        )}
      </div>
    </Panel>
  );
}

function CreateKey() {
  const { t } = useTranslation();
  const id = useId();
  const [interfaceClass, setClass] = useState<InterfaceClassView>('BASE');
  const create = useCommand({ run: createKey, refresh: ['addresses'], done: t('key.created') });
  return (
    <div className="row">
      <label htmlFor={id}>{t('key.class')}</label>
      <Select
        id={id}
        style={{ minWidth: 180 }}
        value={interfaceClass}
        onChange={setClass}
        options={interfaceClasses.map((each) => ({ value: each, label: t(`key.classes.${each}`) }))}
      />
      <Button loading={create.isPending} onClick={() => create.mutate(interfaceClass)} data-testid="key-create">
        {t('key.create')}
      </Button>
    </div>
  );
}

function ViewKey({ keyId }: { keyId: string }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const reveal = useCommand({
    run: revealKey,
    refresh: [],
    onDone: ({ accessKey }) =>
      void modal.info({
        title: t('key.viewTitle'),
        width: 520,
        content: (
          <div className="stack stack--tight" data-testid="access-key">
            <Id value={accessKey} name={t('key.viewTitle')} />
            <p className="soft">{t('key.viewHelp')}</p>
          </div>
        ),
      }),
  });
  return (
    <Button size="small" loading={reveal.isPending} onClick={() => reveal.mutate(keyId)} data-testid="key-view">
      {t('key.view')}
    </Button>
  );
}
