import type { ApiKeyView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { apiKeysQuery } from '../../api/usage.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Id } from '../../components/copy.tsx';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { MakeKey, RevokeKey, RotateKey } from './key-actions.tsx';

/** AK/SK pairs of a seller: where each is used, when last, and what may be done with it. */
export function ApiKeysPage() {
  const { t } = useTranslation();
  const keys = useQuery(apiKeysQuery);
  const columns = useColumns();
  return (
    <Page
      title={t('usage.keys.title')}
      tools={
        <div className="row">
          <ButtonLink to="/seller/api-requests">{t('usage.requests.log')}</ButtonLink>
          <MakeKey />
        </div>
      }
    >
      <Loaded query={keys}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence={t('usage.keys.none')} />
          ) : (
            <Rows rows={items} columns={columns} rowKey={({ ak }) => ak} testId="api-key" />
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<ApiKeyView>[] {
  const { t } = useTranslation();
  return [
    { key: 'name', title: t('usage.keys.name'), render: ({ name }) => name || '—' },
    { key: 'ak', title: t('usage.keys.ak'), render: ({ ak }) => <Id value={ak} name={t('usage.keys.ak')} /> },
    {
      key: 'state',
      title: t('usage.keys.state'),
      render: ({ state, endsAt, lockedUntil }) => (
        <>
          {t(`usage.keys.states.${state}`)}
          {state === 'ENDING' && endsAt !== null && (
            <div className="soft">
              {t('usage.keys.ends')} <Instant at={endsAt} />
            </div>
          )}
          {lockedUntil !== null && (
            <div className="fault">
              {t('usage.keys.locked')} <Instant at={lockedUntil} />
            </div>
          )}
        </>
      ),
    },
    { key: 'created', title: t('usage.keys.created'), render: ({ createdAt }) => <Instant at={createdAt} /> },
    {
      key: 'used',
      title: t('usage.keys.lastUsed'),
      render: ({ lastUsedAt }) => (lastUsedAt === null ? t('usage.keys.never') : <Instant at={lastUsedAt} />),
    },
    {
      key: 'action',
      title: t('list.action'),
      render: ({ ak, state }) => (
        <div className="row">
          {state === 'ACTIVE' && <RotateKey ak={ak} />}
          {(state === 'ACTIVE' || state === 'ENDING') && <RevokeKey ak={ak} />}
        </div>
      ),
    },
  ];
}
