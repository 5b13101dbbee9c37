import { CheckCircleOutlined, CloseCircleOutlined, MinusCircleOutlined, SyncOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type OutcomeState = 'RUNNING' | 'PASSED' | 'FAILED';
type Mark = 'ok' | 'run' | 'bad' | 'idle';

/** The outcome of a debugging call or a probe: a word with colour and icon. */
export function Outcome({ state }: { state: OutcomeState }) {
  const { t } = useTranslation();
  const mark = { RUNNING: 'run', PASSED: 'ok', FAILED: 'bad' } as const;
  return (
    <Marked mark={mark[state]} state={state}>
      {t(`debug.state.${state}`)}
    </Marked>
  );
}

/** Any word with one of the four looks. */
export function Marked({ mark, state, children }: { mark: Mark; state?: string; children: ReactNode }) {
  return (
    <span className={`state state--${mark}`} style={{ cursor: 'default' }} data-testid="outcome" data-state={state}>
      {icons[mark]}
      <span>{children}</span>
    </span>
  );
}

const icons: Readonly<Record<Mark, ReactNode>> = {
  ok: <CheckCircleOutlined />,
  run: <SyncOutlined />,
  bad: <CloseCircleOutlined />,
  idle: <MinusCircleOutlined />,
};
