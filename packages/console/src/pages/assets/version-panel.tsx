import { CheckCircleOutlined, CloseCircleOutlined } from '@ant-design/icons';
import type { AssetDetailsView, AssetVersionView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addAssetRegions } from '../../api/assets.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { FileLink } from '../../components/file-link.tsx';
import { Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { formatBytes } from '../../format/bytes.ts';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { AssetState } from './asset-state.tsx';
import { DecideVersion } from './decide-version.tsx';
import { RegionSelect } from './info-fields.tsx';

interface Shown {
  readonly asset: AssetDetailsView;
  readonly version: AssetVersionView;
}

/** One version: what it is made of, what the scan found, where it lies. */
export function VersionPanel({ asset, version }: Shown) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const { file, reference, sha256, sizeBytes } = version;
  return (
    <Panel title={t('asset.versionTitle', { version: version.version })}>
      <div className="stack" data-testid="asset-version-panel" data-version={version.version}>
        <div>
          <AssetState version={version} />
        </div>
        {version.reason !== null && <Alert type="warning" showIcon title={version.reason} />}
        <dl className="facts">
          {file !== null && <Pair term={t('asset.file')} value={<FileLink file={file} />} />}
          {reference !== null && <Pair term={t('asset.reference')} value={<span className="mono">{reference}</span>} />}
          {file === null && sha256 !== null && (
            <Pair term={t('file.checksum')} value={<span className="mono">{sha256}</span>} />
          )}
          {file === null && sizeBytes !== null && (
            <Pair term={t('asset.size')} value={formatBytes(sizeBytes, language)} />
          )}
          <Pair term={t('asset.submittedAt')} value={<Instant at={version.submittedAt} />} />
          {version.decidedAt !== null && (
            <Pair term={t('asset.decidedAt')} value={<Instant at={version.decidedAt} />} />
          )}
          {version.releaseNotes !== '' && <Pair term={t('asset.releaseNotes')} value={version.releaseNotes} />}
        </dl>
        <Report report={version.report} />
        {version.regions.length > 0 && <Regions asset={asset} version={version} />}
        <DecideVersion asset={asset} version={version} />
      </div>
    </Panel>
  );
}

function Report({ report }: { report: AssetVersionView['report'] }) {
  const { t } = useTranslation();
  const text = useText();
  if (report === null) return null;
  return (
    <section aria-label={t('asset.report')} className="stack stack--tight" data-testid="scan-report">
      <h3>{t('asset.report')}</h3>
      <ul className="file-list">
        {report.checks.map((check) => (
          <li key={check.check} className="row">
            {check.passed ? (
              <CheckCircleOutlined aria-label={t('asset.passed')} />
            ) : (
              <CloseCircleOutlined aria-label={t('asset.failed')} className="fault" />
            )}
            <span>{text(check.message)}</span> <span className="mono soft">{check.rule}</span>
          </li>
        ))}
      </ul>
      <span className="soft">
        {t('asset.scannedBy', { scanner: report.scanner })} <Instant at={report.scannedAt} exact />
      </span>
    </section>
  );
}

function Regions({ asset, version }: Shown) {
  const { t } = useTranslation();
  const text = useText();
  const session = useQuery(sessionQuery).data;
  const [chosen, setChosen] = useState<string[]>([]);
  const add = useCommand({
    run: (regions: string[]) => addAssetRegions(asset.assetId, version.version, regions),
    refresh: ['assets'],
    done: t('asset.regionsAdded'),
    onDone: () => setChosen([]),
  });
  return (
    <section aria-label={t('asset.regions')} className="stack stack--tight">
      <h3>{t('asset.regions')}</h3>
      <ul className="file-list" data-testid="asset-region-list">
        {version.regions.map((copy) => (
          <li key={copy.regionId} className="row">
            <span>{text(copy.name)}</span> <span className="soft">{t(`asset.copy.${copy.status}`)}</span>
            {copy.imageId !== null && <span className="mono soft">{copy.imageId}</span>}
          </li>
        ))}
      </ul>
      {may(session, 'catalog.manage') && version.state !== 'REJECTED' && (
        <div className="row">
          <div style={{ minWidth: 240, flex: 1 }}>
            <label htmlFor={`regions-${version.version}`}>{t('asset.moreRegions')}</label>
            <RegionSelect
              many
              id={`regions-${version.version}`}
              value={chosen}
              onChange={(value) => setChosen(Array.isArray(value) ? value : [value])}
              except={version.regions.map(({ regionId }) => regionId)}
            />
          </div>
          <Button
            disabled={chosen.length === 0}
            title={chosen.length === 0 ? t('asset.rule.region') : undefined}
            loading={add.isPending}
            onClick={() => add.mutate(chosen)}
          >
            {t('asset.addRegions')}
          </Button>
        </div>
      )}
    </section>
  );
}
