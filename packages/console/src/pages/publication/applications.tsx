import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button, Popconfirm } from 'antd';
import { useTranslation } from 'react-i18next';
import { applicationsQuery, withdrawApplication } from '../../api/publication.ts';
import type { ApplicationCardView } from '../../api/publication-types.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { formatInstant } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { isFiltered } from '../../search/params.ts';
import { applicationKinds, applicationStates, parseApplicationSearch } from '../../search/publication-params.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { ApplicationStatus, Due } from './state-words.tsx';
import { useTypeName } from './words.ts';

/** My applications (S-31): what was submitted, how it stands, why it came back. */
export function ApplicationsPage() {
  const { t } = useTranslation();
  const search = parseApplicationSearch(useSearch({ strict: false }));
  const applications = useQuery(applicationsQuery(search));
  const columns = useColumns();
  return (
    <Page title={t('nav.applications')}>
      <Filters active={isFiltered(search)} names={['state', 'kind', 'goodsId']}>
        <ChoiceFilter
          name="state"
          label={t('publication.state')}
          value={search.state}
          choices={applicationStates.map((value) => ({
            value,
            label: t(`publication.applicationState.${value}.word`),
          }))}
        />
        <ChoiceFilter
          name="kind"
          label={t('publication.kind')}
          value={search.kind}
          choices={applicationKinds.map((value) => ({ value, label: t(`publication.kinds.${value}`) }))}
        />
        <TextFilter name="goodsId" label={t('publication.goodsId')} value={search.goodsId} />
      </Filters>
      <Loaded query={applications}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'publication.noApplications')}>
              {!isFiltered(search) && <ButtonLink to="/seller/products">{t('nav.products')}</ButtonLink>}
            </Empty>
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={(row) => row.applicationId} testId="application-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(): Column<ApplicationCardView>[] {
  const { t } = useTranslation();
  const text = useText();
  const typeName = useTypeName();
  const { language } = usePreferences();
  return [
    {
      key: 'product',
      title: t('order.product'),
      render: (row) => (
        <div className="product-cell">
          <Link
            to="/seller/applications/$applicationId"
            params={{ applicationId: row.applicationId }}
            data-testid="application-link"
          >
            {text(row.name) || t('publication.noName')}
          </Link>
          <div className="soft">{typeName({ accessType: row.accessType, licenseVariant: null })}</div>
        </div>
      ),
    },
    { key: 'kind', title: t('publication.kind'), render: (row) => t(`publication.kinds.${row.kind}`) },
    {
      key: 'state',
      title: t('publication.state'),
      render: (row) => (
        <div className="stack" style={{ gap: 2, justifyItems: 'start' }}>
          <ApplicationStatus state={row.state} />
          {row.state === 'PENDING' && (
            <span className="soft">
              {t('publication.dueAt')}{' '}
              <Due application={{ overdue: row.overdue, time: formatInstant(row.dueAt, language) }} />
            </span>
          )}
        </div>
      ),
    },
    { key: 'submitted', title: t('publication.submittedAt'), render: (row) => <Instant at={row.submittedAt} /> },
    { key: 'reason', title: t('publication.reason'), render: (row) => <Reasons application={row} /> },
    { key: 'action', title: t('list.action'), render: (row) => <ApplicationActions application={row} /> },
  ];
}

/** Why it came back, section by section. */
export function Reasons({ application }: { application: Pick<ApplicationCardView, 'reasons' | 'comment'> }) {
  const { t } = useTranslation();
  const { reasons, comment } = application;
  if (reasons.length === 0 && comment === '') return <span className="soft">—</span>;
  return (
    <div style={{ maxWidth: 320 }} data-testid="reasons">
      {reasons.map(({ section, reason }) => (
        <div key={section}>
          <span className="soft">{t(`publication.steps.${section}`)}: </span>
          {reason}
        </div>
      ))}
      {comment !== '' && <div>{comment}</div>}
    </div>
  );
}

/** Withdraw what waits, correct what came back, or apply for it once more. */
export function ApplicationActions({ application }: { application: ApplicationCardView }) {
  const { t } = useTranslation();
  const text = useText();
  const { applicationId, goodsId, kind, state } = application;
  const withdraw = useCommand({
    run: () => withdrawApplication(applicationId),
    refresh: [],
    done: t('publication.withdrawn'),
  });
  if (state === 'PENDING') {
    return (
      <Popconfirm
        title={t('publication.withdrawQuestion')}
        description={<div style={{ maxWidth: 320 }}>{t('publication.withdrawHelp')}</div>}
        okText={t('publication.withdraw')}
        okButtonProps={{ 'data-testid': 'withdraw-confirm' }}
        onConfirm={() => withdraw.mutate(undefined)}
      >
        <Button
          size="small"
          loading={withdraw.isPending}
          aria-label={`${t('publication.withdraw')}: ${text(application.name)}`}
          data-testid="withdraw"
        >
          {t('publication.withdraw')}
        </Button>
      </Popconfirm>
    );
  }
  if (state === 'REJECTED' || state === 'WITHDRAWN') {
    return kind === 'REMOVAL' ? (
      <ButtonLink
        size="small"
        to="/seller/products/$goodsId"
        params={{ goodsId }}
        search={{ again: applicationId }}
        data-testid="apply-again"
      >
        {t('publication.applyAgain')}
      </ButtonLink>
    ) : (
      <ButtonLink size="small" to="/seller/products/edit/$goodsId" params={{ goodsId }} data-testid="correct">
        {t('publication.correct')}
      </ButtonLink>
    );
  }
  return <span className="soft">—</span>;
}
