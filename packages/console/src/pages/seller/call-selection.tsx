import type { RestartManyView, SellerCallView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { restartMany } from '../../api/lives.ts';
import { problemOf } from '../../api/problem.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useProblemText } from '../../components/problem-text.ts';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';

/** Calls that Restart takes: the same rule as of one alone. */
export const isRestartable = (call: SellerCallView): boolean => call.restartBlockedBy === null;

interface SelectionProps {
  readonly calls: readonly SellerCallView[];
  readonly chosen: readonly SellerCallView[];
  readonly onChoose: (ids: readonly string[]) => void;
}

/** The bar under the list: choose all that can be restarted, restart them, hear which were refused and why. */
export function CallSelection({ calls, chosen, onChoose }: SelectionProps) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'call.restart');
  const restart = useRestartMany(calls, () => onChoose([]));
  const { modal } = App.useApp();
  const open = calls.filter(isRestartable);
  if (!allowed || open.length === 0) return null;
  const ask = (): void =>
    void modal.confirm({
      title: t('bulk.title', { chosen: chosen.length }),
      content: t('restart.help'),
      okText: t('restart.confirm'),
      okButtonProps: { 'data-testid': 'restart-confirm' },
      onOk: () => restart.mutateAsync(chosen.map((call) => call.callId)).catch(() => undefined),
    });
  return (
    <div className="panel between bar" data-testid="call-selection">
      <span className="row">
        <Button onClick={() => onChoose(open.map((call) => call.callId))} data-testid="choose-all">
          {t('bulk.chooseAll', { open: open.length })}
        </Button>
        {chosen.length > 0 && <Button onClick={() => onChoose([])}>{t('bulk.clear')}</Button>}
        <span aria-live="polite">{t('bulk.chosen', { chosen: chosen.length })}</span>
      </span>
      <span className="row">
        {chosen.length === 0 && (
          <span id="why-not-restart" className="soft" data-testid="why-not">
            {t('bulk.nothing')}
          </span>
        )}
        <Button
          type="primary"
          disabled={chosen.length === 0}
          aria-describedby={chosen.length === 0 ? 'why-not-restart' : undefined}
          loading={restart.isPending}
          onClick={ask}
          data-testid="restart-chosen"
        >
          {t('restart.button')}
        </Button>
      </span>
    </div>
  );
}

function useRestartMany(calls: readonly SellerCallView[], onDone: () => void) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: restartMany,
    onSuccess: (result) => {
      onDone();
      if (result.refused.length === 0) {
        void message.success(t('bulk.done', { done: result.restarted.length }));
        return;
      }
      modal.warning({
        title: t('bulk.partly', { done: result.restarted.length, refused: result.refused.length }),
        content: <Refused refused={result.refused} calls={calls} />,
        width: 560,
      });
    },
    onError: (error) => void message.error(problemText(problemOf(error)).title),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ['calls'] });
      void queryClient.invalidateQueries({ queryKey: ['call'] });
    },
  });
}

function Refused({ refused, calls }: { refused: RestartManyView['refused']; calls: readonly SellerCallView[] }) {
  const text = useText();
  return (
    <ul data-testid="refused">
      {refused.map(({ callId, message }) => {
        const call = calls.find((one) => one.callId === callId);
        return (
          <li key={callId}>
            {call === undefined ? (
              <span className="mono">{callId}</span>
            ) : (
              <>
                <span className="mono">{call.activity}</span> · {text(call.productName)} ·{' '}
                <span className="mono">{call.orderId}</span>
              </>
            )}
            <div className="soft">{text(message)}</div>
          </li>
        );
      })}
    </ul>
  );
}
