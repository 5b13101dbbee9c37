import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callsQuery } from '../../api/queries.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { Rows } from '../../components/rows.tsx';
import { isFiltered, parseCallSearch } from '../../search/params.ts';
import { useCallColumns } from './call-columns.tsx';
import { CallFilters } from './call-filters.tsx';
import { CallRowDetails } from './call-row-details.tsx';
import { CallSelection, isRestartable } from './call-selection.tsx';

/** Calls settle within seconds or wait for hours; this keeps a list that is being watched fresh without load. */
const refreshMs = 10_000;

/** Production-interface messages (S-26, S-27): every call to the seller, good or bad. */
export function CallsPage() {
  const { t } = useTranslation();
  const search = parseCallSearch(useSearch({ strict: false }));
  const calls = useQuery({ ...callsQuery(search), refetchInterval: refreshMs });
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const toggle = (id: string, on: boolean): void =>
    setWanted((before) => (on ? [...before, id] : before.filter((one) => one !== id)));
  const columns = useCallColumns({ wanted, onToggle: toggle });
  return (
    <Page title={t('nav.calls')}>
      <CallFilters search={search} />
      <Loaded query={calls}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty sentence={t(isFiltered(search) ? 'list.noMatch' : 'call.noneYet')} />
          ) : (
            <>
              <Rows
                rows={page.items}
                columns={columns}
                rowKey={(call) => call.callId}
                testId="call-row"
                expand={(call) => <CallRowDetails call={call} />}
              />
              <CallSelection
                calls={page.items}
                // what was chosen on another page, or has moved on meanwhile, is not restarted behind the reader's back
                chosen={page.items.filter((call) => isRestartable(call) && wanted.includes(call.callId))}
                onChoose={setWanted}
              />
              <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}
