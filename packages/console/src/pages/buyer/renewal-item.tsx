import type { RenewalItemInput, SubscriptionView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { changeCheckQuery } from '../../api/subscriptions.ts';
import { useDebounced } from '../../components/debounced.ts';
import { ServiceLink } from '../../components/links.tsx';
import { InstanceState } from '../../components/state.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { type Duration, DurationField } from './duration.tsx';
import { useEntitlement } from './entitlement.ts';
import { Reason } from './reason.tsx';
import { SellerCheck } from './seller-check.tsx';
import { presentTarget, type Target, targetFault } from './target.ts';
import { TargetFields } from './target-fields.tsx';
import { whyNot } from './why-not.ts';

/** Long enough to finish a number before the seller is asked about it. */
const askDelayMs = 800;

/** What was chosen for one service of a renewal. */
export interface Choice {
  readonly duration: Duration;
  /** null = renewed as it is */
  readonly target: Target | null;
  /** what keeps this service from being ordered: its target, or the seller's answer about it */
  readonly fault: 'same' | 'quantity' | 'check' | 'refused' | null;
}

interface RenewalItemProps {
  readonly subscription: SubscriptionView;
  readonly choice: Choice | null;
  readonly onChange: (choice: Choice) => void;
  readonly onRemove: (() => void) | null;
}

/** One service of a renewal: its present end, how long, and whether it changes with it. */
export function RenewalItem({ subscription, choice, onChange, onRemove }: RenewalItemProps) {
  const { t } = useTranslation();
  const text = useText();
  const { instance } = subscription;
  const name = text(instance.productName);
  const reason = whyNot('renew', subscription, useEntitlement()('renew'));
  return (
    <div className="renewal-item" data-testid="renewal-item" data-row={instance.resourceId}>
      <div className="between">
        <span className="row">
          <strong>
            <ServiceLink id={instance.resourceId}>{name}</ServiceLink>
          </strong>
          <span className="soft">{text(instance.specificationName)}</span>
          <InstanceState state={instance.state} />
        </span>
        {onRemove !== null && (
          <Button
            size="small"
            onClick={onRemove}
            aria-label={t('renewal.removeOf', { name })}
            data-testid="remove-item"
          >
            {t('renewal.remove')}
          </Button>
        )}
      </div>
      {reason !== null || choice === null ? (
        <p data-testid="why-not">
          {t('renewal.notAllowed')} {reason !== null && <Reason reason={reason} subscription={subscription} />}
        </p>
      ) : (
        <>
          <div className="between">
            <span className="soft">
              {t('renewal.now')} {instance.expireAt === null ? '—' : <Instant at={instance.expireAt} />}
            </span>
            <span className="row">
              <span aria-hidden="true">{t('renewal.for')}</span>
              <DurationField
                prices={subscription.renewalPrices}
                value={choice.duration}
                label={t('renewal.forOf', { name })}
                unitLabel={t('renewal.unitOf', { name })}
                onChange={(duration) => onChange({ ...choice, duration })}
              />
            </span>
          </div>
          <WithChange subscription={subscription} choice={choice} onChange={onChange} />
        </>
      )}
    </div>
  );
}

interface WithChangeProps {
  readonly subscription: SubscriptionView;
  readonly choice: Choice;
  readonly onChange: (choice: Choice) => void;
}

/** Renewal with change (B-64, B-70b): only what the seller confirms live can be ordered. */
function WithChange({ subscription, choice, onChange }: WithChangeProps) {
  const { t } = useTranslation();
  const reason = whyNot('renewWithChange', subscription, useEntitlement()('renewWithChange'));
  const start = presentTarget(subscription);
  const begin = (wanted: boolean): void =>
    onChange(
      wanted && start !== null
        ? { ...choice, target: start, fault: targetFault(subscription, start) }
        : { ...choice, target: null, fault: null },
    );
  return (
    <div className="stack stack--tight">
      <Checkbox
        checked={choice.target !== null}
        disabled={reason !== null}
        onChange={(event) => begin(event.target.checked)}
        data-testid="with-change"
      >
        {t('renewal.withChange')}
        {reason !== null && (
          <span className="soft" data-testid="why-not">
            {' – '}
            <Reason reason={reason} subscription={subscription} />
          </span>
        )}
      </Checkbox>
      {choice.target !== null && (
        <div className="nested stack stack--tight">
          <TargetFields
            subscription={subscription}
            target={choice.target}
            onChange={(target) => onChange({ ...choice, target, fault: targetFault(subscription, target) ?? 'check' })}
          />
          <Checked subscription={subscription} choice={choice} target={choice.target} onChange={onChange} />
        </div>
      )}
    </div>
  );
}

/** Asks the seller once the target stands still, and passes the answer on to the form. */
function Checked({ subscription, choice, target, onChange }: WithChangeProps & { readonly target: Target }) {
  const { t } = useTranslation();
  const settled = useDebounced(target, askDelayMs);
  const local = targetFault(subscription, target);
  const query = useMemo(() => ({ skuCode: settled.skuCode, quantity: settled.quantity }), [settled]);
  const asked = settled === target && local === null;
  const check = useQuery({ ...changeCheckQuery(subscription.instance.resourceId, query), enabled: asked });
  const answer =
    !asked || check.isFetching || check.data === undefined ? 'check' : check.data.allowed ? null : 'refused';
  const fault = local ?? answer;
  useEffect(() => {
    if (choice.fault !== fault) onChange({ ...choice, fault });
  }, [choice, fault, onChange]);
  if (local !== null) return <p className="soft">{t(`renewal.why.${local}`)}</p>;
  return <SellerCheck check={{ ...check, isFetching: check.isFetching || !asked }} />;
}

/** The choice as the API takes it. */
export function toItem(resourceId: string, { duration, target }: Choice, unifyDay: number | null): RenewalItemInput {
  return { resourceId, ...duration, unifyDay, target };
}
