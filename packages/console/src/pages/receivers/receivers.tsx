import { PlusOutlined } from '@ant-design/icons';
import type { ReceiversView, ReceiverView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { receiversQuery, removeReceiver } from '../../api/messages.ts';
import { problemOf } from '../../api/problem.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { useProblemText } from '../../components/problem-text.ts';
import { type Column, Rows } from '../../components/rows.tsx';
import { messageChannels } from '../../search/message-params.ts';
import { AddressState } from './address.tsx';
import { offers } from './choice-table.tsx';
import { ReceiverForm } from './receiver-form.tsx';

/** Who gets which class of message by which channel (S-12). */
export function ReceiversPage() {
  const { t } = useTranslation();
  const receivers = useQuery(receiversQuery);
  const [edited, setEdited] = useState<ReceiverView | 'new' | null>(null);
  return (
    <Page
      title={t('nav.receivers')}
      tools={
        <Button
          type="primary"
          icon={<PlusOutlined />}
          disabled={receivers.data === undefined}
          onClick={() => setEdited('new')}
          data-testid="add-receiver"
        >
          {t('receiver.add')}
        </Button>
      }
    >
      <p className="soft">{t('receiver.intro')}</p>
      <Loaded query={receivers}>
        {(found) => (
          <>
            <ReceiverRows found={found} onEdit={setEdited} />
            {edited !== null && (
              <ReceiverForm found={found} receiver={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}

interface ReceiverRowsProps {
  readonly found: ReceiversView;
  readonly onEdit: (receiver: ReceiverView) => void;
}

function ReceiverRows({ found, onEdit }: ReceiverRowsProps) {
  const { t } = useTranslation();
  const columns: Column<ReceiverView>[] = [
    { key: 'name', title: t('receiver.name'), render: (receiver) => <Name found={found} receiver={receiver} /> },
    {
      key: 'addresses',
      title: t('receiver.addresses'),
      render: (receiver) => (
        <div className="stack stack--tight">
          <AddressState receiver={receiver} channel="EMAIL" open={found.open} />
          {(receiver.phone !== null || offers(found.classes, 'SMS')) && (
            <AddressState receiver={receiver} channel="SMS" open={found.open} />
          )}
        </div>
      ),
    },
    {
      key: 'language',
      title: t('receiver.language'),
      render: (receiver) => <span className="num">{t(`receiver.languages.${receiver.language}`)}</span>,
    },
    { key: 'choices', title: t('receiver.choices'), render: (receiver) => <Choices receiver={receiver} /> },
    {
      key: 'action',
      title: t('list.action'),
      render: (receiver) => (
        <div className="row">
          <Button
            size="small"
            onClick={() => onEdit(receiver)}
            aria-label={`${t('receiver.edit')} ${receiver.name}`}
            data-testid="edit-receiver"
          >
            {t('receiver.edit')}
          </Button>
          {receiver.receiverId !== 'account' && <Remove receiver={receiver} />}
        </div>
      ),
    },
  ];
  return <Rows rows={found.items} columns={columns} rowKey={(one) => one.receiverId} testId="receiver-row" />;
}

function Name({ found, receiver }: { found: ReceiversView; receiver: ReceiverView }) {
  const { t } = useTranslation();
  const user = found.users.find(({ userId }) => userId === receiver.userId);
  const below =
    receiver.receiverId === 'account'
      ? t('receiver.accountHelp')
      : user && `${t('receiver.user')}: ${user.displayName}`;
  return (
    <div>
      <div>
        {receiver.name} {receiver.receiverId === 'account' && <span className="chip">{t('receiver.account')}</span>}
      </div>
      {below !== undefined && <div className="soft">{below}</div>}
    </div>
  );
}

function Choices({ receiver }: { receiver: ReceiverView }) {
  const { t } = useTranslation();
  const chosen = receiver.choices.filter(({ channels }) => channels.length > 0);
  if (chosen.length === 0) return <span className="soft">{t('receiver.nothing')}</span>;
  return (
    <ul style={{ margin: 0, paddingLeft: 18 }}>
      {chosen.map((choice) => (
        <li key={choice.class}>
          {t(`message.classes.${choice.class}`)}{' '}
          <span className="soft" style={{ whiteSpace: 'nowrap' }}>
            {messageChannels
              .filter((channel) => choice.channels.includes(channel))
              .map((channel) => t(`message.channels.${channel}`))
              .join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** One question that says what is lost; the last receiver of a mandatory class is refused by the server with its reason. */
function Remove({ receiver }: { receiver: ReceiverView }) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  const remove = useMutation({
    mutationFn: () => removeReceiver(receiver.receiverId),
    onSuccess: () => void message.success(t('receiver.removed')),
    onError: (error) => {
      const { title, detail } = problemText(problemOf(error));
      void modal.error({ title, content: detail });
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: receiversQuery.queryKey }),
  });
  const ask = (): void =>
    void modal.confirm({
      title: t('receiver.removeTitle', { name: receiver.name }),
      content: t('receiver.removeLost'),
      okText: t('receiver.remove'),
      cancelText: t('receiver.cancel'),
      okButtonProps: { danger: true, 'data-testid': 'remove-confirm' },
      onOk: () => remove.mutateAsync().catch(() => undefined),
    });
  return (
    <Button
      size="small"
      danger
      loading={remove.isPending}
      onClick={ask}
      aria-label={`${t('receiver.remove')} ${receiver.name}`}
      data-testid="remove-receiver"
    >
      {t('receiver.remove')}
    </Button>
  );
}
