import { ArrowLeftOutlined, ArrowRightOutlined } from '@ant-design/icons';
import type { ExchangeSummary } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { exchangesQuery, replay } from '../../api/sandbox.ts';
import { useCommand } from '../../components/command.ts';
import { Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter } from '../../components/filters.tsx';
import { Panel } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { formatDuration } from '../../format/time.ts';
import { parseSandboxSearch } from '../../search/sandbox-params.ts';

const pageSize = 20;

/** Every call as it happens, in both directions, newest first. */
export function Exchanges({ activities }: { activities: readonly string[] }) {
  const { t } = useTranslation();
  const { cursor, limit, activity } = parseSandboxSearch(useSearch({ strict: false }));
  const page = useQuery(exchangesQuery({ before: cursor, activity, limit: limit ?? pageSize }));
  return (
    <Panel title={t('sandbox.exchanges')}>
      <div className="stack">
        <div className="filters">
          <ChoiceFilter
            name="activity"
            label={t('sandbox.call')}
            value={activity}
            choices={activities.map((each) => ({ value: each, label: each }))}
          />
        </div>
        <Loaded query={page}>
          {({ items, nextBefore }) =>
            items.length === 0 ? (
              <p className="soft">{t(activity === undefined ? 'sandbox.noExchanges' : 'list.noMatch')}</p>
            ) : (
              <>
                <ExchangeRows items={items} />
                <Pager cursor={cursor} limit={limit} nextCursor={nextBefore} />
              </>
            )
          }
        </Loaded>
      </div>
    </Panel>
  );
}

function ExchangeRows({ items }: { items: readonly ExchangeSummary[] }) {
  const { t } = useTranslation();
  const columns: Column<ExchangeSummary>[] = [
    {
      key: 'at',
      title: t('sandbox.time'),
      render: (one) => (
        <Link to="/sandbox/exchanges/$exchangeId" params={{ exchangeId: one.exchangeId }}>
          <Instant at={one.at} exact />
        </Link>
      ),
    },
    { key: 'what', title: t('sandbox.call'), render: (one) => <What exchange={one} /> },
    { key: 'answer', title: t('sandbox.answer'), render: (one) => <Answer exchange={one} /> },
    {
      key: 'took',
      title: t('sandbox.took'),
      align: 'right',
      render: (one) => <span className="num">{formatDuration(one.durationMs)}</span>,
    },
    { key: 'action', title: t('list.action'), render: (one) => <Again exchange={one} /> },
  ];
  return <Rows rows={items} columns={columns} rowKey={(one) => one.exchangeId} testId="exchange-row" />;
}

function What({ exchange }: { exchange: ExchangeSummary }) {
  const { t } = useTranslation();
  const out = exchange.direction === 'to-seller';
  return (
    <span className="row">
      <Tooltip title={t(`sandbox.direction.${exchange.direction}`)}>
        <span role="img" aria-label={t(`sandbox.direction.${exchange.direction}`)}>
          {out ? <ArrowRightOutlined /> : <ArrowLeftOutlined />}
        </span>
      </Tooltip>
      <span className="mono">{exchange.activity}</span>
      {exchange.fault !== null && (
        <span className="state state--wait" data-testid="injected" data-fault={exchange.fault}>
          {t(`sandbox.faultKind.${exchange.fault}`)}
        </span>
      )}
      {exchange.replayOf !== null && (
        <span className="state state--idle" data-testid="replayed">
          {t('sandbox.replayed')}
        </span>
      )}
    </span>
  );
}

/** Status, result code and, when something is wrong, its cause. */
export function Answer({ exchange }: { exchange: ExchangeSummary }) {
  const { t } = useTranslation();
  const cause = exchange.diagnosis[0];
  const fine = exchange.status === 200 && cause === undefined;
  return (
    <span className="row">
      <span className={`state state--${fine ? 'ok' : 'bad'}`} data-testid="answer" data-fine={fine}>
        {exchange.status === null ? t('sandbox.noAnswer') : `HTTP ${exchange.status}`}
      </span>
      {exchange.resultCode !== null && <span className="mono">{exchange.resultCode}</span>}
      {cause !== undefined && <span className="mono soft">{cause}</span>}
    </span>
  );
}

/** Repeats a call to the seller: signed anew, or byte for byte as an attacker would. */
export function Again({ exchange }: { exchange: ExchangeSummary }) {
  const { t } = useTranslation();
  const again = useCommand({ run: replay, refresh: ['sandbox'], done: t('sandbox.replayDone') });
  if (exchange.direction !== 'to-seller') return '—';
  const { exchangeId } = exchange;
  return (
    <span className="row">
      <Tooltip title={t('sandbox.replayFreshHelp')}>
        <Button
          size="small"
          loading={again.isPending && again.variables.how === 'fresh'}
          onClick={() => again.mutate({ exchangeId, how: 'fresh' })}
          data-testid="replay-fresh"
        >
          {t('sandbox.replayFresh')}
        </Button>
      </Tooltip>
      <Tooltip title={t('sandbox.replaySameHelp')}>
        <Button
          size="small"
          loading={again.isPending && again.variables.how === 'same'}
          onClick={() => again.mutate({ exchangeId, how: 'same' })}
          data-testid="replay-same"
        >
          {t('sandbox.replaySame')}
        </Button>
      </Tooltip>
    </span>
  );
}
