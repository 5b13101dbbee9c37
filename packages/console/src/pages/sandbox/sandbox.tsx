import { DownloadOutlined, UndoOutlined } from '@ant-design/icons';
import type { SandboxState } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { harUrl, resetSandbox, sandboxQuery } from '../../api/sandbox.ts';
import { useCommand } from '../../components/command.ts';
import { Id } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { Exchanges } from './exchanges.tsx';
import { Faults } from './faults.tsx';
import { ScenarioFile } from './scenario-file.tsx';
import { Scenarios } from './scenarios.tsx';
import { Upcoming } from './upcoming.tsx';

/** A developer's own marketplace: every scenario a button, time in one's hand, each call with its signature, step by step. */
export function SandboxPage() {
  const { t } = useTranslation();
  const state = useQuery(sandboxQuery);
  return (
    <Page title={t('sandbox.title')} tools={<Tools />}>
      <Loaded query={state}>
        {(data) => (
          <>
            <Changes changes={data.changes} />
            <div className="sandbox-grid">
              <div className="stack">
                <Scenarios state={data} />
                <Faults faults={data.faults} activities={activitiesOf(data)} />
              </div>
              <div className="stack">
                <Upcoming busy={data.clock.moving !== null} now={data.clock.now} />
                <Connected state={data} />
              </div>
            </div>
            <Exchanges activities={[...activitiesOf(data), 'queryOrder']} />
            <ScenarioFile />
          </>
        )}
      </Loaded>
    </Page>
  );
}

/** What the seller can be called with, in the protocol that it speaks. */
function activitiesOf({ scenarios }: SandboxState): string[] {
  return [...new Set(scenarios.map(({ activity }) => activity))];
}

function Tools() {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const reset = useCommand({ run: resetSandbox, refresh: [], done: t('sandbox.resetDone') });
  const ask = (): void =>
    void modal.confirm({
      title: t('sandbox.resetTitle'),
      content: t('sandbox.resetHelp'),
      okText: t('sandbox.reset'),
      okButtonProps: { danger: true, 'data-testid': 'reset-confirm' },
      onOk: () => reset.mutateAsync().catch(() => undefined),
    });
  return (
    <div className="row">
      <Button href={harUrl} download="jishi-sandbox.har" icon={<DownloadOutlined />} data-testid="har">
        {t('sandbox.har')}
      </Button>
      <Button danger icon={<UndoOutlined />} loading={reset.isPending} onClick={ask} data-testid="reset">
        {t('sandbox.reset')}
      </Button>
    </div>
  );
}

/** What a site's rules will change soon, before it does. */
function Changes({ changes }: Pick<SandboxState, 'changes'>) {
  const { t } = useTranslation();
  const text = useText();
  return changes.map((change) => (
    <Alert
      key={`${change.protocol} ${change.at} ${change.what.en}`}
      type="warning"
      showIcon
      title={
        <>
          {t('sandbox.changeIn', { days: change.daysLeft })} <Instant at={change.at} />
        </>
      }
      description={
        <>
          {text(change.what)} <span className="mono soft">{change.reference}</span>
        </>
      }
      data-testid="protocol-change"
    />
  ));
}

function Connected({ state: { seller, seed } }: { state: SandboxState }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('sandbox.seller')}>
      <dl className="facts">
        <Pair term={t('sandbox.server')} value={t(seller.own ? 'sandbox.ownSeller' : 'sandbox.demoSeller')} />
        <Pair term={t('sandbox.address')} value={<Id value={seller.url} name={t('sandbox.address')} />} />
        <Pair term={t('sandbox.protocol')} value={<span className="mono">{seller.protocol}</span>} />
        {seed !== null && <Pair term={t('sandbox.seed')} value={<span className="mono">{seed}</span>} />}
      </dl>
      {!seller.own && (
        <div className="stack stack--tight" style={{ marginTop: 12 }}>
          <p className="soft">{t('sandbox.connectOwn')}</p>
          <pre className="code">jishi start --seller http://localhost:3000/saasproduce --access-key KEY</pre>
        </div>
      )}
    </Panel>
  );
}
