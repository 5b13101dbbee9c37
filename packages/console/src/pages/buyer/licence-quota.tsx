import type { LicenceApplicationView, ServiceLicenceView } from '@jishi/marketplace/console-api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { ApplyDialog } from './licence-apply.tsx';
import { GrantedLicence } from './licence-granted.tsx';
import { ApplicationState } from './licence-state.tsx';

interface QuotaProps {
  readonly resourceId: string;
  readonly quota: NonNullable<ServiceLicenceView['quota']>;
}

/** Licences inside the bought quantity (5, L17): how many are used, what was applied for, and what came. */
export function LicenceQuota({ resourceId, quota }: QuotaProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const columns = useColumns(quota.mayApply || quota.whyNot === 'USED_UP');
  const { amount, taken, whyNot, mayApply, applications } = quota;
  return (
    <Panel title={t('licence.quota.title')}>
      <div className="stack" data-testid="licence-quota">
        <div className="row">
          <span className="num">{t('licence.quota.used', { taken, amount })}</span>
          {mayApply && (
            <Button type="primary" onClick={() => setOpen(true)} data-testid="licence-apply">
              {t('licence.quota.apply')}
            </Button>
          )}
        </div>
        {whyNot !== null && <p className="soft">{t(`licence.quota.${whyNot}`)}</p>}
        {applications.length === 0 ? (
          whyNot === null && <p className="soft">{t('licence.quota.none')}</p>
        ) : (
          <Rows rows={applications} columns={columns} rowKey={({ eventId }) => eventId} testId="licence-row" />
        )}
        {open && <ApplyDialog resourceId={resourceId} onClose={() => setOpen(false)} />}
      </div>
    </Panel>
  );
}

function useColumns(buyer: boolean): Column<LicenceApplicationView>[] {
  const { t } = useTranslation();
  const text = useText();
  return [
    {
      key: 'at',
      title: t('licence.quota.at'),
      render: ({ createdAt, deviceFingerprint }) => (
        <>
          <Instant at={createdAt} />
          {deviceFingerprint !== null && (
            <div className="soft" style={{ overflowWrap: 'anywhere' }}>
              {t('licence.quota.fingerprint')} <span className="mono">{deviceFingerprint}</span>
            </div>
          )}
        </>
      ),
    },
    {
      key: 'state',
      title: t('licence.status'),
      render: ({ state, refusal }) => (
        <>
          <ApplicationState state={state} />
          {refusal !== null && (
            <div className="soft">
              {t('licence.quota.refused', { meaning: text(refusal.meaning), code: refusal.code })}
            </div>
          )}
        </>
      ),
    },
    {
      key: 'validity',
      title: t('licence.quota.validity'),
      render: ({ effectiveAt, expireAt }) => (
        <>
          <Instant at={effectiveAt} /> – {expireAt === null ? t('licence.perpetual') : <Instant at={expireAt} />}
        </>
      ),
    },
    {
      key: 'licence',
      title: t('licence.quota.licence'),
      render: (application) =>
        application.licence !== null && buyer ? <GrantedLicence application={application} /> : '—',
    },
  ];
}
