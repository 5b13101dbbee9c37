import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { topUpWallet } from '../../api/endpoints.ts';
import { walletQuery } from '../../api/queries.ts';
import { Failure } from '../../components/feedback.tsx';

/** The amounts that the sandbox takes: up to twelve digits, two decimals, not zero. */
const amountPattern = /^(?=.*[1-9])\d{1,12}(\.\d{1,2})?$/;

interface TopUpProps {
  readonly suggestion: string;
  readonly currency: string;
  readonly urgent: boolean;
}

/** Sandbox only: play money for the buyer's balance, the missing amount proposed. */
export function TopUp({ suggestion, currency, urgent }: TopUpProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<{ amount: string }>();
  const topUp = useMutation({
    mutationFn: ({ amount }: { amount: string }) => topUpWallet(amount),
    onSuccess: (wallet) => {
      queryClient.setQueryData(walletQuery.queryKey, wallet);
      void queryClient.invalidateQueries({ queryKey: ['wallet'] });
      setOpen(false);
    },
  });
  return (
    <>
      <Button
        type={urgent ? 'primary' : 'default'}
        onClick={() => {
          form.setFieldsValue({ amount: suggestion });
          setOpen(true);
        }}
        data-testid="top-up"
      >
        {t('payment.topUp')}
      </Button>
      <Modal
        title={t('payment.topUp')}
        open={open}
        forceRender
        onCancel={() => setOpen(false)}
        onOk={form.submit}
        okText={t('payment.topUpNow')}
        confirmLoading={topUp.isPending}
        okButtonProps={{ 'data-testid': 'top-up-submit' }}
      >
        <div className="stack">
          <p className="soft">{t('payment.topUpHelp')}</p>
          {topUp.error !== null && <Failure error={topUp.error} />}
          <Form form={form} layout="vertical" onFinish={topUp.mutate}>
            <Form.Item
              name="amount"
              label={t('payment.topUpAmount')}
              rules={[{ required: true, pattern: amountPattern, message: t('payment.topUpRule') }]}
            >
              <Input inputMode="decimal" suffix={currency} data-testid="top-up-amount" />
            </Form.Item>
          </Form>
        </div>
      </Modal>
    </>
  );
}
