import type { DebugCaseView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { casesQuery, debugProductsQuery, deleteCase, runCase } from '../../api/debugging.ts';
import { Actor } from '../../components/actor.tsx';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters } from '../../components/filters.tsx';
import { Outcome } from '../../components/outcome.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { parseCaseSearch } from '../../search/debugging-params.ts';
import { isFiltered } from '../../search/params.ts';
import { useActivityName } from './activities.ts';

/** Debugging cases (S-23): what is replayed twice a day; run again, delete. */
export function CasesPage() {
  const { t } = useTranslation();
  const text = useText();
  const search = parseCaseSearch(useSearch({ strict: false }));
  const cases = useQuery(casesQuery(search));
  const products = useQuery(debugProductsQuery);
  return (
    <Page title={t('case.title')}>
      <Filters active={isFiltered(search)} names={['goodsId']}>
        <ChoiceFilter
          name="goodsId"
          label={t('debug.product')}
          value={search.goodsId}
          choices={(products.data?.items ?? []).map((each) => ({ value: each.goodsId, label: text(each.name) }))}
        />
      </Filters>
      <Loaded query={cases}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'case.none')}>
              <Link to="/seller/debugging">{t('case.toDebugging')}</Link>
            </Empty>
          ) : (
            <>
              <CaseRows cases={page.items} />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

function CaseRows({ cases }: { cases: readonly DebugCaseView[] }) {
  const { t } = useTranslation();
  const text = useText();
  const activityName = useActivityName();
  const columns: Column<DebugCaseView>[] = [
    { key: 'product', title: t('debug.product'), render: (each) => text(each.productName) },
    {
      key: 'activity',
      title: t('call.activity'),
      render: (each) => (
        <>
          {activityName(each.activity)} <div className="mono soft">{each.activity}</div>
        </>
      ),
    },
    {
      key: 'parameters',
      title: t('case.parameters'),
      render: (each) => (
        <div className="mono" style={{ maxWidth: 340 }}>
          {Object.entries(each.parameters)
            .map(([name, value]) => `${name}=${value}`)
            .join(' ')}
        </div>
      ),
    },
    {
      key: 'saved',
      title: t('case.savedAt'),
      render: (each) => (
        <>
          <Instant at={each.savedAt} />
          <div className="soft">
            {t('case.savedBy')} <Actor name={each.savedBy} />
          </div>
        </>
      ),
    },
    { key: 'last', title: t('case.last'), render: (each) => <LastRun last={each.last} /> },
    { key: 'action', title: t('list.action'), render: (each) => <CaseActions caseId={each.caseId} /> },
  ];
  return <Rows rows={cases} columns={columns} rowKey={(each) => each.caseId} testId="case-row" />;
}

function LastRun({ last }: { last: DebugCaseView['last'] }) {
  const { t } = useTranslation();
  if (last === null) return <span className="soft">{t('case.never')}</span>;
  return (
    <>
      <Outcome state={last.state} />{' '}
      <Link to="/seller/runs/$runId" params={{ runId: last.runId }}>
        <Instant at={last.at} exact />
      </Link>
    </>
  );
}

function CaseActions({ caseId }: { caseId: string }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const again = useCommand({ run: runCase, refresh: ['debugging', 'cases'], done: t('case.begun') });
  const remove = useCommand({ run: deleteCase, refresh: ['debugging'], done: t('case.removed') });
  const ask = (): void =>
    void modal.confirm({
      title: t('case.removeTitle'),
      content: t('case.removeHelp'),
      okText: t('case.remove'),
      okButtonProps: { danger: true, 'data-testid': 'case-delete-confirm' },
      onOk: () => remove.mutateAsync(caseId).catch(() => undefined),
    });
  return (
    <span className="row">
      <Button size="small" loading={again.isPending} onClick={() => again.mutate(caseId)} data-testid="case-run">
        {t('case.again')}
      </Button>
      <Button size="small" danger loading={remove.isPending} onClick={ask} data-testid="case-delete">
        {t('case.remove')}
      </Button>
    </span>
  );
}
