import type { LicenceCodeView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { codesQuery } from '../../api/licences.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { OrderLink } from '../../components/links.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { codeKinds, codeStates, parseCodeSearch } from '../../search/code-params.ts';
import { isFiltered } from '../../search/params.ts';
import { may } from '../../shell/areas.ts';
import { CodeState } from '../buyer/licence-state.tsx';
import { MakeTestCode } from './codes-test.tsx';
import { ViewCode } from './codes-view.tsx';

/** Codes of a seller: bought ones with what became of them, and test codes for the two open APIs (4.6). */
export function CodesPage() {
  const { t } = useTranslation();
  const search = parseCodeSearch(useSearch({ strict: false }));
  const codes = useQuery(codesQuery(search));
  const makes = may(useQuery(sessionQuery).data, 'delivery.make');
  const columns = useColumns(makes);
  return (
    <Page
      title={t('licence.codes.title')}
      tools={makes && codes.data !== undefined && <MakeTestCode products={codes.data.products} />}
    >
      <Filters active={isFiltered(search)} names={['kind', 'state', 'orderId']}>
        <ChoiceFilter
          name="kind"
          label={t('licence.codes.kind')}
          value={search.kind}
          choices={codeKinds.map((value) => ({ value, label: t(`licence.codes.${value}`) }))}
        />
        <ChoiceFilter
          name="state"
          label={t('licence.status')}
          value={search.state}
          choices={codeStates.map((value) => ({ value, label: t(`licence.state.${value}.word`) }))}
        />
        <TextFilter name="orderId" label={t('licence.order')} value={search.orderId} />
      </Filters>
      <Loaded query={codes}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'licence.codes.none')} />
          ) : (
            <>
              <Rows rows={page.items} columns={columns} rowKey={({ codeId }) => codeId} testId="code-row" />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function useColumns(makes: boolean): Column<LicenceCodeView>[] {
  const { t } = useTranslation();
  const text = useText();
  const time = (key: 'createdAt' | 'activatedAt' | 'queriedAt' | 'expireAt'): Column<LicenceCodeView> => ({
    key,
    title: t(`licence.${key}`),
    render: ({ [key]: at }) => (at === null ? '—' : <Instant at={at} />),
  });
  return [
    {
      key: 'product',
      title: t('licence.product'),
      render: (code) => (
        <>
          {text(code.productName)}
          <div className="soft">{code.test ? t('licence.testCode') : code.buyerName}</div>
        </>
      ),
    },
    { key: 'state', title: t('licence.status'), render: ({ state }) => <CodeState state={state} /> },
    {
      key: 'order',
      title: t('licence.order'),
      render: ({ orderId }) => (orderId === null ? '—' : <OrderLink id={orderId} />),
    },
    { key: 'amount', title: t('licence.amount'), align: 'right', render: ({ amount }) => amount ?? '—' },
    time('createdAt'),
    time('activatedAt'),
    time('queriedAt'),
    time('expireAt'),
    ...(makes
      ? [
          {
            key: 'view',
            title: t('list.action'),
            render: ({ codeId }: LicenceCodeView) => <ViewCode codeId={codeId} />,
          },
        ]
      : []),
  ];
}
