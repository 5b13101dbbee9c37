import type { DebugBenchView, DebugProductView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { debugBenchQuery, debugProductsQuery } from '../../api/debugging.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Marked } from '../../components/outcome.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { useSearchChange } from '../../components/pager.tsx';
import { TabList } from '../../components/tab-list.tsx';
import { useText } from '../../i18n/text.ts';
import { parseDebuggingSearch } from '../../search/debugging-params.ts';
import { useActivityName } from './activities.ts';
import { DebuggingForm } from './debugging-form.tsx';
import { DebuggingTarget } from './debugging-target.tsx';
import type { Target } from './debugging-values.ts';

/** Application access debugging (S-22): a tab per interface, preset parameters, request command, debug and save. */
export function DebuggingPage() {
  const { t } = useTranslation();
  const search = parseDebuggingSearch(useSearch({ strict: false }));
  const products = useQuery(debugProductsQuery);
  return (
    <Page title={t('debug.title')}>
      <Loaded query={products}>
        {({ items }) => {
          const chosen = items.find(({ goodsId }) => goodsId === search.goodsId) ?? items[0];
          return chosen === undefined ? (
            <Empty sentence={t('debug.noProducts')} />
          ) : (
            <>
              <ChooseProduct products={items} goodsId={chosen.goodsId} />
              <Bench key={chosen.goodsId} goodsId={chosen.goodsId} activity={search.activity} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function ChooseProduct({ products, goodsId }: { products: readonly DebugProductView[]; goodsId: string }) {
  const { t } = useTranslation();
  const text = useText();
  const id = useId();
  const change = useSearchChange();
  return (
    <div className="row">
      <label htmlFor={id}>{t('debug.product')}</label>
      <Select
        id={id}
        style={{ minWidth: 'min(100%, 280px)' }}
        showSearch={{ optionFilterProp: 'label' }}
        value={goodsId}
        onChange={(next) => change({ goodsId: next, activity: undefined })}
        options={products.map((each) => ({ value: each.goodsId, label: text(each.name) }))}
        data-testid="debug-product"
      />
    </div>
  );
}

function Bench({ goodsId, activity }: { goodsId: string; activity: string | undefined }) {
  const bench = useQuery(debugBenchQuery(goodsId));
  return <Loaded query={bench}>{(data) => <Interfaces bench={data} activity={activity} />}</Loaded>;
}

function Interfaces({ bench, activity }: { bench: DebugBenchView; activity: string | undefined }) {
  const { t } = useTranslation();
  const change = useSearchChange();
  const activityName = useActivityName();
  const [target, setTarget] = useState<Target | null>(null);
  const shown = bench.interfaces.find((each) => each.activity === activity) ?? bench.interfaces[0];
  const openOf = (name: string): number => bench.required.filter((each) => each.activity === name && !each.done).length;
  return (
    <>
      <Required bench={bench} />
      <DebuggingTarget bench={bench} target={target} onChange={setTarget} />
      <Panel title={t('debug.interfaces')}>
        {shown !== undefined && (
          <TabList
            name={t('debug.interfaces')}
            active={shown.activity}
            onChange={(next) => change({ activity: next })}
            tabs={bench.interfaces.map((form) => ({
              key: form.activity,
              label: (
                <>
                  {activityName(form.activity)} <span className="mono">{form.activity}</span>
                  {openOf(form.activity) > 0 && ` · ${t('debug.requiredMark')}`}
                </>
              ),
            }))}
          >
            <DebuggingForm
              key={shown.activity}
              goodsId={bench.goodsId}
              protocol={bench.protocol}
              form={shown}
              target={target}
            />
          </TabList>
        )}
      </Panel>
    </>
  );
}

/** What is needed before publishing, and what is there (saas-v2.md 1.2, saas-v1.md 8). */
function Required({ bench: { required } }: { bench: DebugBenchView }) {
  const { t } = useTranslation();
  const text = useText();
  const activityName = useActivityName();
  const done = required.filter((each) => each.done).length;
  return (
    <Panel title={t('debug.required')}>
      <div className="stack stack--tight">
        <p>{done === required.length ? t('debug.allDone') : t('debug.requiredDone', { done, all: required.length })}</p>
        <ul className="row" style={{ listStyle: 'none', margin: 0, padding: 0 }} data-testid="required-cases">
          {required.map((each) => (
            <li key={each.key} data-done={each.done}>
              <Marked mark={each.done ? 'ok' : 'idle'}>
                {activityName(each.activity)}
                {each.variant === null ? '' : ` · ${text(each.variant)}`}
              </Marked>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
