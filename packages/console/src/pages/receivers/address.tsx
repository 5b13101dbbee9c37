import { CheckCircleOutlined, ClockCircleOutlined } from '@ant-design/icons';
import type { ReceiversView, ReceiverView } from '@jishi/marketplace/console-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type OutsideChannel, receiversQuery, sendCode, verifyAddress } from '../../api/messages.ts';
import { problemOf } from '../../api/problem.ts';
import { useDialogFocus } from '../../components/dialog-focus.ts';
import { Failure } from '../../components/feedback.tsx';
import { useProblemText } from '../../components/problem-text.ts';

interface AddressProps {
  readonly receiver: ReceiverView;
  readonly channel: OutsideChannel;
  /** channels that the server sends by */
  readonly open: ReceiversView['open'];
}

/** A mailbox or phone with its state; an address counts once it is verified (S-12a). */
export function AddressState({ receiver, channel, open }: AddressProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const address = channel === 'EMAIL' ? receiver.email : receiver.phone;
  const name = t(channel === 'EMAIL' ? 'receiver.email' : 'receiver.phone');
  if (address === null)
    return (
      <span className="soft">
        {name}: {t('receiver.none')}
      </span>
    );
  return (
    <div>
      <span style={{ overflowWrap: 'anywhere' }}>{address.text}</span>{' '}
      <span className={`state state--${address.verified ? 'ok' : 'wait'}`} style={{ cursor: 'default' }}>
        {address.verified ? <CheckCircleOutlined /> : <ClockCircleOutlined />}
        {t(address.verified ? 'receiver.verified' : 'receiver.unverified')}
      </span>
      {!address.verified && open.includes(channel) && (
        <>
          {' '}
          <Button
            size="small"
            onClick={() => setAsking(true)}
            aria-label={`${t('receiver.verify')} ${address.text}`}
            data-testid="verify-address"
          >
            {t('receiver.verify')}
          </Button>
        </>
      )}
      {!open.includes(channel) && <div className="soft">{t('receiver.channelOff')}</div>}
      {asking && (
        <CodeForm
          receiverId={receiver.receiverId}
          channel={channel}
          address={address.text}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

interface CodeFormProps {
  readonly receiverId: string;
  readonly channel: OutsideChannel;
  readonly address: string;
  readonly onClose: () => void;
}

function CodeForm({ receiverId, channel, address, onClose }: CodeFormProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  const [form] = Form.useForm<{ code: string }>();
  const focused = useDialogFocus(() => form.focusField('code'));
  const refresh = () => queryClient.invalidateQueries({ queryKey: receiversQuery.queryKey });
  const verify = useMutation({
    mutationFn: ({ code }: { code: string }) => verifyAddress(receiverId, channel, code),
    onSuccess: () => {
      onClose();
      return refresh();
    },
  });
  const send = useMutation({
    mutationFn: () => sendCode(receiverId, channel),
    onSuccess: () => void message.success(t('receiver.codeSent')),
    onError: (error) => void message.error(problemText(problemOf(error)).title),
  });
  return (
    <Modal
      title={t('receiver.verifyTitle', { address })}
      open
      afterOpenChange={focused}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('receiver.verify')}
      cancelText={t('receiver.cancel')}
      confirmLoading={verify.isPending}
      okButtonProps={{ 'data-testid': 'verify-submit' }}
    >
      <div className="stack">
        <p className="soft">{t('receiver.verifyHelp')}</p>
        {verify.error !== null && <Failure error={verify.error} />}
        <Form form={form} layout="vertical" onFinish={verify.mutate}>
          <Form.Item
            name="code"
            label={t('receiver.code')}
            rules={[{ required: true, pattern: /^\d{6}$/, message: t('receiver.codeRule') }]}
          >
            <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} data-testid="verify-code" />
          </Form.Item>
        </Form>
        <div>
          <Button onClick={() => send.mutate()} loading={send.isPending} data-testid="send-code">
            {t('receiver.sendAgain')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
