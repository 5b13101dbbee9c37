import { DownOutlined } from '@ant-design/icons';
import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../../i18n/text.ts';
import { ActionLink } from './action-link.tsx';
import { useEntitlement } from './entitlement.ts';
import { isPolicyOpen, PolicyDialog } from './expiry-policy.tsx';
import { useReasonText } from './reason.tsx';
import { type LifeAction, shownActions, whyNot } from './why-not.ts';

/** The row's first action as a link, the others in a menu; one that is not offered says why (B-47). */
export function RowActions({ subscription }: { subscription: SubscriptionView }) {
  const { t } = useTranslation();
  const text = useText();
  const reasonText = useReasonText();
  const entitled = useEntitlement();
  const [policyOpen, setPolicyOpen] = useState(false);
  const { resourceId, productName } = subscription.instance;
  const reasonFor = (action: LifeAction) => whyNot(action, subscription, entitled(action));
  const shown = shownActions(subscription).filter((action) => action !== 'renewWithChange');
  const first = shown.find((action) => (action === 'renew' || action === 'convert') && reasonFor(action) === null);
  const items = shown
    .filter((action) => action !== first)
    .map((action) => {
      const reason =
        action === 'autoRenew' && isPolicyOpen(subscription) && entitled(action) ? null : reasonFor(action);
      if (reason !== null)
        return {
          key: action,
          disabled: true,
          label: (
            <span data-testid={`no-${action}`}>
              {t(`act.${action}`)}
              <span className="menu-reason">{reasonText(reason)}</span>
            </span>
          ),
        };
      if (action === 'autoRenew') return { key: action, label: t('act.autoRenew'), onClick: () => setPolicyOpen(true) };
      return {
        key: action,
        label: (
          <ActionLink action={action} resourceId={resourceId}>
            {t(`act.${action}`)}
          </ActionLink>
        ),
      };
    });
  return (
    <span className="row">
      {first !== undefined && first !== 'autoRenew' && (
        <ActionLink action={first} resourceId={resourceId}>
          {t(`act.${first}`)}
        </ActionLink>
      )}
      <Dropdown trigger={['click']} menu={{ items }}>
        <Button
          type="text"
          size="small"
          icon={<DownOutlined />}
          iconPlacement="end"
          aria-label={t('act.moreFor', { name: text(productName) })}
          data-testid="row-more"
        >
          {t('act.more')}
        </Button>
      </Dropdown>
      {policyOpen && <PolicyDialog subscription={subscription} open onClose={() => setPolicyOpen(false)} />}
    </span>
  );
}
