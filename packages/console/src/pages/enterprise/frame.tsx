import type { EnterpriseView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Alert } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { enterpriseQuery } from '../../api/enterprise.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { may } from '../../shell/areas.ts';

interface FrameProps {
  readonly tools?: (enterprise: EnterpriseView) => ReactNode;
  readonly children: (enterprise: EnterpriseView) => ReactNode;
}

/** A page of one enterprise: its name, the way to its other pages, and who keeps it. */
export function EnterpriseFrame({ tools, children }: FrameProps) {
  const { t } = useTranslation();
  const { enterpriseId = '' } = useParams({ strict: false });
  return (
    <Loaded query={useQuery(enterpriseQuery(enterpriseId))} title={t('people.enterprises.title')}>
      {(enterprise) => (
        <Page title={enterprise.name} tools={tools?.(enterprise)}>
          <Tabs enterpriseId={enterpriseId} />
          {enterprise.source === 'SCIM' && <Alert type="info" showIcon title={t('people.source.SCIM')} />}
          {children(enterprise)}
        </Page>
      )}
    </Loaded>
  );
}

const TABS = [
  { to: '/enterprise/$enterpriseId', label: 'people', needs: 'people.manage' },
  { to: '/enterprise/$enterpriseId/groups', label: 'groups', needs: 'people.group' },
  { to: '/enterprise/$enterpriseId/invitations', label: 'invitations', needs: 'people.manage' },
  { to: '/enterprise/$enterpriseId/imports', label: 'imports', needs: 'people.import' },
  { to: '/enterprise/$enterpriseId/applications', label: 'applications', needs: 'enterprise.view' },
  { to: '/enterprise/$enterpriseId/log', label: 'log', needs: 'enterprise.view' },
  { to: '/enterprise/$enterpriseId/administrators', label: 'administrators', needs: 'enterprise.view' },
] as const;

function Tabs({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  return (
    <nav aria-label={t('people.tab.label')} className="row">
      {TABS.filter(({ needs }) => may(session, needs)).map(({ to, label }) => (
        <Link
          key={label}
          to={to}
          params={{ enterpriseId }}
          activeOptions={{ exact: true, includeSearch: false }}
          activeProps={{ style: { fontWeight: 600, textDecoration: 'underline' } }}
          data-testid={`to-${label}`}
        >
          {t(`people.tab.${label}`)}
        </Link>
      ))}
    </nav>
  );
}
