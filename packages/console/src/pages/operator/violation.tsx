import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cureService, freezeService, serviceQuery } from '../../api/lives.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useBase } from '../../components/links.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';

const freezable: readonly string[] = ['TRIAL', 'ACTIVE', 'GRACE', 'FROZEN'];

/** The operator freezes a service for a violation, with the reason; later takes the violation back (O-14). */
export function Violation({ subscription }: { subscription: SubscriptionView }) {
  const { t } = useTranslation();
  const text = useText();
  const operator = useBase() === 'operator';
  const allowed = may(useQuery(sessionQuery).data, 'instance.freeze');
  const [open, setOpen] = useState(false);
  const { instance, violation } = subscription;
  const act = useAct(subscription, () => setOpen(false));
  if (!operator) return null;
  const cures = violation !== null;
  // what is over or gone has nothing to freeze, and the sentence beside it says so
  const why = !allowed
    ? t('violation.role')
    : cures
      ? null
      : instance.chargingMode === 'ONE_TIME'
        ? t('violation.oneTime')
        : freezable.includes(instance.state)
          ? null
          : t('violation.state');
  return (
    <span className="row">
      <Button
        danger={!cures}
        disabled={why !== null}
        aria-describedby={why === null ? undefined : 'why-not-freeze'}
        onClick={() => {
          act.reset();
          setOpen(true);
        }}
        data-testid={cures ? 'cure' : 'violation-freeze'}
      >
        {t(cures ? 'violation.cure' : 'violation.freeze')}
      </Button>
      {why !== null && (
        <span id="why-not-freeze" className="soft" data-testid="why-not">
          {why}
        </span>
      )}
      {open && (
        <ReasonDialog
          title={t(cures ? 'violation.cureTitle' : 'violation.freezeTitle')}
          confirm={t(cures ? 'violation.cure' : 'violation.freeze')}
          danger={!cures}
          onClose={() => setOpen(false)}
          onConfirm={(reason) => act.mutate(reason)}
          busy={act.isPending}
          error={act.error}
        >
          {cures
            ? t('violation.cureHelp')
            : t('violation.freezeHelp', { name: text(instance.productName), buyer: instance.buyerName })}
        </ReasonDialog>
      )}
    </span>
  );
}

function useAct({ instance, violation }: SubscriptionView, onDone: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const cures = violation !== null;
  return useMutation({
    mutationFn: (reason: string) => (cures ? cureService : freezeService)(instance.resourceId, reason),
    onSuccess: (changed) => {
      queryClient.setQueryData(serviceQuery(instance.resourceId).queryKey, changed);
      void message.success(t(cures ? 'violation.cured' : 'violation.frozen'));
      onDone();
    },
    onSettled: () => {
      for (const key of ['service', 'services', 'calls']) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
}
