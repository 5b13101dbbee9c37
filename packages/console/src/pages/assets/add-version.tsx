import type { AssetDetailsView, FileRefView, NewAssetVersionView } from '@jishi/marketplace/console-api';
import { Button, Form } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addAssetVersion } from '../../api/assets.ts';
import { useCommand } from '../../components/command.ts';
import { Panel } from '../../components/page.tsx';
import { sourceOf, type VersionValues } from './asset-values.ts';
import { VersionFields } from './version-fields.tsx';

/** A next version; what was sold keeps the version it was sold with (L21). */
export function AddVersion({ asset, onClose }: { asset: AssetDetailsView; onClose: () => void }) {
  const { t } = useTranslation();
  const [file, setFile] = useState<FileRefView | null>(null);
  const [tried, setTried] = useState(false);
  const needsFile = asset.kind === 'APPLICATION' || asset.kind === 'DATA_FILE';
  const add = useCommand({
    run: (version: NewAssetVersionView) => addAssetVersion(asset.assetId, version),
    refresh: ['assets'],
    done: t('asset.versionAdded'),
    onDone: onClose,
  });
  const submit = (values: VersionValues): void => {
    setTried(true);
    if (needsFile && file === null) return;
    const { version, releaseNotes = '' } = values;
    add.mutate({ version, releaseNotes, source: sourceOf(asset.kind, values, file) });
  };
  return (
    <Panel title={t('asset.addVersion')}>
      <Form layout="vertical" onFinish={submit} scrollToFirstError={{ focus: true }}>
        <VersionFields kind={asset.kind} file={file} onFile={setFile} fileMissing={tried && file === null} />
        <p className="soft">{t('asset.addVersionHelp')}</p>
        <div className="row">
          <Button type="primary" htmlType="submit" loading={add.isPending} data-testid="asset-submit">
            {t('asset.submit')}
          </Button>
          <Button onClick={onClose}>{t('asset.close')}</Button>
        </div>
      </Form>
    </Panel>
  );
}
