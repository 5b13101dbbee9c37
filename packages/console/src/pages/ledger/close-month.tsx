import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { closeMonth } from '../../api/ledger.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { may } from '../../shell/areas.ts';
import { monthName } from './amounts.ts';

/** Closes the month that is next, after one question. Grey with its reason where there is none, or the role may not. */
export function CloseMonth({ closable }: { closable: string | null }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const allowed = may(useQuery(sessionQuery).data, 'ledger.close');
  const month = closable === null ? '' : monthName(closable);
  const close = useCommand({
    run: (wanted: string) => closeMonth(wanted),
    refresh: ['ledger'],
    done: t('ledger.close.done', { month }),
    onDone: () => setAsking(false),
  });
  if (closable === null) return <span className="soft">{t('ledger.close.notYet')}</span>;
  return (
    <>
      <Button
        disabled={!allowed}
        title={allowed ? undefined : t('ledger.close.role')}
        onClick={() => setAsking(true)}
        data-testid="close-month"
      >
        {t('ledger.close.button', { month })}
      </Button>
      {asking && (
        <Modal
          open
          title={t('ledger.close.title', { month })}
          okText={t('ledger.close.button', { month })}
          okButtonProps={{ 'data-testid': 'close-confirm' }}
          confirmLoading={close.isPending}
          onOk={() => close.mutate(closable)}
          onCancel={() => setAsking(false)}
        >
          {t('ledger.close.help')}
        </Modal>
      )}
    </>
  );
}
