import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.tsx';
import { ActionButton } from './action-link.tsx';
import { useEntitlement } from './entitlement.ts';
import { isPolicyOpen, PolicyDialog } from './expiry-policy.tsx';
import { policyOf } from './policy-of.ts';
import { Reason } from './reason.tsx';
import { type LifeAction, shownActions, whyNot } from './why-not.ts';

/** Everything a buyer can do with the service: what each action does, or the rule that says no. */
export function ServiceActions({ subscription }: { subscription: SubscriptionView }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('act.title')}>
      <ul className="actions" data-testid="service-actions">
        {shownActions(subscription).map((action) => (
          <li key={action}>
            <ServiceAction action={action} subscription={subscription} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function ServiceAction({ action, subscription }: { action: LifeAction; subscription: SubscriptionView }) {
  const { t } = useTranslation();
  const reasonId = useId();
  const entitled = useEntitlement()(action);
  const [policyOpen, setPolicyOpen] = useState(false);
  // the policy can always be set to manual or none; only its automatic choice may be closed
  const open = action === 'autoRenew' && entitled && isPolicyOpen(subscription);
  const reason = open ? null : whyNot(action, subscription, entitled);
  const name = t(`act.${action}`);
  if (reason !== null)
    return (
      <>
        <Button disabled aria-describedby={reasonId} data-testid={`act-${action}`}>
          {name}
        </Button>
        <span id={reasonId} className="soft" data-testid="why-not">
          <Reason reason={reason} subscription={subscription} />
        </span>
      </>
    );
  if (action === 'autoRenew')
    return (
      <>
        <Button onClick={() => setPolicyOpen(true)} data-testid="act-autoRenew">
          {name}
        </Button>
        <span>
          <strong>{t(`policy.word.${policyOf(subscription)}`)}</strong> ·{' '}
          <span className="soft">{t('act.help.autoRenew')}</span>
        </span>
        {policyOpen && <PolicyDialog subscription={subscription} open onClose={() => setPolicyOpen(false)} />}
      </>
    );
  return (
    <>
      <ActionButton action={action} resourceId={subscription.instance.resourceId}>
        {name}
      </ActionButton>
      <span className="soft">{t(`act.help.${action}`)}</span>
    </>
  );
}
