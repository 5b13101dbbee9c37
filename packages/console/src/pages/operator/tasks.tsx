import type { TaskView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { restartTask } from '../../api/endpoints.ts';
import { problemOf } from '../../api/problem.ts';
import { sessionQuery, tasksQuery } from '../../api/queries.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { useProblemText } from '../../components/problem-text.ts';
import { type Column, Rows } from '../../components/rows.tsx';
import { TaskState } from '../../components/state.tsx';
import { Instant } from '../../components/values.tsx';
import { callStates, isFiltered, parseTaskSearch } from '../../search/params.ts';
import { may } from '../../shell/areas.ts';

const route = getRouteApi('/operator/tasks');

/** The marketplace's own work: what is due, what runs, what gave up and why (design.md 4.2). */
export function TasksPage() {
  const { t } = useTranslation();
  const search = parseTaskSearch(route.useSearch());
  const tasks = useQuery(tasksQuery(search));
  return (
    <Page title={t('nav.tasks')}>
      <Filters active={isFiltered(search)} names={['state', 'kind']}>
        <ChoiceFilter
          name="state"
          label={t('call.state')}
          value={search.state}
          choices={callStates.map((state) => ({ value: state, label: t(`state.call.${state}.word`) }))}
        />
        <TextFilter name="kind" label={t('task.kind')} value={search.kind} />
      </Filters>
      <Loaded query={tasks}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'task.none')} />
          ) : (
            <>
              <TaskRows tasks={page.items} />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function TaskRows({ tasks }: { tasks: readonly TaskView[] }) {
  const { t } = useTranslation();
  const columns: Column<TaskView>[] = [
    { key: 'due', title: t('task.dueAt'), render: (task) => <Instant at={task.dueAt} exact /> },
    { key: 'kind', title: t('task.kind'), render: (task) => <span className="mono">{task.kind}</span> },
    { key: 'subject', title: t('task.subject'), render: (task) => <span className="mono">{task.subject}</span> },
    { key: 'state', title: t('call.state'), render: (task) => <TaskState state={task.state} /> },
    { key: 'attempts', title: t('call.attempts'), align: 'right', render: (task) => task.attempts },
    { key: 'error', title: t('task.lastError'), render: (task) => <LastError text={task.lastError} /> },
    { key: 'action', title: t('list.action'), render: (task) => <RestartTask task={task} /> },
  ];
  return <Rows rows={tasks} columns={columns} rowKey={(task) => task.taskId} testId="task-row" />;
}

function LastError({ text }: { text: string | null }) {
  return (
    <div className="mono" style={{ maxWidth: 360, whiteSpace: 'pre-wrap' }}>
      {text ?? '—'}
    </div>
  );
}

/** A task that waits or gave up can be made due at once; the others are running or done. */
function RestartTask({ task }: { task: TaskView }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queryClient = useQueryClient();
  const problemText = useProblemText();
  const allowed = may(useQuery(sessionQuery).data, 'task.restart');
  const restart = useMutation({
    mutationFn: () => restartTask(task.taskId),
    onSuccess: () => void message.success(t('restart.done')),
    onError: (error) => void message.error(problemText(problemOf(error)).title),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['tasks'] }),
  });
  if (!allowed || (task.state !== 'STOPPED' && task.state !== 'DUE')) return '—';
  return (
    <Button size="small" loading={restart.isPending} onClick={() => restart.mutate()} data-testid="restart">
      {t('restart.button')}
    </Button>
  );
}
