import type { Booking } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bookingsQuery } from '../../api/payout.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { TabList } from '../../components/tab-list.tsx';
import { bookingStates, parseStatementSearch } from '../../search/payout-params.ts';
import { may } from '../../shell/areas.ts';
import { useMoney } from '../settlement/words.ts';
import { DecideBooking, SetAside } from './decide-booking.tsx';
import { BookingState } from './words.tsx';

/** What the bank booked: what waits for a person first, what was settled or set aside behind. */
export function Bookings() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { state = 'OPEN', ...search } = parseStatementSearch(useSearch({ strict: false }));
  const bookings = useQuery(bookingsQuery({ ...search, state }));
  return (
    <Panel title={t('payout.booking.title')}>
      {search.statementId !== undefined && (
        <p className="soft">
          {t('payout.booking.ofStatement')}{' '}
          <Link to="/operator/payout/statements" search={{ state }}>
            {t('payout.booking.ofAll')}
          </Link>
        </p>
      )}
      <TabList
        name={t('payout.column.state')}
        tabs={bookingStates.map((key) => ({ key, label: t(`payout.booking.${key}.word`) }))}
        active={state}
        onChange={(key) =>
          void navigate({
            to: '/operator/payout/statements',
            search: { ...parseStatementSearch({ state: key }), statementId: search.statementId },
          })
        }
      >
        <Loaded query={bookings}>
          {({ items, nextCursor }) => (
            <>
              {items.length === 0 ? (
                <p className="soft" data-testid="no-bookings">
                  {t(`payout.booking.none.${state}`)}
                </p>
              ) : (
                // what was chosen among other rows is forgotten with them
                <Chosen key={items[0]?.entryId} items={items} />
              )}
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={nextCursor} />
            </>
          )}
        </Loaded>
      </TabList>
    </Panel>
  );
}

function Chosen({ items }: { items: readonly Booking[] }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const open = items.filter(({ state }) => state === 'OPEN');
  const ids = open.filter(({ entryId }) => chosen.has(entryId)).map(({ entryId }) => entryId);
  const toggle = (id: string, on: boolean): void =>
    setChosen(new Set(on ? [...chosen, id] : [...chosen].filter((each) => each !== id)));
  const choice: Column<Booking> = {
    key: 'choose',
    title: t('payout.booking.choose'),
    render: ({ entryId, bookedOn, amount }) => (
      <Checkbox
        checked={chosen.has(entryId)}
        aria-label={t('payout.booking.chooseOne', { day: bookedOn, amount })}
        onChange={({ target }) => toggle(entryId, target.checked)}
        data-testid="choose-booking"
      />
    ),
  };
  const columns = useColumns();
  const choosing = allowed && open.length > 0;
  return (
    <div className="stack">
      <Rows
        rows={items}
        columns={choosing ? [choice, ...columns] : columns}
        rowKey={({ entryId }) => entryId}
        testId="booking-row"
      />
      {choosing && (
        <div>
          <Button disabled={ids.length === 0} onClick={() => setAsking(true)} data-testid="set-aside">
            {t('payout.aside.chosen', { bookings: ids.length })}
          </Button>
        </div>
      )}
      {asking && (
        <SetAside
          entryIds={ids}
          onClose={() => setAsking(false)}
          onDone={() => {
            setAsking(false);
            setChosen(new Set());
          }}
        />
      )}
    </div>
  );
}

function useColumns(): Column<Booking>[] {
  const { t } = useTranslation();
  const money = useMoney();
  return [
    {
      key: 'day',
      title: t('payout.booking.bookedOn'),
      render: ({ bookedOn, place }) => (
        <>
          <span className="num">{bookedOn}</span>
          <div className="soft mono">{place}</div>
        </>
      ),
    },
    {
      key: 'amount',
      title: t('payout.column.amount'),
      align: 'right',
      render: ({ amount, currency, direction }) => (
        <>
          <span className="num">{money(amount, currency)}</span>
          <div className="soft">{t(`payout.booking.direction.${direction}`)}</div>
        </>
      ),
    },
    {
      key: 'who',
      title: t('payout.booking.counterparty'),
      render: ({ name, tail, endToEndId, bankReference, remark }) => (
        <>
          {name ?? '—'} {tail !== null && <span className="mono">…{tail}</span>}
          <div className="soft mono">{endToEndId ?? bankReference}</div>
          {remark !== null && remark !== endToEndId && <div className="soft">{remark}</div>}
        </>
      ),
    },
    {
      key: 'state',
      title: t('payout.column.state'),
      render: ({ state, because, paymentId, note, decidedBy, reason }) => (
        <>
          <BookingState state={state} />
          {because !== null && <div>{t(`payout.because.${because}`)}</div>}
          {paymentId !== null && <div className="soft mono">{paymentId}</div>}
          {reason !== null && <div className="soft">{reason}</div>}
          {note !== null && (
            <div className="soft">
              {note} · {decidedBy}
            </div>
          )}
        </>
      ),
    },
    { key: 'action', title: t('list.action'), render: (booking) => <DecideBooking booking={booking} /> },
  ];
}
