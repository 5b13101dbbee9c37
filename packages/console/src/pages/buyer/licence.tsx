import type { ServiceLicenceView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { serviceLicenceQuery } from '../../api/licences.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Failure } from '../../components/feedback.tsx';
import { may } from '../../shell/areas.ts';
import { LicenceCode } from './licence-code.tsx';
import { LicenceQuota } from './licence-quota.tsx';

/** A seller makes a licence within moments, its software activates a code at any time. */
const pollMs = 5_000;

/** The authorisation code of a License service, or its quota of licences; other services have neither. */
export function LicenceOfService({ resourceId }: { resourceId: string }) {
  const session = useQuery(sessionQuery).data;
  const found = useQuery({
    ...serviceLicenceQuery(resourceId),
    enabled: may(session, 'delivery.view'),
    refetchInterval: (query) => (isMoving(query.state.data) ? pollMs : false),
  });
  if (found.error !== null) return <Failure error={found.error} />;
  const { code = null, quota = null } = found.data ?? {};
  return (
    <>
      {code !== null && <LicenceCode resourceId={resourceId} code={code} />}
      {quota !== null && <LicenceQuota resourceId={resourceId} quota={quota} />}
    </>
  );
}

const isMoving = (data: ServiceLicenceView | undefined): boolean =>
  data?.code?.state === 'RECEIVED' || (data?.quota?.applications.some(({ state }) => state === 'REQUESTED') ?? false);
