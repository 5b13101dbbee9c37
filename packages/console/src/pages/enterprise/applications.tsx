import type { BoundApplicationView, EnterpriseView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { actOnApplication, applicationsQuery } from '../../api/enterprise.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';
import { useText } from '../../i18n/text.ts';
import { may } from '../../shell/areas.ts';
import { AuthoriseDialog } from './authorise.tsx';
import { BindDialog } from './bind.tsx';
import { EnterpriseFrame } from './frame.tsx';
import { TaskPanel } from './task-panel.tsx';

const TONES: Readonly<Record<BoundApplicationView['state'], Tone>> = {
  BINDING: 'run',
  BOUND: 'ok',
  FAILED: 'bad',
  ENDED: 'idle',
};

/** Bound applications: whom they are visible to, and what waits for a decision (E-20 … E-35). */
export function ApplicationsPage() {
  const { t } = useTranslation();
  const owner = may(useQuery(sessionQuery).data, 'enterprise.manage');
  const [binding, setBinding] = useState(false);
  return (
    <EnterpriseFrame
      tools={() => (
        <Button
          type="primary"
          disabled={!owner}
          title={owner ? undefined : t('people.application.noneHelp')}
          onClick={() => setBinding(true)}
          data-testid="bind"
        >
          {t('people.application.bind')}
        </Button>
      )}
    >
      {(enterprise) => (
        <>
          <Applications enterprise={enterprise} />
          {binding && <BindDialog enterpriseId={enterprise.enterpriseId} onClose={() => setBinding(false)} />}
        </>
      )}
    </EnterpriseFrame>
  );
}

function Applications({ enterprise }: { enterprise: EnterpriseView }) {
  const { t } = useTranslation();
  return (
    <Loaded query={useQuery(applicationsQuery(enterprise.enterpriseId))}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty sentence={t('people.application.none')}>
            <p className="soft">{t('people.application.noneHelp')}</p>
          </Empty>
        ) : (
          items.map((application) => (
            <Application key={application.applicationId} enterprise={enterprise} application={application} />
          ))
        )
      }
    </Loaded>
  );
}

interface ApplicationProps {
  readonly enterprise: EnterpriseView;
  readonly application: BoundApplicationView;
}

function Application({ enterprise, application }: ApplicationProps) {
  const { t } = useTranslation();
  const text = useText();
  const { members, seats, state, stopped } = application;
  const shared = application.attributes.map((each) => t(`people.application.shared.${each}`)).join('、');
  return (
    <Panel title={text(application.productName)}>
      <div className="stack" data-testid="application" data-row={application.applicationId}>
        <div className="row">
          <State
            tone={TONES[state]}
            word={t(`people.application.state.${state}.word`)}
            help={t(`people.application.state.${state}.help`)}
            state={state}
            testId="application-state"
          />
          {stopped && <span className="state state--bad">{t('people.application.stopped')}</span>}
          <span data-testid="authorised">
            {seats === null
              ? t('people.application.used', { used: members.AUTHORISED })
              : t('people.application.seats', { used: members.AUTHORISED, seats })}
          </span>
        </div>
        {application.tasks.map((task) => (
          <TaskPanel key={task.taskId} enterpriseId={enterprise.enterpriseId} task={task} />
        ))}
        <dl className="facts">
          <Pair term={t('people.application.authorise')} value={<Range application={application} />} />
          <Pair term={t('people.application.attributes')} value={shared || t('people.application.sharesNothing')} />
          <Pair term={t('people.application.memberStates')} value={<States application={application} />} />
        </dl>
        <Tools enterprise={enterprise} application={application} />
      </div>
    </Panel>
  );
}

function Range({ application: { range } }: { application: BoundApplicationView }) {
  const { t } = useTranslation();
  if (range.everyone) return t('people.application.everyone');
  const parts = (['departments', 'groups', 'members'] as const)
    .filter((part) => range[part].length > 0)
    .map((part) => `${t(`people.application.${part}`)} ${range[part].length}`);
  return parts.length === 0 ? t('people.application.nobody') : parts.join(' · ');
}

function States({ application: { members } }: { application: BoundApplicationView }) {
  const { t } = useTranslation();
  const counted = (['AUTHORISED', 'SYNCING', 'FAILED', 'NOT_SYNCED', 'WITHDRAWN'] as const)
    .filter((state) => members[state] > 0)
    .map((state) => `${t(`people.application.memberState.${state}`)} ${members[state]}`);
  return counted.join(' · ') || '—';
}

function Tools({ enterprise, application }: ApplicationProps) {
  const { t } = useTranslation();
  const session = useQuery(sessionQuery).data;
  const [authorising, setAuthorising] = useState(false);
  const { enterpriseId } = enterprise;
  const { applicationId, state, loginUrl, stopped } = application;
  const act = useCommand({
    run: (what: 'binding' | 'resynchronisation' | 'stop' | 'start') =>
      actOnApplication(enterpriseId, applicationId, what),
    refresh: ['enterprises', enterpriseId],
    done: t('people.saved'),
  });
  const allowed = may(session, 'application.authorise');
  const why = !allowed
    ? t('people.application.role')
    : state !== 'BOUND'
      ? t('people.application.notBound')
      : loginUrl === ''
        ? t('people.application.loginMissing')
        : undefined;
  return (
    <div className="row">
      <Button type="primary" disabled={why !== undefined} onClick={() => setAuthorising(true)} data-testid="authorise">
        {t('people.application.authorise')}
      </Button>
      <Button
        disabled={why !== undefined}
        title={t('people.application.resyncHelp')}
        onClick={() => act.mutate('resynchronisation')}
        data-testid="resync"
      >
        {t('people.application.resync')}
      </Button>
      <Button disabled={!allowed} onClick={() => act.mutate(stopped ? 'start' : 'stop')} data-testid="stop-start">
        {t(stopped ? 'people.application.start' : 'people.application.stop')}
      </Button>
      {state === 'FAILED' && (
        <Button
          disabled={!may(session, 'enterprise.manage')}
          onClick={() => act.mutate('binding')}
          data-testid="bind-again"
        >
          {t('people.application.again')}
        </Button>
      )}
      {why !== undefined && <span className="soft">{why}</span>}
      {authorising && (
        <AuthoriseDialog enterpriseId={enterpriseId} application={application} onClose={() => setAuthorising(false)} />
      )}
    </div>
  );
}
