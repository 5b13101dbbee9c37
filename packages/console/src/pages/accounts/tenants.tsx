import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { putOnTrack, type TenantView, TRACKS, type Track, tenantsQuery } from '../../api/members.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { parseTenantSearch, tenantKinds } from '../../search/tenant-params.ts';
import { may } from '../../shell/areas.ts';
import { InitialPassword } from './initial-password.tsx';
import { OpenTenant } from './open-tenant.tsx';

/** Buyers and sellers of the marketplace; opening one makes its main account. */
export function TenantsPage() {
  const { t } = useTranslation();
  const search = parseTenantSearch(useSearch({ strict: false }));
  const tenants = useQuery(tenantsQuery(search));
  const allowed = may(useQuery(sessionQuery).data, 'tenant.open');
  const [opening, setOpening] = useState(false);
  const [told, setTold] = useState<{ readonly loginName: string; readonly password: string } | null>(null);
  const columns = useColumns();
  return (
    <Page
      title={t('nav.tenants')}
      tools={
        allowed && (
          <Button type="primary" onClick={() => setOpening(true)} data-testid="open-tenant">
            {t('members.openTenant')}
          </Button>
        )
      }
    >
      {told !== null && <InitialPassword {...told} />}
      <Filters active={search.kind !== undefined || search.text !== undefined} names={['kind', 'text']}>
        <ChoiceFilter
          name="kind"
          label={t('members.kind')}
          value={search.kind}
          choices={tenantKinds.map((value) => ({ value, label: t(`members.kinds.${value}`) }))}
        />
        <TextFilter name="text" label={t('members.find')} value={search.text} />
      </Filters>
      <Loaded query={tenants}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t('list.noMatch')} />
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={({ tenantId }) => tenantId} testId="tenant-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
      {opening && (
        <OpenTenant
          onClose={() => setOpening(false)}
          onOpened={(loginName, password) => {
            setTold({ loginName, password });
            setOpening(false);
          }}
        />
      )}
    </Page>
  );
}

function useColumns(): Column<TenantView>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      title: t('members.tenantName'),
      render: ({ name, tenantId, leftAt }) => (
        <>
          {name}
          {leftAt !== null && (
            <>
              {' '}
              <span className="soft" data-testid="tenant-left">
                {t('members.left')} <Instant at={leftAt} />
              </span>
            </>
          )}
          <div className="mono soft">{tenantId}</div>
        </>
      ),
    },
    { key: 'kind', title: t('members.kind'), render: ({ kind }) => t(`members.kinds.${kind}`) },
    {
      key: 'owner',
      title: t('members.owner'),
      render: ({ owner, people }) => (
        <>
          <span className="mono">{owner ?? '—'}</span>
          <div className="soft">{t('members.people', { count: people })}</div>
        </>
      ),
    },
    {
      key: 'contact',
      title: t('members.contact'),
      render: ({ email, phone }) => (
        <>
          {email || '—'}
          <div className="soft">{phone}</div>
        </>
      ),
    },
    {
      key: 'distributors',
      title: t('members.distributorRole'),
      render: ({ kind, tenantId }) =>
        kind === 'buyer' ? (
          <Link
            to="/operator/tenants/$buyerId/distributors"
            params={{ buyerId: tenantId }}
            data-testid="to-distributors"
          >
            {t('members.distributorAccounts')}
          </Link>
        ) : (
          '—'
        ),
    },
    {
      key: 'track',
      title: t('members.track'),
      render: (tenant) => (tenant.kind === 'buyer' ? <TrackOf buyer={tenant} /> : '—'),
    },
    { key: 'created', title: t('members.created'), render: ({ createdAt }) => <Instant at={createdAt} /> },
  ];
}

/** Whether the platform reviews a buyer's joint-operation deliveries (S-48); who may decide chooses. */
function TrackOf({ buyer: { tenantId, name, track } }: { buyer: TenantView }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'supervision.decide');
  const change = useCommand({
    run: (next: Track | 'NONE') => putOnTrack(tenantId, next === 'NONE' ? null : next),
    refresh: ['tenants'],
    done: t('members.trackDone'),
  });
  const label = (value: Track | 'NONE') => t(`members.tracks.${value}`);
  if (!allowed) return label(track ?? 'NONE');
  return (
    <Select<Track | 'NONE'>
      size="small"
      value={track ?? 'NONE'}
      loading={change.isPending}
      options={(['NONE', ...TRACKS] as const).map((value) => ({ value, label: label(value) }))}
      onChange={(next) => change.mutate(next)}
      popupMatchSelectWidth={false}
      aria-label={t('members.trackOf', { name })}
      title={t('members.trackHelp')}
      data-testid="tenant-track"
    />
  );
}
