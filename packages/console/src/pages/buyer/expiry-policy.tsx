import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { setExpiryPolicy, subscriptionQuery } from '../../api/subscriptions.ts';
import { useNow } from '../../components/clock.ts';
import { Failure } from '../../components/feedback.tsx';
import { formatInstant } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { expiryPolicies } from '../../search/subscription-params.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { useEntitlement } from './entitlement.ts';
import { firstAttemptAt, usualDays } from './first-attempt.ts';
import { type Policy, policyOf } from './policy-of.ts';
import { Reason } from './reason.tsx';
import { whyNot } from './why-not.ts';

interface DialogProps {
  readonly subscription: SubscriptionView;
  readonly open: boolean;
  readonly onClose: () => void;
}

/** Manual, automatic or no renewal (B-62), each with what will happen and when. */
export function PolicyDialog({ subscription, open, onClose }: DialogProps) {
  const { t } = useTranslation();
  const text = useText();
  const [choice, setChoice] = useState<Policy>(policyOf(subscription));
  const save = usePolicyChange(subscription, onClose);
  const reasonId = useId();
  const unchanged = choice === policyOf(subscription);
  const close = (): void => {
    save.reset();
    setChoice(policyOf(subscription));
    onClose();
  };
  return (
    <Modal
      title={t('policy.titleFor', { name: text(subscription.instance.productName) })}
      open={open}
      onCancel={close}
      onOk={() => save.mutate(choice)}
      okText={t('policy.save')}
      confirmLoading={save.isPending}
      okButtonProps={{
        disabled: unchanged,
        'data-testid': 'policy-save',
        'aria-describedby': unchanged ? reasonId : undefined,
      }}
    >
      <div className="stack">
        {save.error !== null && <Failure error={save.error} />}
        <Choices subscription={subscription} choice={choice} onChoose={setChoice} />
        {unchanged && (
          <p id={reasonId} className="soft">
            {t('policy.unchanged')}
          </p>
        )}
      </div>
    </Modal>
  );
}

interface ChoicesProps {
  readonly subscription: SubscriptionView;
  readonly choice: Policy;
  readonly onChoose: (policy: Policy) => void;
}

function Choices({ subscription, choice, onChoose }: ChoicesProps) {
  const { t } = useTranslation();
  const reason = whyNot('autoRenew', subscription, useEntitlement()('autoRenew'));
  return (
    <Radio.Group
      value={choice}
      onChange={(event) => {
        const chosen = expiryPolicies.find((one) => one === event.target.value);
        if (chosen !== undefined) onChoose(chosen);
      }}
      className="choices"
    >
      {expiryPolicies.map((policy) => {
        const blocked = policy === 'AUTO' && reason !== null;
        return (
          <Radio key={policy} value={policy} disabled={blocked} data-testid={`policy-${policy}`}>
            <strong>{t(`policy.word.${policy}`)}</strong>
            <br />
            {blocked ? (
              <span data-testid="why-not">
                <Reason reason={reason} subscription={subscription} />
              </span>
            ) : (
              <>
                {t(`policy.${policy}`, { days: subscription.renewDays ?? usualDays })}{' '}
                <Moments subscription={subscription} policy={policy} />
              </>
            )}
          </Radio>
        );
      })}
    </Radio.Group>
  );
}

/** The moments of this very service. */
function Moments({ subscription, policy }: { subscription: SubscriptionView; policy: Policy }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const now = useNow();
  const { instance, autoRenewAt, freezeAt, releaseAt, renewDays } = subscription;
  const time = (instant: string): string => formatInstant(instant, language);
  if (policy === 'AUTO' && instance.expireAt !== null)
    return t('policy.firstAt', {
      at: time(autoRenewAt ?? firstAttemptAt(instance.expireAt, now, renewDays ?? undefined)),
    });
  if (policy === 'NONE' && freezeAt !== null && releaseAt !== null)
    return t('policy.loses', { freeze: time(freezeAt), release: time(releaseAt) });
  return null;
}

function usePolicyChange({ instance }: SubscriptionView, onDone: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (policy: Policy) => setExpiryPolicy(instance.resourceId, policy),
    onSuccess: (changed) => {
      queryClient.setQueryData(subscriptionQuery(instance.resourceId).queryKey, changed);
      void queryClient.invalidateQueries({ queryKey: ['instances'] });
      void queryClient.invalidateQueries({ queryKey: ['instance', instance.resourceId, 'timeline'] });
      void message.success(t('policy.saved', { policy: t(`policy.word.${policyOf(changed)}`) }));
      onDone();
    },
    onError: () => void queryClient.invalidateQueries({ queryKey: ['subscription', instance.resourceId] }),
  });
}

/** The policy in force as a word that opens the dialog. */
export function PolicyButton({ subscription }: { subscription: SubscriptionView }) {
  const { t } = useTranslation();
  const text = useText();
  const [open, setOpen] = useState(false);
  const entitled = useEntitlement()('autoRenew');
  const word = t(`policy.word.${policyOf(subscription)}`);
  if (!isPolicyOpen(subscription) || !entitled)
    return <span className={hasEnd(subscription) ? '' : 'soft'}>{hasEnd(subscription) ? word : '—'}</span>;
  return (
    <>
      <Button
        size="small"
        onClick={() => setOpen(true)}
        aria-label={`${t('policy.change')}: ${text(subscription.instance.productName)}, ${word}`}
        data-testid="policy-open"
      >
        {word}
      </Button>
      <PolicyDialog subscription={subscription} open={open} onClose={() => setOpen(false)} />
    </>
  );
}

/** True while the policy of a service means something: it has an end, is no trial and is not over. */
export function isPolicyOpen(subscription: SubscriptionView): boolean {
  const running = ['ACTIVE', 'CHANGING', 'GRACE', 'FROZEN'].includes(subscription.instance.state);
  return running && hasEnd(subscription);
}

function hasEnd({ instance, trial }: SubscriptionView): boolean {
  return instance.chargingMode === 'PERIOD' && !trial && instance.expireAt !== null;
}
