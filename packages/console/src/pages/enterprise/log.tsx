import type { EnterpriseView, SyncTaskView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { syncTasksQuery } from '../../api/enterprise.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters } from '../../components/filters.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { parseLogSearch, taskKinds, taskStates } from '../../search/enterprise-params.ts';
import { EnterpriseFrame } from './frame.tsx';
import { TaskFailure, TaskPanel } from './task-panel.tsx';

const TONES: Readonly<Record<SyncTaskView['state'], Tone>> = {
  QUEUED: 'wait',
  RUNNING: 'run',
  WAIT_DECISION: 'bad',
  STOPPED: 'idle',
  SUCCEEDED: 'ok',
};

/** What was synchronised (E-26), with what failed. */
export function SyncLogPage() {
  return <EnterpriseFrame>{(enterprise) => <Log enterprise={enterprise} />}</EnterpriseFrame>;
}

function Log({ enterprise: { enterpriseId } }: { enterprise: EnterpriseView }) {
  const { t } = useTranslation();
  const search = parseLogSearch(useSearch({ strict: false }));
  const columns = useColumns();
  return (
    <>
      <Filters active={search.kind !== undefined || search.state !== undefined} names={['kind', 'state']}>
        <ChoiceFilter
          name="kind"
          label={t('people.task.kindFilter')}
          value={search.kind}
          choices={taskKinds.map((kind) => ({ value: kind, label: t(`people.task.kind.${kind}`) }))}
        />
        <ChoiceFilter
          name="state"
          label={t('people.task.stateFilter')}
          value={search.state}
          choices={taskStates.map((state) => ({ value: state, label: t(`people.task.state.${state}.word`) }))}
        />
      </Filters>
      <Loaded query={useQuery(syncTasksQuery(enterpriseId, { ...search }))}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t('people.task.none')} />
          ) : (
            <>
              {page.items
                .filter(({ state }) => state === 'WAIT_DECISION')
                .map((task) => (
                  <TaskPanel key={task.taskId} enterpriseId={enterpriseId} task={task} />
                ))}
              <Rows rows={page.items} columns={columns} rowKey={({ taskId }) => taskId} testId="task-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </>
  );
}

function useColumns(): Column<SyncTaskView>[] {
  const { t } = useTranslation();
  const text = useText();
  return [
    { key: 'product', title: t('people.task.product'), render: ({ productName }) => text(productName) },
    { key: 'kind', title: t('people.task.what'), render: ({ kind }) => t(`people.task.kind.${kind}`) },
    {
      key: 'state',
      title: t('people.task.stateFilter'),
      render: ({ state }) => (
        <State
          tone={TONES[state]}
          word={t(`people.task.state.${state}.word`)}
          help={t(`people.task.state.${state}.help`)}
          state={state}
        />
      ),
    },
    {
      key: 'progress',
      title: t('people.task.result'),
      render: (task) => (
        <>
          <span className="num">
            {t('people.task.progress', {
              ...{
                done: task.callsDone,
                total: task.callsTotal,
                members: task.membersDone,
                membersTotal: task.membersTotal,
              },
            })}
          </span>
          <div>
            <TaskFailure task={task} />
          </div>
        </>
      ),
    },
    { key: 'at', title: t('people.task.when'), render: ({ createdAt }) => <Instant at={createdAt} /> },
  ];
}
