import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ownProductsQuery } from '../../api/publication.ts';
import type { OwnProductView } from '../../api/publication-types.ts';
import { accessTypes } from '../../components/access-types.ts';
import { ButtonLink } from '../../components/button-link.tsx';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { useBase } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';
import { isFiltered } from '../../search/params.ts';
import {
  parseOwnProductSearch,
  productClasses,
  productStatuses,
  visibilities,
} from '../../search/publication-params.ts';
import { EditButton } from './edit-button.tsx';
import { Exchange } from './exchange.tsx';
import { ProductStatus } from './state-words.tsx';
import { useTypeName } from './words.ts';

/** My products (S-30, S-37a); operators see those of all sellers. */
export function OwnProductsPage() {
  const { t } = useTranslation();
  const operator = useBase() === 'operator';
  const search = parseOwnProductSearch(useSearch({ strict: false }));
  const products = useQuery(ownProductsQuery(search));
  const columns = useColumns(operator);
  const begin = (
    <ButtonLink to="/seller/products/new" color="primary" variant="solid" data-testid="new-product">
      {t('publication.publish')}
    </ButtonLink>
  );
  return (
    <Page
      title={t('nav.products')}
      tools={
        operator ? undefined : (
          <span className="row">
            <Exchange />
            {begin}
          </span>
        )
      }
    >
      <ProductFilters search={search} />
      <Loaded query={products}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'publication.noProducts')}>
              {!operator && !isFiltered(search) && begin}
            </Empty>
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={(row) => row.goodsId} testId="own-product-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function ProductFilters({ search }: { search: ReturnType<typeof parseOwnProductSearch> }) {
  const { t } = useTranslation();
  return (
    <Filters active={isFiltered(search)} names={['q', 'status', 'accessType', 'class', 'visibility']}>
      <TextFilter name="q" label={t('publication.nameOrId')} value={search.q} />
      <ChoiceFilter
        name="status"
        label={t('publication.state')}
        value={search.status}
        choices={productStatuses.map((value) => ({ value, label: t(`publication.status.${value}.word`) }))}
      />
      <ChoiceFilter
        name="accessType"
        label={t('publication.accessType')}
        value={search.accessType}
        choices={accessTypes.map((value) => ({ value, label: t(`publication.types.${value}.name`) }))}
      />
      <ChoiceFilter
        name="class"
        label={t('publication.class')}
        value={search.class}
        choices={productClasses.map((value) => ({ value, label: t(`publication.classes.${value}`) }))}
      />
      <ChoiceFilter
        name="visibility"
        label={t('publication.visibility')}
        value={search.visibility}
        choices={visibilities.map((value) => ({ value, label: t(`publication.visibilities.${value}`) }))}
      />
    </Filters>
  );
}

function useColumns(operator: boolean): Column<OwnProductView>[] {
  const { t } = useTranslation();
  const typeName = useTypeName();
  return [
    { key: 'name', title: t('order.product'), render: (row) => <ProductName row={row} /> },
    {
      key: 'status',
      title: t('publication.state'),
      render: (row) => (
        <div className="stack" style={{ gap: 2, justifyItems: 'start' }}>
          <ProductStatus status={row.status} />
          {row.visibility === 'HIDDEN' && <span className="soft">{t('publication.visibilities.HIDDEN')}</span>}
          {row.templateMissing && <span className="hint">{t('publication.templateMissing')}</span>}
        </div>
      ),
    },
    { key: 'type', title: t('publication.accessType'), render: typeName },
    { key: 'class', title: t('publication.class'), render: (row) => t(`publication.classes.${row.class}`) },
    ...(operator
      ? [{ key: 'seller', title: t('lives.seller'), render: (row: OwnProductView) => row.seller.name }]
      : []),
    {
      key: 'version',
      title: t('publication.versionNumber'),
      align: 'right',
      render: (row) =>
        row.version === null ? <span className="soft">—</span> : <span className="num">{row.version}</span>,
    },
    { key: 'next', title: t('publication.next'), render: (row) => <NextAction row={row} operator={operator} /> },
  ];
}

function ProductName({ row }: { row: OwnProductView }) {
  const { t } = useTranslation();
  const text = useText();
  const operator = useBase() === 'operator';
  const name = text(row.name) || t('publication.noName');
  const { goodsId } = row;
  return (
    <div className="product-cell">
      {row.version === null && !operator ? (
        <Link to="/seller/products/edit/$goodsId" params={{ goodsId }} data-testid="own-product-link">
          {name}
        </Link>
      ) : (
        <Link
          to={operator ? '/operator/products/$goodsId' : '/seller/products/$goodsId'}
          params={{ goodsId }}
          data-testid="own-product-link"
        >
          {name}
        </Link>
      )}
      <div className="mono soft">{goodsId}</div>
    </div>
  );
}

/** The one thing to do next with this product; a sentence where there is nothing to do. */
function NextAction({ row, operator }: { row: OwnProductView; operator: boolean }) {
  const { t } = useTranslation();
  const { goodsId } = row;
  if (row.openApplication !== null) {
    const { applicationId, kind } = row.openApplication;
    const word = t(`publication.inReview.${kind}`);
    return operator ? (
      <Link to="/operator/reviews/$applicationId" params={{ applicationId }}>
        {word}
      </Link>
    ) : (
      <Link to="/seller/applications" search={{ goodsId }}>
        {word}
      </Link>
    );
  }
  if (operator) return <span className="soft">—</span>;
  if (row.hasDraft || row.version === null || row.status === 'ON_SALE') return <EditButton product={row} />;
  return <span className="soft">—</span>;
}
