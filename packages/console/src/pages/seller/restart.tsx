import { ReloadOutlined } from '@ant-design/icons';
import type { SellerCallView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { restartCall } from '../../api/endpoints.ts';
import { problemOf } from '../../api/problem.ts';
import { callQuery, sessionQuery } from '../../api/queries.ts';
import { useProblemText } from '../../components/problem-text.ts';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';

/** Restart (S-28, S-29): asks once, says why it is not offered, counts as a manual attempt. */
export function RestartCall({ call }: { call: SellerCallView }) {
  const { t } = useTranslation();
  const text = useText();
  const reasonId = useId();
  const { modal, message } = App.useApp();
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  const allowed = may(useQuery(sessionQuery).data, 'call.restart');
  const restart = useMutation({
    mutationFn: () => restartCall(call.callId),
    onSuccess: (restarted) => {
      queryClient.setQueryData(callQuery(call.callId).queryKey, (known) => known && { ...known, call: restarted });
      void message.success(t('restart.done'));
    },
    onError: (error) => void message.error(problemText(problemOf(error)).title),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ['calls'] });
      void queryClient.invalidateQueries({ queryKey: ['call', call.callId] });
    },
  });
  const reason =
    call.restartBlockedBy !== null ? text(call.restartBlockedBy.message) : allowed ? null : t('restart.role');
  const ask = (): void =>
    void modal.confirm({
      title: t('restart.title'),
      content: t('restart.help'),
      okText: t('restart.confirm'),
      okButtonProps: { 'data-testid': 'restart-confirm' },
      onOk: () => restart.mutateAsync().catch(() => undefined),
    });
  return (
    <span className="row">
      <Button
        icon={<ReloadOutlined />}
        disabled={reason !== null}
        loading={restart.isPending}
        onClick={ask}
        aria-describedby={reason === null ? undefined : reasonId}
        data-testid="restart"
      >
        {t('restart.button')}
      </Button>
      {reason !== null && (
        <span id={reasonId} className="soft" data-testid="why-not">
          {reason}
        </span>
      )}
    </span>
  );
}
