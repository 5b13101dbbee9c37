import type { OwnSessionView } from '@jishi/marketplace/console-api';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { endOtherSessions, endSession } from '../../api/security.ts';
import { useCommand } from '../../components/command.ts';
import { Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';

/** Where one is signed in: every browser, which of them is this one, and the way out of each. */
export function SessionsPanel({ sessions }: { sessions: readonly OwnSessionView[] }) {
  const { t } = useTranslation();
  const columns = useColumns();
  const others = useCommand({
    run: endOtherSessions,
    refresh: ['security'],
    done: t('security.othersEnded'),
  });
  return (
    <Panel title={t('security.sessions')}>
      <div className="stack">
        <Rows rows={sessions} columns={columns} rowKey={({ sessionId }) => sessionId} testId="session-row" />
        {sessions.length > 1 && (
          <div>
            <Popconfirm
              title={t('security.endOthersAsk')}
              okText={t('security.endOthers')}
              cancelText={t('security.cancel')}
              onConfirm={() => others.mutate(undefined)}
              okButtonProps={{ 'data-testid': 'end-others-confirm' }}
            >
              <Button loading={others.isPending} data-testid="end-others">
                {t('security.endOthers')}
              </Button>
            </Popconfirm>
          </div>
        )}
      </div>
    </Panel>
  );
}

function useColumns(): Column<OwnSessionView>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'browser',
      title: t('security.browser'),
      render: (session) => (
        <>
          <BrowserName session={session} /> {session.current && <strong>({t('security.thisOne')})</strong>}
          <div className="soft">{t(`security.by.${session.method}`)}</div>
        </>
      ),
    },
    { key: 'address', title: t('security.address'), render: ({ ip }) => <span className="mono">{ip ?? '—'}</span> },
    { key: 'opened', title: t('security.opened'), render: ({ createdAt }) => <Instant at={createdAt} /> },
    { key: 'used', title: t('security.lastUsed'), render: ({ lastUsedAt }) => <Instant at={lastUsedAt} /> },
    {
      key: 'action',
      title: t('list.action'),
      render: (session) => (session.current ? '—' : <EndSession session={session} />),
    },
  ];
}

function BrowserName({ session: { browser, system } }: { session: OwnSessionView }) {
  const { t } = useTranslation();
  if (browser !== null && system !== null) return t('security.browserOn', { browser, system });
  return browser ?? system ?? t('security.unknownBrowser');
}

function EndSession({ session: { sessionId } }: { session: OwnSessionView }) {
  const { t } = useTranslation();
  const end = useCommand({
    run: () => endSession(sessionId),
    refresh: ['security'],
    done: t('security.ended'),
  });
  return (
    <Button size="small" loading={end.isPending} onClick={() => end.mutate(undefined)} data-testid="end-session">
      {t('security.end')}
    </Button>
  );
}
