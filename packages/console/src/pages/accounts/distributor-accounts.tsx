import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Form, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  addDistributorAccount,
  distributorAccountsQuery,
  lockDistributorAccount,
  type MemberView,
  type MemberWithPassword,
  resetDistributorPassword,
} from '../../api/members.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Failure, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { may } from '../../shell/areas.ts';
import { AccountFields } from './add-member.tsx';
import { InitialPassword } from './initial-password.tsx';
import { usePersonColumns } from './person-columns.tsx';

const REFRESH = ['distributor-accounts'];

/** People of a buyer who set up enterprises for customers (ED, E-3), as the operator keeps them. */
export function DistributorAccountsPage() {
  const { t } = useTranslation();
  const { buyerId = '' } = useParams({ strict: false });
  const accounts = useQuery(distributorAccountsQuery(buyerId));
  const allowed = may(useQuery(sessionQuery).data, 'tenant.open');
  const [adding, setAdding] = useState(false);
  const [told, setTold] = useState<MemberWithPassword | null>(null);
  const columns = useColumns(buyerId, allowed, setTold);
  return (
    <Page
      title={t('members.distributors', { name: accounts.data?.name ?? '' })}
      tools={
        allowed && (
          <Button type="primary" onClick={() => setAdding(true)} data-testid="add-distributor">
            {t('members.addDistributor')}
          </Button>
        )
      }
    >
      <p className="soft">{t('members.distributorsIntro')}</p>
      {told !== null && <InitialPassword loginName={told.member.loginName} password={told.password} />}
      <Loaded query={accounts}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence={t('members.noDistributors')} />
          ) : (
            <Rows rows={items} columns={columns} rowKey={({ userId }) => userId} testId="distributor-row" />
          )
        }
      </Loaded>
      {adding && (
        <AddDistributor
          buyerId={buyerId}
          onClose={() => setAdding(false)}
          onAdded={(added) => {
            setTold(added);
            setAdding(false);
          }}
        />
      )}
    </Page>
  );
}

function useColumns(
  buyerId: string,
  allowed: boolean,
  onPassword: (told: MemberWithPassword) => void,
): Column<MemberView>[] {
  const { t } = useTranslation();
  const { name, state, last } = usePersonColumns();
  return [
    ...[name, state, last],
    {
      key: 'action',
      title: t('list.action'),
      render: (member) => (allowed ? <Actions buyerId={buyerId} member={member} onPassword={onPassword} /> : '—'),
    },
  ];
}

interface ActionsProps {
  readonly buyerId: string;
  readonly member: MemberView;
  readonly onPassword: (told: MemberWithPassword) => void;
}

function Actions({ buyerId, member: { userId, displayName, disabled }, onPassword }: ActionsProps) {
  const { t } = useTranslation();
  const lock = useCommand({
    run: () => lockDistributorAccount(buyerId, userId, !disabled),
    refresh: REFRESH,
    done: t(disabled ? 'members.letIn' : 'members.lockedOut'),
  });
  const reset = useCommand({
    run: () => resetDistributorPassword(buyerId, userId),
    refresh: REFRESH,
    onDone: onPassword,
  });
  const lockName = t(disabled ? 'members.enable' : 'members.disable');
  return (
    <span className="row">
      <Popconfirm
        title={t('members.resetAsk', { name: displayName })}
        okText={t('members.reset')}
        cancelText={t('members.cancel')}
        onConfirm={() => reset.mutate(undefined)}
        okButtonProps={{ 'data-testid': 'distributor-reset-confirm' }}
      >
        <Button
          size="small"
          loading={reset.isPending}
          aria-label={`${t('members.reset')} ${displayName}`}
          data-testid="distributor-reset"
        >
          {t('members.reset')}
        </Button>
      </Popconfirm>
      <Button
        size="small"
        danger={!disabled}
        loading={lock.isPending}
        onClick={() => lock.mutate(undefined)}
        aria-label={`${lockName} ${displayName}`}
        data-testid="distributor-lock"
      >
        {lockName}
      </Button>
    </span>
  );
}

interface Fields {
  readonly loginName: string;
  readonly displayName: string;
}
interface AddProps {
  readonly buyerId: string;
  readonly onClose: () => void;
  readonly onAdded: (added: MemberWithPassword) => void;
}

function AddDistributor({ buyerId, onClose, onAdded }: AddProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const add = useCommand({
    run: ({ loginName, displayName }: Fields) =>
      addDistributorAccount(buyerId, { loginName: loginName.trim(), displayName: displayName.trim() }),
    refresh: REFRESH,
    onDone: onAdded,
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('members.addDistributor')}
      okText={t('members.add')}
      cancelText={t('members.cancel')}
      okButtonProps={{ 'data-testid': 'distributor-confirm' }}
      confirmLoading={add.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {add.error !== null && <Failure error={add.error} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ loginName: '', displayName: '' }}
        onFinish={add.mutate}
        scrollToFirstError={{ focus: true }}
      >
        <AccountFields />
      </Form>
    </Modal>
  );
}
