import type { AssetDetailsView, AssetVersionView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { decideAsset } from '../../api/assets.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { may } from '../../shell/areas.ts';

/** The operator's word (section 9, L25): approve what was tested, reject it or what turned out to be bad. */
export function DecideVersion({ asset, version }: { asset: AssetDetailsView; version: AssetVersionView }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const [rejecting, setRejecting] = useState(false);
  const decide = useCommand({
    run: (decision: { approve: boolean; reason: string }) => decideAsset(asset.assetId, version.version, decision),
    refresh: ['assets'],
    onDone: () => setRejecting(false),
    onFailed: (_, { approve }) => !approve,
  });
  const tested = version.waitsFor === 'OPERATOR';
  if (!may(session, 'catalog.review') || !(tested || version.state === 'APPROVED')) return null;
  return (
    <div className="row">
      {tested && (
        <Button
          type="primary"
          loading={decide.isPending}
          onClick={() => decide.mutate({ approve: true, reason: '' })}
          data-testid="asset-approve"
        >
          {t('asset.approve')}
        </Button>
      )}
      <Button danger onClick={() => setRejecting(true)} data-testid="asset-reject">
        {t('asset.reject')}
      </Button>
      {rejecting && (
        <ReasonDialog
          title={t('asset.rejectTitle', { version: version.version })}
          confirm={t('asset.reject')}
          danger
          busy={decide.isPending}
          error={decide.error}
          onClose={() => setRejecting(false)}
          onConfirm={(reason) => decide.mutate({ approve: false, reason })}
        >
          {t('asset.rejectHelp')}
        </ReasonDialog>
      )}
    </div>
  );
}
