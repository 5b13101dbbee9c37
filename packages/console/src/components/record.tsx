import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineView } from '../api/endpoints.ts';
import { Loaded } from './feedback.tsx';
import { Panel, usePageTitle } from './page.tsx';
import { Timeline } from './timeline.tsx';

interface RecordProps {
  readonly title: string;
  readonly state: ReactNode;
  /** ids and the like, under the name */
  readonly subtitle: ReactNode;
  /** the one next step: what happens or what to do */
  readonly next?: ReactNode;
  readonly children: ReactNode;
  readonly timeline?: {
    /** id of the record */
    readonly of: string;
    readonly data: TimelineView | undefined;
    readonly error: unknown;
    readonly refetch: () => unknown;
  };
}

/** The record page (console.md): head with name, state and the one next action; facts left; timeline right. */
export function RecordPage({ title, state, subtitle, next, children, timeline }: RecordProps) {
  const { t } = useTranslation();
  usePageTitle(title);
  return (
    <div className="page stack">
      <div className="stack stack--tight">
        <div className="row">
          <h1>{title}</h1>
          {state}
        </div>
        <div className="row soft">{subtitle}</div>
      </div>
      {next}
      <div className={timeline === undefined ? 'record record--wide' : 'record'}>
        <div className="stack">{children}</div>
        {timeline !== undefined && (
          <Panel title={t('record.timeline')}>
            <Loaded query={timeline}>{(data) => <Timeline entries={data.items} self={timeline.of} />}</Loaded>
          </Panel>
        )}
      </div>
    </div>
  );
}

/** The sentence that tells what comes next, with the action at its right. */
export function NextStep({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div className="next-step" data-testid="next-step">
      <span>{children}</span>
      {action}
    </div>
  );
}
