import { ExperimentOutlined, PauseOutlined, PlayCircleOutlined, StepForwardOutlined } from '@ant-design/icons';
import type { ClockCommand, SandboxClockView, SandboxMove } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { App, Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLiveSandbox } from '../api/live-sandbox.ts';
import { problemOf } from '../api/problem.ts';
import { metaQuery, sessionQuery } from '../api/queries.ts';
import { moveClock, sandboxQuery } from '../api/sandbox.ts';
import { useProblemText } from '../components/problem-text.ts';
import { Instant } from '../components/values.tsx';
import { shareDone } from './move-progress.ts';

/** Says that nothing here is real, what time the sandbox's clock shows, and moves it. Absent in production. */
export function SandboxBar() {
  const { t } = useTranslation();
  const meta = useQuery(metaQuery).data;
  const signedIn = useQuery(sessionQuery).data != null;
  const inSandbox = meta?.mode === 'sandbox';
  useLiveSandbox(inSandbox && signedIn);
  const state = useQuery({ ...sandboxQuery, enabled: inSandbox && signedIn }).data;
  if (!inSandbox) return null;
  return (
    <section className="sandbox" aria-label={t('shell.sandbox')} data-testid="sandbox-bar">
      <strong>
        <ExperimentOutlined /> {t('shell.sandbox')}
      </strong>
      {!signedIn && <span className="hide-narrow">{t('shell.sandboxHelp')}</span>}
      <span className="sandbox-time" data-testid="sandbox-now" data-now={state?.clock.now ?? meta.now}>
        {t('shell.clock')} <Instant at={state?.clock.now ?? meta.now} exact timeZone={meta.timeZone} />{' '}
        <span className="hide-narrow">({meta.timeZone})</span>
      </span>
      {state !== undefined && <Controls clock={state.clock} />}
      {signedIn && (
        <Link to="/sandbox" className="sandbox-link" data-testid="open-sandbox">
          {t('sandbox.open')}
        </Link>
      )}
    </section>
  );
}

const jumps = ['1d', '7d', '30d', '1y'] as const;

/** Play and pause, jumps, to the next thing that is due; while the clock moves, how far it has come. */
function Controls({ clock }: { clock: SandboxClockView }) {
  const { t } = useTranslation();
  const move = useMoveClock();
  const busy = move.isPending || clock.moving !== null;
  const go = (command: ClockCommand): void => move.mutate(command);
  if (clock.moving !== null) return <Moving moving={clock.moving} />;
  return (
    <fieldset className="sandbox-controls" aria-label={t('sandbox.clock')} disabled={busy}>
      <Button
        size="small"
        icon={clock.playing ? <PauseOutlined /> : <PlayCircleOutlined />}
        onClick={() => go({ action: clock.playing ? 'pause' : 'play' })}
        data-testid="clock-play"
        data-playing={clock.playing}
      >
        {t(clock.playing ? 'sandbox.pause' : 'sandbox.play')}
      </Button>
      {jumps.map((by) => (
        <Button key={by} size="small" onClick={() => go({ action: 'advance', by })} data-testid={`clock-${by}`}>
          {t(`sandbox.jump.${by}`)}
        </Button>
      ))}
      <Button
        size="small"
        icon={<StepForwardOutlined />}
        onClick={() => go({ action: 'next' })}
        data-testid="clock-next"
      >
        {t('sandbox.next')}
      </Button>
    </fieldset>
  );
}

function Moving({ moving }: { moving: SandboxMove }) {
  const { t } = useTranslation();
  return (
    <span className="sandbox-moving" role="status" data-testid="clock-moving">
      {t('sandbox.movingTo')} <Instant at={moving.to} />
      <Progress
        percent={shareDone(moving)}
        size="small"
        style={{ width: 140, margin: 0 }}
        aria-label={t('sandbox.movingTo')}
      />
    </span>
  );
}

/** Moves the clock; whatever it says afterwards, every page shows another time than before. */
export function useMoveClock() {
  const client = useQueryClient();
  const { message } = App.useApp();
  const problemText = useProblemText();
  return useMutation({
    mutationFn: moveClock,
    // a move that takes longer than a request goes on by itself and tells of itself by the live news
    retry: false,
    onSuccess: (state) => client.setQueryData(sandboxQuery.queryKey, state),
    onError: (error) => {
      const problem = problemOf(error);
      if (problem.code === 'TIMEOUT') return;
      const { title, detail } = problemText(problem);
      void message.error(detail === '' ? title : `${title} – ${detail}`);
    },
    onSettled: () => client.invalidateQueries(),
  });
}
