import type { RefundView } from '@jishi/marketplace/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem.ts';
import { refundQuery, touchedKeys, withdrawRefund } from '../../api/subscriptions.ts';
import { useProblemText } from '../../components/problem-text.ts';
import { useText } from '../../i18n/text.ts';

/** Takes a request back while the seller has not decided (B-82), after one question. */
export function WithdrawRefund({ refund, small = false }: { refund: RefundView; small?: boolean }) {
  const { t } = useTranslation();
  const text = useText();
  const { modal, message } = App.useApp();
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  const withdraw = useMutation({
    mutationFn: () => withdrawRefund(refund.refundId),
    onSuccess: (withdrawn) => {
      queryClient.setQueryData(refundQuery(refund.refundId).queryKey, withdrawn);
      void message.success(t('refund.withdrawn'));
    },
    onError: (error) => void message.error(problemText(problemOf(error)).title),
    onSettled: () => {
      for (const key of [...touchedKeys, 'refund']) void queryClient.invalidateQueries({ queryKey: [key] });
    },
  });
  const ask = (): void =>
    void modal.confirm({
      title: t('refund.withdrawTitle'),
      content: t('refund.withdrawText'),
      okText: t('refund.withdrawConfirm'),
      cancelText: t('refund.withdrawKeep'),
      okButtonProps: { 'data-testid': 'withdraw-confirm' },
      onOk: () => withdraw.mutateAsync().catch(() => undefined),
    });
  return (
    <Button
      {...(small ? { size: 'small' as const } : {})}
      onClick={ask}
      loading={withdraw.isPending}
      aria-label={`${t('refund.withdraw')}: ${text(refund.productName)}`}
      data-testid="withdraw"
    >
      {t('refund.withdraw')}
    </Button>
  );
}
