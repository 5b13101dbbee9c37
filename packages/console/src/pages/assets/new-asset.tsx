import type { AssetKindView, FileRefView } from '@jishi/marketplace/console-api';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Form, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createAsset } from '../../api/assets.ts';
import { useCommand } from '../../components/command.ts';
import { Page, Panel } from '../../components/page.tsx';
import { useSearchChange } from '../../components/pager.tsx';
import { assetKinds, parseNewAssetSearch } from '../../search/asset-params.ts';
import { type InfoValues, infoOf, sourceOf, type VersionValues } from './asset-values.ts';
import { InfoFields } from './info-fields.tsx';
import { VersionFields } from './version-fields.tsx';

/** Adds an asset with its first version (L18, L23); the scan begins at once. */
export function NewAssetPage() {
  const { t } = useTranslation();
  const change = useSearchChange();
  const kind = parseNewAssetSearch(useSearch({ strict: false })).kind ?? 'APPLICATION';
  return (
    <Page title={t('asset.add')}>
      <Panel title={t('asset.kindLabel')}>
        <Radio.Group
          value={kind}
          onChange={(event) => change({ kind: assetKinds.find((each) => each === event.target.value) })}
          options={assetKinds.map((value) => ({ value, label: t(`asset.kind.${value}`) }))}
        />
        <p className="soft">{t(`asset.kindHelp.${kind}`)}</p>
      </Panel>
      <NewAsset key={kind} kind={kind} />
    </Page>
  );
}

function NewAsset({ kind }: { kind: AssetKindView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [file, setFile] = useState<FileRefView | null>(null);
  const [tried, setTried] = useState(false);
  const needsFile = kind === 'APPLICATION' || kind === 'DATA_FILE';
  const create = useCommand({
    run: createAsset,
    refresh: ['assets'],
    done: t('asset.created'),
    onDone: ({ assetId }) => void navigate({ to: '/seller/assets/$assetId', params: { assetId } }),
  });
  const submit = (values: InfoValues & VersionValues): void => {
    setTried(true);
    if (needsFile && file === null) return;
    const version = {
      version: values.version,
      releaseNotes: values.releaseNotes ?? '',
      source: sourceOf(kind, values, file),
    };
    create.mutate({ name: values.name.trim(), info: infoOf(kind, values), version });
  };
  return (
    <Form layout="vertical" onFinish={submit} scrollToFirstError={{ focus: true }} className="stack">
      <Panel title={t('asset.information')}>
        <InfoFields kind={kind} isNew />
      </Panel>
      <Panel title={t('asset.firstVersion')}>
        <VersionFields kind={kind} file={file} onFile={setFile} fileMissing={tried && file === null} />
      </Panel>
      <div>
        <Button type="primary" htmlType="submit" loading={create.isPending} data-testid="asset-submit">
          {t('asset.submit')}
        </Button>
      </div>
    </Form>
  );
}
