import type { PayoutAccount } from '@jishi/marketplace/console-api';
import { Input, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';

const members = ['holder', 'bankName', 'bankCode', 'number'] as const;
type Member = (typeof members)[number];

export type AccountValues = Readonly<Record<Member, string>>;
interface AccountFormProps {
  readonly title: string;
  readonly help: string;
  readonly account: PayoutAccount['account'];
  readonly run: (values: AccountValues) => Promise<unknown>;
  readonly refresh: readonly string[];
  readonly done: string;
  readonly onClose: () => void;
  /** what else is asked, below the account; `blocked` while it is not answered */
  readonly more?: ReactNode;
  readonly blocked?: boolean;
}

/** A bank account as its papers say; the number has to be entered whole each time, because nobody is shown it. */
export function AccountForm({ title, help, account, run, refresh, done, onClose, more, blocked }: AccountFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [values, setValues] = useState<AccountValues>({
    holder: account?.holder ?? '',
    bankName: account?.bankName ?? '',
    bankCode: account?.bankCode ?? '',
    number: '',
  });
  const [tried, setTried] = useState(false);
  const save = useCommand({
    run: () => run(values),
    refresh,
    done,
    onDone: onClose,
    onFailed: () => true,
  });
  const confirm = (): void => {
    setTried(true);
    const missing = members.find((member) => values[member].trim() === '');
    if (missing === undefined) {
      if (blocked !== true) save.mutate(undefined);
    } else document.getElementById(`${id}-${missing}`)?.focus();
  };
  return (
    <Modal
      open
      title={title}
      okText={t('payout.accounts.save')}
      okButtonProps={{ 'data-testid': 'account-save', disabled: blocked === true }}
      confirmLoading={save.isPending}
      onOk={confirm}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">{help}</p>
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
        {more}
        {save.error != null && <Failure error={save.error} />}
      </div>
    </Modal>
  );
}
