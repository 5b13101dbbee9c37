import type { SettlementPreview } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { runPeriod } from '../../api/settlement.ts';
import { useCommand } from '../../components/command.ts';
import { may } from '../../shell/areas.ts';
import { useMoney } from './words.ts';

/** Runs the period after one question that says what it makes. Grey with its reason where it can not be run. */
export function RunButton({ preview }: { preview: SettlementPreview }) {
  const { t } = useTranslation();
  const money = useMoney();
  const { message } = App.useApp();
  const [asking, setAsking] = useState(false);
  const allowed = may(useQuery(sessionQuery).data, 'settlement.run');
  const { period } = preview;
  const run = useCommand({
    run: () => runPeriod(period.period),
    refresh: ['settlement'],
    onDone: (done) => {
      setAsking(false);
      const facts = { bills: done.bills, lines: done.lines, total: money(done.total, period.currency) };
      void message.success(done.repeated ? t('settlement.runs.runRepeated') : t('settlement.runs.runDone', facts));
    },
  });
  if (period.state === 'CLOSED') return null;
  return (
    <>
      <Button
        type="primary"
        disabled={!allowed || !period.mayRun}
        title={allowed ? undefined : t('settlement.runs.role')}
        onClick={() => setAsking(true)}
        data-testid="run"
      >
        {t('settlement.runs.run')}
      </Button>
      {asking && (
        <Modal
          open
          title={t('settlement.runs.runTitle', { period: period.period })}
          okText={t('settlement.runs.run')}
          okButtonProps={{ 'data-testid': 'run-confirm' }}
          confirmLoading={run.isPending}
          onOk={() => run.mutate(undefined)}
          onCancel={() => setAsking(false)}
        >
          {t('settlement.runs.runHelp', {
            bills: preview.bills.length,
            total: money(preview.total, period.currency),
          })}
        </Modal>
      )}
    </>
  );
}
