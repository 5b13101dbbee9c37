import type { AssetDetailsView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assetQuery } from '../../api/assets.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { NextStep, RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { may } from '../../shell/areas.ts';
import { AddVersion } from './add-version.tsx';
import { AssetState } from './asset-state.tsx';
import { VersionPanel } from './version-panel.tsx';

/** One asset: what it is, its versions with their scan reports and regions, and what may be done with it. */
export function AssetPage() {
  const { t } = useTranslation();
  const { assetId } = useParams({ strict: false });
  const asset = useQuery(assetQuery(assetId ?? ''));
  return (
    <Loaded query={asset} title={t('nav.assets')}>
      {(found) => <AssetRecord asset={found} />}
    </Loaded>
  );
}

function AssetRecord({ asset }: { asset: AssetDetailsView }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const [adding, setAdding] = useState(false);
  const manages = may(session, 'catalog.manage');
  const [latest] = asset.versions;
  return (
    <RecordPage
      title={asset.name}
      state={latest && <AssetState version={latest} large />}
      subtitle={
        <>
          {t(`asset.kind.${asset.kind}`)} · {asset.seller.name} · <Id value={asset.assetId} name={t('asset.id')} />
        </>
      }
      next={
        <NextStep
          action={
            manages && (
              <Button type="primary" onClick={() => setAdding(true)} disabled={adding} data-testid="add-version">
                {t('asset.addVersion')}
              </Button>
            )
          }
        >
          <NextWords asset={asset} />
        </NextStep>
      }
    >
      {adding && <AddVersion asset={asset} onClose={() => setAdding(false)} />}
      <Panel title={t('asset.information')}>
        <dl className="facts">
          <Info asset={asset} />
          <Pair
            term={t('asset.uses')}
            value={
              asset.uses.length === 0 ? (
                <span className="soft">{t('asset.noUses')}</span>
              ) : (
                asset.uses.map((use) => (
                  <div key={use.specificationId} className="mono">
                    {use.goodsId} / {use.specificationId}
                  </div>
                ))
              )
            }
          />
        </dl>
      </Panel>
      {asset.versions.map((version) => (
        <VersionPanel key={version.version} asset={asset} version={version} />
      ))}
    </RecordPage>
  );
}

function NextWords({ asset }: { asset: AssetDetailsView }) {
  const { t } = useTranslation();
  const [latest] = asset.versions;
  if (asset.usedUp) return t('asset.next.usedUp');
  if (latest?.waitsFor === 'SCAN') return t('asset.next.scan');
  if (latest?.waitsFor === 'OPERATOR') return t('asset.next.operator');
  if (asset.approvedVersion === null) return t('asset.next.rejected');
  return t('asset.next.sold', { version: asset.approvedVersion });
}

function Info({ asset: { info } }: { asset: AssetDetailsView }) {
  const { t } = useTranslation();
  switch (info.kind) {
    case 'IMAGE':
      return (
        <>
          <Pair term={t('asset.osVersion')} value={`${info.osVersion} (${info.arch})`} />
          <Pair term={t('asset.minDisk')} value={info.minDiskGiB} />
          <Pair term={t('asset.minRam')} value={info.minRamMiB} />
          <Pair term={t('asset.agency')} value={info.agency} />
          <Pair
            term={t('asset.securityGroup')}
            value={
              info.securityGroup.length === 0
                ? t('asset.noRules')
                : info.securityGroup.map((rule) => (
                    <div key={`${rule.protocol} ${rule.ports} ${rule.source}`} className="mono">
                      {rule.protocol} {rule.ports} ← {rule.source}
                    </div>
                  ))
            }
          />
        </>
      );
    case 'DATA_FILE':
      return <Pair term={t('asset.format')} value={info.format} />;
    case 'AI_MODEL':
      return (
        <>
          <Pair term={t('asset.modelKind')} value={t(`asset.model.${info.modelKind}`)} />
          <Pair
            term={t('asset.deployments')}
            value={info.deployments.map((each) => t(`asset.deployment.${each}`)).join(' · ')}
          />
        </>
      );
    case 'CONTAINER':
      return <Pair term={t('asset.containerKind')} value={t(`asset.container.${info.containerKind}`)} />;
    case 'API_GROUP':
      return (
        <>
          <Pair term={t('asset.gateway')} value={t(`asset.gateways.${info.gateway}`)} />
          <Pair term={t('asset.groupId')} value={<span className="mono">{info.groupId}</span>} />
          <Pair term={t('asset.region')} value={<span className="mono">{info.regionId}</span>} />
        </>
      );
    case 'APPLICATION':
      return null;
  }
}
