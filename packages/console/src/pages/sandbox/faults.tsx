import type { FaultKind, SandboxFault } from '@jishi/marketplace/console-api';
import { Button, InputNumber, Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addFault, clearFaults } from '../../api/sandbox.ts';
import { useCommand } from '../../components/command.ts';
import { Panel } from '../../components/page.tsx';

const kinds = [
  'duplicate',
  'concurrent',
  'delay',
  'wrong-signature',
  'old-timestamp',
  'missing-signature',
  'lost-answer',
] as const satisfies readonly FaultKind[];

interface FaultsProps {
  readonly faults: readonly SandboxFault[];
  readonly activities: readonly string[];
}

/** What the marketplace shall do wrong with its next calls, to see that the seller's server bears it. */
export function Faults({ faults, activities }: FaultsProps) {
  const { t } = useTranslation();
  return (
    <Panel title={t('sandbox.faults')}>
      <div className="stack">
        <p className="soft">{t('sandbox.faultsHelp')}</p>
        <AddFault activities={activities} />
        <Waiting faults={faults} />
      </div>
    </Panel>
  );
}

function AddFault({ activities }: { activities: readonly string[] }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<FaultKind>('duplicate');
  const [activity, setActivity] = useState('');
  const [times, setTimes] = useState(1);
  const [delayS, setDelay] = useState(10);
  const timesId = useId();
  const delayId = useId();
  const add = useCommand({ run: addFault, refresh: ['sandbox', 'state'], done: t('sandbox.faultAdded') });
  return (
    <div className="stack stack--tight">
      <div className="row">
        <Select
          aria-label={t('sandbox.fault')}
          value={kind}
          onChange={setKind}
          options={kinds.map((each) => ({ value: each, label: t(`sandbox.faultKind.${each}`) }))}
          style={{ minWidth: 190 }}
          data-testid="fault-kind"
        />
        <Select
          aria-label={t('sandbox.faultActivity')}
          value={activity}
          onChange={setActivity}
          options={[
            { value: '', label: t('sandbox.anyActivity') },
            ...activities.map((each) => ({ value: each, label: each })),
          ]}
          style={{ minWidth: 180 }}
          data-testid="fault-activity"
        />
      </div>
      <div className="row">
        <label htmlFor={timesId}>{t('sandbox.times')}</label>
        <InputNumber
          id={timesId}
          min={1}
          max={1000}
          precision={0}
          value={times}
          onChange={(next) => setTimes(next ?? 1)}
        />
        {kind === 'delay' && (
          <>
            <label htmlFor={delayId}>{t('sandbox.delay')}</label>
            <InputNumber
              id={delayId}
              min={1}
              max={60}
              precision={0}
              value={delayS}
              onChange={(next) => setDelay(next ?? 1)}
            />
          </>
        )}
        <Button
          loading={add.isPending}
          onClick={() =>
            add.mutate({
              kind,
              times,
              activity: activity === '' ? null : activity,
              ...(kind === 'delay' ? { delayMs: delayS * 1000 } : {}),
            })
          }
          data-testid="fault-add"
        >
          {t('sandbox.addFault')}
        </Button>
      </div>
      <p className="soft">{t(`sandbox.faultHelp.${kind}`)}</p>
    </div>
  );
}

function Waiting({ faults }: { faults: readonly SandboxFault[] }) {
  const { t } = useTranslation();
  const clear = useCommand({ run: clearFaults, refresh: ['sandbox', 'state'] });
  const open = faults.filter(({ left }) => left > 0);
  if (open.length === 0) return <p className="soft">{t('sandbox.noFaults')}</p>;
  return (
    <div className="stack stack--tight" data-testid="faults-waiting">
      <ul className="plain-list">
        {open.map((fault) => (
          <li key={fault.faultId} data-testid="fault" data-kind={fault.kind}>
            <strong>{t(`sandbox.faultKind.${fault.kind}`)}</strong>{' '}
            <span className="mono">{fault.activity ?? t('sandbox.anyActivity')}</span>{' '}
            <span className="soft">{t('sandbox.left', { left: fault.left, times: fault.times })}</span>
          </li>
        ))}
      </ul>
      <div>
        <Button size="small" loading={clear.isPending} onClick={() => clear.mutate()} data-testid="faults-clear">
          {t('sandbox.clearFaults')}
        </Button>
      </div>
    </div>
  );
}
