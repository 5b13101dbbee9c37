import type { PayoutAccount } from '@jishi/marketplace/console-api';
import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { saveAccount } from '../../api/payout.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';

const members = ['holder', 'bankName', 'bankCode', 'number'] as const;
type Member = (typeof members)[number];

interface AccountFormProps {
  readonly of: PayoutAccount;
  readonly name: string;
  readonly onClose: () => void;
}

/** A bank account as its papers say; the number has to be entered whole each time, because nobody is shown it. */
export function AccountForm({ of, name, onClose }: AccountFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const { account, owner } = of;
  const [values, setValues] = useState<Readonly<Record<Member, string>>>({
    holder: account?.holder ?? '',
    bankName: account?.bankName ?? '',
    bankCode: account?.bankCode ?? '',
    number: '',
  });
  const [tried, setTried] = useState(false);
  const save = useCommand({
    run: () => saveAccount({ owner: { kind: owner.kind, id: owner.id }, ...values }),
    refresh: ['settlement'],
    done: t('payout.accounts.done'),
    onDone: onClose,
    onFailed: () => true,
  });
  const confirm = (): void => {
    setTried(true);
    const missing = members.find((member) => values[member].trim() === '');
    if (missing === undefined) save.mutate(undefined);
    else document.getElementById(`${id}-${missing}`)?.focus();
  };
  return (
    <Modal
      open
      title={t('payout.accounts.formTitle', { name })}
      okText={t('payout.accounts.save')}
      okButtonProps={{ 'data-testid': 'account-save' }}
      confirmLoading={save.isPending}
      onOk={confirm}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">{t('payout.accounts.formHelp')}</p>
        {members.map((member) => {
          const faulty = tried && values[member].trim() === '';
          return (
            <div key={member} className="filter">
              <label htmlFor={`${id}-${member}`}>{t(`payout.accounts.${member}`)}</label>
              <Input
                id={`${id}-${member}`}
                value={values[member]}
                autoComplete="off"
                maxLength={member === 'number' ? 50 : member === 'bankCode' ? 20 : 140}
                status={faulty ? 'error' : ''}
                aria-invalid={faulty}
                aria-describedby={`${id}-${member}-rule`}
                onChange={({ target }) => setValues({ ...values, [member]: target.value })}
                data-testid={`account-${member}`}
              />
              <span
                id={`${id}-${member}-rule`}
                role={faulty ? 'alert' : undefined}
                className={faulty ? 'fault' : 'soft'}
              >
                {t(`payout.accounts.rule.${member}`)}
              </span>
            </div>
          );
        })}
        {save.error != null && <Failure error={save.error} />}
      </div>
    </Modal>
  );
}
