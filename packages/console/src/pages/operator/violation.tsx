import type { SubscriptionView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { cureService, freezeService, serviceQuery, type ViolationFound } from '../../api/lives.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useBase } from '../../components/links.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';

const freezable: readonly string[] = ['TRIAL', 'ACTIVE', 'GRACE', 'FROZEN'];

/** The operator freezes a service for a violation, with reason and evidence; later takes the violation back (O-14). */
export function Violation({ subscription }: { subscription: SubscriptionView }) {
  const { t } = useTranslation();
  const text = useText();
  const operator = useBase() === 'operator';
  const allowed = may(useQuery(sessionQuery).data, 'instance.freeze');
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState<Shown>(NOTHING);
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
          setShown(NOTHING);
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
          onConfirm={(reason) => act.mutate({ reason, ...evidenceOf(shown) })}
          more={cures ? null : <Evidence shown={shown} onChange={setShown} />}
          blocked={!cures && shown.evidence.trim() === ''}
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

/** As it is typed: one reference a line. */
interface Shown {
  readonly evidence: string;
  readonly references: string;
}
const NOTHING: Shown = { evidence: '', references: '' };
const mostReferences = 10;
const evidenceOf = ({ evidence, references }: Shown): Omit<ViolationFound, 'reason'> => ({
  evidence: evidence.trim(),
  references: references
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .slice(0, mostReferences),
});

function Evidence({ shown, onChange }: { shown: Shown; onChange: (shown: Shown) => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <>
      <div className="filter">
        <label htmlFor={`${id}-evidence`}>{t('violation.evidence')}</label>
        <Input.TextArea
          id={`${id}-evidence`}
          value={shown.evidence}
          onChange={(event) => onChange({ ...shown, evidence: event.target.value })}
          maxLength={2000}
          autoSize={{ minRows: 2, maxRows: 8 }}
          aria-describedby={`${id}-rule`}
          data-testid="evidence"
        />
        <span id={`${id}-rule`} className="soft">
          {t('violation.evidenceRule')}
        </span>
      </div>
      <div className="filter">
        <label htmlFor={`${id}-references`}>{t('violation.references')}</label>
        <Input.TextArea
          id={`${id}-references`}
          value={shown.references}
          onChange={(event) => onChange({ ...shown, references: event.target.value })}
          autoSize={{ minRows: 1, maxRows: 6 }}
          aria-describedby={`${id}-references-rule`}
          data-testid="references"
        />
        <span id={`${id}-references-rule`} className="soft">
          {t('violation.referencesRule')}
        </span>
      </div>
    </>
  );
}

function useAct({ instance, violation }: SubscriptionView, onDone: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const cures = violation !== null;
  return useMutation({
    mutationFn: (found: ViolationFound) =>
      cures ? cureService(instance.resourceId, found.reason) : freezeService(instance.resourceId, found),
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
