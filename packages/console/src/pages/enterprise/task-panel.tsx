import type { SyncTaskView } from '@jishi/marketplace/console-api';
import { Alert, Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { decideTask } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';
import { useText } from '../../i18n/text.ts';

/** What is under way: how far it is, or what failed and who decides. */
export function TaskPanel({ enterpriseId, task }: { enterpriseId: string; task: SyncTaskView }) {
  const { t } = useTranslation();
  const { kind, state, callsDone, callsTotal, membersDone, membersTotal } = task;
  const name = `${t(`people.task.kind.${kind}`)} · ${t(`people.task.state.${state}.word`)}`;
  const progress = t('people.task.progress', {
    ...{ done: callsDone, total: callsTotal, members: membersDone, membersTotal },
  });
  if (state === 'WAIT_DECISION')
    return <Failed enterpriseId={enterpriseId} task={task} name={name} progress={progress} />;
  return (
    <div role="status" data-testid="task" data-state={state}>
      <span>
        {name} <span className="soft">{progress}</span>
      </span>
      <Progress percent={Math.floor((callsDone / Math.max(1, callsTotal)) * 100)} size="small" aria-label={name} />
    </div>
  );
}

interface FailedProps {
  readonly enterpriseId: string;
  readonly task: SyncTaskView;
  readonly name: string;
  readonly progress: string;
}

function Failed({ enterpriseId, task, name, progress }: FailedProps) {
  const { t } = useTranslation();
  const decide = useCommand({
    run: (decision: 'CONTINUE' | 'STOP') => decideTask(enterpriseId, task.taskId, decision),
    refresh: ['enterprises', enterpriseId],
    done: t('people.saved'),
  });
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      data-testid="task"
      data-state={task.state}
      title={name}
      description={
        <div className="stack stack--tight">
          <TaskFailure task={task} />
          <span className="soft">{progress}</span>
          {task.mayDecide ? (
            <div className="row">
              <Button
                type="primary"
                loading={decide.isPending}
                onClick={() => decide.mutate('CONTINUE')}
                data-testid="continue"
              >
                {t(task.decider === 'BUYER' ? 'people.task.retry' : 'people.task.continue')}
              </Button>
              <Button title={t('people.task.stopHelp')} onClick={() => decide.mutate('STOP')} data-testid="stop">
                {t('people.task.stop')}
              </Button>
              <span className="soft">{t('people.task.stopHelp')}</span>
            </div>
          ) : (
            <span>{t(`people.task.waitsFor.${task.decider}`)}</span>
          )}
        </div>
      }
    />
  );
}

const NAMES = ['tenantSync', 'applicationSync', 'authSync', 'singleOrgSync', 'allOrgSync'] as const;

/** Which interface failed, in the seller's words, and the cause where it is known. */
export function TaskFailure({ task }: { task: SyncTaskView }) {
  const { t } = useTranslation();
  const text = useText();
  if (task.failedInterface === null) return null;
  const known = NAMES.find((each) => each === task.failedInterface);
  const name = known === undefined ? task.failedInterface : t(`people.task.interface.${known}`);
  return (
    <span>
      {t('people.task.failed', { interface: name, error: task.error })}
      {task.cause !== null && <span className="soft"> {text(task.cause)}</span>}
    </span>
  );
}
