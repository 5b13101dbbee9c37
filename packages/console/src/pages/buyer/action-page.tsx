import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { subscriptionQuery } from '../../api/subscriptions.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { InstanceState } from '../../components/state.tsx';
import { useText } from '../../i18n/text.ts';
import { useEntitlement } from './entitlement.ts';
import { Reason } from './reason.tsx';
import { type LifeAction, whyNot } from './why-not.ts';

interface ActionPageProps {
  readonly title: string;
  readonly action: LifeAction;
  readonly resourceId: string;
  readonly children: (subscription: SubscriptionView) => ReactNode;
}

/** A page that does one thing to one service; when that is not possible now it says the rule instead of the form. */
export function ActionPage({ title, action, resourceId, children }: ActionPageProps) {
  const { t } = useTranslation();
  const entitled = useEntitlement()(action);
  const subscription = useQuery(subscriptionQuery(resourceId));
  return (
    <Page
      title={title}
      tools={
        <Link to="/services/$resourceId" params={{ resourceId }}>
          {t('service.title')}
        </Link>
      }
    >
      <Loaded query={subscription}>
        {(found) => {
          const reason = whyNot(action, found, entitled);
          return reason === null ? (
            children(found)
          ) : (
            <div className="panel empty" data-testid="why-not">
              <p>
                <Reason reason={reason} subscription={found} />
              </p>
              <Link to="/services/$resourceId" params={{ resourceId }}>
                {t('service.title')}
              </Link>
            </div>
          );
        }}
      </Loaded>
    </Page>
  );
}

interface ServiceFactsProps {
  readonly subscription: SubscriptionView;
  readonly children?: ReactNode;
}

/** Which service this is about. */
export function ServiceFacts({ subscription: { instance }, children }: ServiceFactsProps) {
  const { t } = useTranslation();
  const text = useText();
  const { linearAttribute } = instance;
  return (
    <dl className="facts" style={{ marginBottom: 12, alignItems: 'center' }}>
      <Pair term={t('order.product')} value={text(instance.productName)} />
      <Pair term={t('product.specification')} value={text(instance.specificationName)} />
      {linearAttribute !== null && (
        <Pair term={text(linearAttribute.name)} value={`${instance.quantity} ${text(linearAttribute.unit)}`} />
      )}
      <Pair term={t('order.state')} value={<InstanceState state={instance.state} />} />
      {children}
    </dl>
  );
}
