import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeRun, previewRun } from '../../api/payout.ts';
import { useCommand } from '../../components/command.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { useMoney } from '../settlement/words.ts';

/** What the run would be, before it is made; nobody is paid by making it. */
export function NewRun({ requisitionIds, onClose }: { requisitionIds: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const money = useMoney();
  const navigate = useNavigate();
  const [asked, setAsked] = useState('');
  const wanted = { requisitionIds, ...(asked === '' ? {} : { executionDay: asked }) };
  const preview = useQuery({
    queryKey: ['payout-preview', wanted],
    queryFn: () => previewRun(wanted),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const make = useCommand({
    run: () => makeRun(wanted),
    refresh: ['settlement'],
    done: t('payout.new.done'),
    onDone: ({ runId }) => void navigate({ to: '/operator/payout/runs/$runId', params: { runId } }),
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('payout.new.title')}
      okText={t('payout.new.make')}
      okButtonProps={{ disabled: preview.data === undefined, 'data-testid': 'make-run' }}
      confirmLoading={make.isPending}
      onOk={() => make.mutate(undefined)}
      onCancel={onClose}
    >
      <div className="stack">
        <Loaded query={preview}>
          {({ payments, total, currency, executionDay }) => (
            <div className="stack" data-testid="run-preview">
              <p>
                {t('payout.new.sum', {
                  payments: payments.length,
                  total: money(total, currency),
                  day: executionDay,
                })}
              </p>
              <ul style={{ maxHeight: 240, overflow: 'auto' }} tabIndex={-1}>
                {payments.map(({ requisitionId, payee, amount, account }) => (
                  <li key={requisitionId}>
                    {payee.name} · <span className="num">{money(amount, currency)}</span>{' '}
                    <span className="soft">
                      {account?.bankName} …{account?.tail}
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          )}
        </Loaded>
        <div className="filter">
          <label htmlFor={id}>{t('payout.new.day')}</label>
          <Input id={id} type="date" value={asked} onChange={({ target }) => setAsked(target.value)} />
          <span className="soft">{t('payout.new.dayHelp')}</span>
        </div>
        <p className="soft">{t('payout.new.help')}</p>
        {make.error != null && <Failure error={make.error} />}
      </div>
    </Modal>
  );
}
