import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { reviewQueueQuery } from '../../api/publication.ts';
import type { ApplicationCardView } from '../../api/publication-types.ts';
import { accessTypes } from '../../components/access-types.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters } from '../../components/filters.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { formatInstant } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { isFiltered } from '../../search/params.ts';
import { applicationKinds, parsePublicationReviewSearch } from '../../search/publication-params.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { HardwareSellers } from './hardware-sellers.tsx';
import { Due } from './state-words.tsx';

/** What waits for the operator's review, overdue first (O-8): three working days from the submission (S-31). */
export function ReviewQueuePage() {
  const { t } = useTranslation();
  const search = parsePublicationReviewSearch(useSearch({ strict: false }));
  const queue = useQuery(reviewQueueQuery(search));
  const columns = useColumns();
  return (
    <Page title={t('nav.productReviews')}>
      <Filters active={isFiltered(search)} names={['kind', 'accessType']}>
        <ChoiceFilter
          name="kind"
          label={t('publication.kind')}
          value={search.kind}
          choices={applicationKinds.map((value) => ({ value, label: t(`publication.kinds.${value}`) }))}
        />
        <ChoiceFilter
          name="accessType"
          label={t('publication.accessType')}
          value={search.accessType}
          choices={accessTypes.map((value) => ({ value, label: t(`publication.types.${value}.name`) }))}
        />
      </Filters>
      <Loaded query={queue}>
        {({ items, total, overdue }) =>
          items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'publication.nothingToReview')} />
          ) : (
            <>
              <p data-testid="queue-sum">
                {t('publication.queueSum', { total })}
                {overdue > 0 && (
                  <>
                    {' · '}
                    <span className="fault">{t('publication.queueOverdue', { count: overdue })}</span>
                  </>
                )}
              </p>
              <Rows rows={items} columns={columns} rowKey={(row) => row.applicationId} testId="review-row" />
            </>
          )
        }
      </Loaded>
      <HardwareSellers />
    </Page>
  );
}

function useColumns(): Column<ApplicationCardView>[] {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  return [
    {
      key: 'product',
      title: t('order.product'),
      render: (row) => (
        <div className="product-cell">
          <Link
            to="/operator/reviews/$applicationId"
            params={{ applicationId: row.applicationId }}
            data-testid="review-link"
          >
            {text(row.name) || t('publication.noName')}
          </Link>
          <div className="soft">{t(`publication.types.${row.accessType}.name`)}</div>
        </div>
      ),
    },
    { key: 'seller', title: t('lives.seller'), render: (row) => row.seller.name },
    { key: 'kind', title: t('publication.kind'), render: (row) => t(`publication.kinds.${row.kind}`) },
    {
      key: 'due',
      title: t('publication.dueAt'),
      render: (row) => <Due application={{ overdue: row.overdue, time: formatInstant(row.dueAt, language) }} />,
    },
    { key: 'submitted', title: t('publication.submittedAt'), render: (row) => <Instant at={row.submittedAt} /> },
    { key: 'by', title: t('publication.submittedBy'), render: (row) => row.submittedBy },
  ];
}
