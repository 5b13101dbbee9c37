import type { SpecificationView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { useText } from '../../i18n/text.ts';
import type { TrialSearch } from '../../search/subscription-params.ts';
import { may } from '../../shell/areas.ts';

export type TrialOffer = NonNullable<SpecificationView['trial']>;

interface TrialButtonProps {
  readonly specification: SpecificationView;
  readonly wanted: TrialSearch;
}

/** "14 days free" beside buying, or why this buyer cannot try it (B-50, B-51). Nothing where there is no trial. */
export function TrialButton({ specification, wanted }: TrialButtonProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const whyId = useId();
  const session = useQuery(sessionQuery).data;
  const reasonOf = useTrialReason();
  const offer = specification.trial;
  if (offer === null) return null;
  const reason =
    session != null && !may(session, 'order.create') ? t('product.why.role') : reasonOf(offer, session != null);
  return (
    <div className="stack stack--tight">
      <Button
        size="large"
        block
        disabled={reason !== null}
        aria-describedby={whyId}
        onClick={() => void navigate({ to: '/trial', search: wanted })}
        data-testid="start-trial"
      >
        {t('trial.start', { days: offer.days })}
      </Button>
      <p id={whyId} className="soft" data-testid={reason === null ? undefined : 'why-not'}>
        {reason ?? t('trial.help')}
      </p>
    </div>
  );
}

/** The rule in the reader's language; a visitor is first asked to sign in, which is no refusal. */
export function useTrialReason(): (offer: TrialOffer, signedIn: boolean) => string | null {
  const { t } = useTranslation();
  const text = useText();
  return ({ blockedBy }, signedIn) => {
    if (blockedBy === null || (blockedBy.code === 'UNAUTHENTICATED' && !signedIn)) return null;
    if (blockedBy.code === 'TRIAL_USED') return t('trial.used');
    if (blockedBy.code === 'NOT_TARGET_CUSTOMER') return t('trial.notListed');
    return text(blockedBy.message) || t('trial.blocked');
  };
}
