import type { SellerCallView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closeCall, stopCall } from '../../api/lives.ts';
import { callQuery, sessionQuery } from '../../api/queries.ts';
import { Actor } from '../../components/actor.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';
import { doneBlockedBy, lossOf } from './by-hand-rules.ts';
import { RestartCall } from './restart.tsx';

/** What a person can do about a call that has not succeeded: restart it, stop its repeats, say that it was done by hand. */
export function CallActions({ call }: { call: SellerCallView }) {
  if (call.state === 'SUCCEEDED') return null;
  return (
    <span className="row">
      <RestartCall call={call} />
      <ByHand call={call} what="stop" />
      <ByHand call={call} what="done" />
    </span>
  );
}

const acts = { stop: stopCall, done: closeCall };

function ByHand({ call, what }: { call: SellerCallView; what: 'stop' | 'done' }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const whyId = useId();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const act = useMutation({
    mutationFn: (reason: string) => acts[what](call.callId, reason),
    onSuccess: (ended) => {
      queryClient.setQueryData(callQuery(call.callId).queryKey, (known) => known && { ...known, call: ended });
      void message.success(t(`byHand.${what}.done`));
      setOpen(false);
    },
    onSettled: () => {
      for (const key of [['calls'], ['call', call.callId], ['service'], ['order']])
        void queryClient.invalidateQueries({ queryKey: key });
    },
  });
  const why = useWhyNot(call, what);
  // a call that is over has nothing to stop: no button, no explanation
  if (what === 'stop' && call.state !== 'DUE') return null;
  return (
    <span className="row">
      <Button
        disabled={why !== null}
        aria-describedby={why === null ? undefined : whyId}
        onClick={() => {
          act.reset();
          setOpen(true);
        }}
        data-testid={`call-${what}`}
      >
        {t(`byHand.${what}.button`)}
      </Button>
      {/* Restart stands beside it and says the same */}
      {why !== null && why !== 'as-restart' && (
        <span id={whyId} className="soft" data-testid="why-not">
          {why}
        </span>
      )}
      {open && (
        <ReasonDialog
          title={t(`byHand.${what}.title`)}
          confirm={t(`byHand.${what}.confirm`)}
          danger={what === 'stop'}
          onClose={() => setOpen(false)}
          onConfirm={(reason) => act.mutate(reason)}
          busy={act.isPending}
          error={act.error}
        >
          {t(what === 'stop' ? `byHand.stop.${lossOf(call)}` : 'byHand.done.help')}
        </ReasonDialog>
      )}
    </span>
  );
}

function useWhyNot(call: SellerCallView, what: 'stop' | 'done'): string | null {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'call.close');
  const blocked = what === 'done' ? doneBlockedBy(call) : null;
  if (blocked !== null) return blocked === 'as-restart' ? blocked : t('byHand.done.needsAnswer');
  return allowed ? null : t('byHand.role');
}

/** Who ended the call, and why. */
export function ClosedBy({ closed }: { closed: NonNullable<SellerCallView['closed']> }) {
  const text = useText();
  return (
    <>
      <Actor name={closed.by} />
      {text({ zh: '：', en: ': ' })}
      <span className="prose">{closed.reason}</span>
    </>
  );
}
