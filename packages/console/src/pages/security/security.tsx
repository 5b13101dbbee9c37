import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { securityQuery } from '../../api/security.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { parseSecuritySearch } from '../../search/security-params.ts';
import { faultOf } from './fault.ts';
import { IdentityPanel } from './identity.tsx';
import { SecondFactorPanel } from './second-factor.tsx';
import { SessionsPanel } from './sessions.tsx';

/** What protects one's own account. Where a second factor has to be set up this is the only page there is. */
export function SecurityPage() {
  const { t } = useTranslation();
  const { fault } = parseSecuritySearch(useSearch({ strict: false }));
  const state = useQuery(securityQuery);
  return (
    <Page title={t('security.title')}>
      {fault !== undefined && <Failure error={faultOf(fault)} />}
      <Loaded query={state}>
        {({ secondFactor, sessions, identityProvider }) => (
          <>
            <SecondFactorPanel factor={secondFactor} />
            <SessionsPanel sessions={sessions} />
            {identityProvider !== null && <IdentityPanel provider={identityProvider} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}
