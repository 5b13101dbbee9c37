import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeScimToken, revokeScimToken, scimTokensQuery } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';
import { CopyButton } from '../../components/copy.tsx';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { Instant } from '../../components/values.tsx';

/** Tokens of the identity provider (E-18): while there is one, the console only reads. */
export function ScimTokens({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation();
  const revoke = useCommand({
    run: (tokenId: string) => revokeScimToken(enterpriseId, tokenId),
    refresh: ['enterprises', enterpriseId],
    done: t('people.removed'),
  });
  return (
    <Panel title={t('people.scim.title')}>
      <div className="stack">
        <p className="soft">{t('people.scim.intro')}</p>
        <Loaded query={useQuery(scimTokensQuery(enterpriseId))}>
          {({ items, baseUrl }) => (
            <>
              <div className="row">
                <span>{t('people.scim.base')}</span>
                <span className="mono">{baseUrl}</span>
                <CopyButton text={baseUrl} name={t('people.scim.base')} />
              </div>
              {items.length === 0 && <p className="soft">{t('people.scim.none')}</p>}
              {items.map(({ tokenId, name, lastUsedAt }) => (
                <div key={tokenId} className="row" data-testid="scim-token">
                  <strong>{name}</strong>
                  <span className="soft">{t('people.scim.used')}</span>
                  {lastUsedAt === null ? t('people.scim.never') : <Instant at={lastUsedAt} />}
                  <Button size="small" danger onClick={() => revoke.mutate(tokenId)} data-testid="revoke-token">
                    {t('people.scim.revoke')}
                  </Button>
                </div>
              ))}
            </>
          )}
        </Loaded>
        <Make enterpriseId={enterpriseId} />
      </div>
    </Panel>
  );
}

function Make({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const make = useCommand({
    run: () => makeScimToken(enterpriseId, name.trim()),
    refresh: ['enterprises', enterpriseId],
    onDone: () => setName(''),
  });
  return (
    <>
      <div className="row">
        <Input
          value={name}
          maxLength={64}
          style={{ maxWidth: 240 }}
          placeholder={t('people.scim.name')}
          aria-label={t('people.scim.name')}
          onChange={({ target }) => setName(target.value)}
          data-testid="scim-name"
        />
        <Button
          disabled={name.trim() === ''}
          loading={make.isPending}
          onClick={() => make.mutate(undefined)}
          data-testid="make-token"
        >
          {t('people.scim.make')}
        </Button>
        <span className="soft">{t('people.scim.confirm')}</span>
      </div>
      {make.data && (
        <Alert
          type="success"
          showIcon
          title={t('people.scim.once')}
          description={
            <span className="row">
              <span className="mono" style={{ overflowWrap: 'anywhere' }} data-testid="scim-once">
                {make.data.token}
              </span>
              <CopyButton text={make.data.token} name={t('people.scim.title')} />
            </span>
          }
        />
      )}
    </>
  );
}
