import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { cancelOrder } from '../api/endpoints.ts';
import { problemOf } from '../api/problem.ts';
import { orderQuery } from '../api/queries.ts';
import { useProblemText } from '../components/problem-text.ts';

/** Cancels an unpaid order after one question that says what is lost (B-31). */
export function CancelOrder({ orderId }: { orderId: string }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  const cancel = useMutation({
    mutationFn: () => cancelOrder(orderId),
    onSuccess: (order) => {
      queryClient.setQueryData(orderQuery(orderId).queryKey, order);
      void queryClient.invalidateQueries({ queryKey: ['orders'] });
    },
    onError: (error) => void message.error(problemText(problemOf(error)).title),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['order', orderId] }),
  });
  const ask = (): void =>
    void modal.confirm({
      title: t('cancel.title'),
      content: t('cancel.lost', { orderId }),
      okText: t('cancel.confirm'),
      cancelText: t('cancel.keep'),
      okButtonProps: { danger: true, 'data-testid': 'cancel-confirm' },
      onOk: () => cancel.mutateAsync().catch(() => undefined),
    });
  return (
    <Button onClick={ask} loading={cancel.isPending} data-testid="cancel-order">
      {t('cancel.button')}
    </Button>
  );
}
