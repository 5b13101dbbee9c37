import type { AccountSecurityView } from '@jishi/marketplace/console-api';
import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { linkIdentity, unlinkIdentity } from '../../api/security.ts';
import { useCommand } from '../../components/command.ts';
import { Panel } from '../../components/page.tsx';
import { formatInstant } from '../../format/time.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { ProofDialog } from './proof.tsx';

type Provider = NonNullable<AccountSecurityView['identityProvider']>;

/** Who one is at the company's identity provider. */
export function IdentityPanel({ provider: { name, identity } }: { provider: Provider }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const [linking, setLinking] = useState(false);
  const unlink = useCommand({ run: unlinkIdentity, refresh: ['security'], done: t('security.unlinked') });
  return (
    <Panel title={t('security.identity', { provider: name })}>
      <div className="stack">
        <p data-testid="identity-state">
          {identity === null
            ? t('security.identityNone', { provider: name })
            : t('security.identityLinked', {
                email: identity.email === '' ? t('security.nameless') : identity.email,
                date: formatInstant(identity.linkedAt, language),
              })}
        </p>
        <div>
          {identity === null ? (
            <Button onClick={() => setLinking(true)} data-testid="identity-link">
              {t('security.link')}
            </Button>
          ) : (
            <Popconfirm
              title={t('security.unlinkAsk')}
              okText={t('security.unlink')}
              cancelText={t('security.cancel')}
              onConfirm={() => unlink.mutate(undefined)}
            >
              <Button danger loading={unlink.isPending} data-testid="identity-unlink">
                {t('security.unlink')}
              </Button>
            </Popconfirm>
          )}
        </div>
      </div>
      {linking && (
        <ProofDialog
          title={t('security.link')}
          help={t('security.identityNone', { provider: name })}
          withCode={false}
          run={({ password }) => linkIdentity(password)}
          onDone={({ address }) => window.location.assign(address)}
          onClose={() => setLinking(false)}
        />
      )}
    </Panel>
  );
}
