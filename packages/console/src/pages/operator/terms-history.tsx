import { useTranslation } from 'react-i18next';
import { type Column, Rows } from '../../components/rows.tsx';
import { State } from '../../components/state.tsx';
import type { Tone } from '../../components/tones.ts';
import { Instant } from '../../components/values.tsx';

/** Something agreed, with the time it holds from. */
export interface DatedTerms<T> {
  readonly terms: T;
  readonly validFrom: string;
  readonly state: 'HELD' | 'HOLDS' | 'COMES';
  readonly by: string;
  readonly writtenAt: string;
}

const tones: Readonly<Record<DatedTerms<unknown>['state'], Tone>> = { HELD: 'idle', HOLDS: 'ok', COMES: 'wait' };

interface TermsHistoryProps<T> {
  readonly versions: readonly DatedTerms<T>[];
  /** what is agreed, in columns */
  readonly columns: readonly { readonly key: string; readonly title: string; readonly show: (terms: T) => string }[];
  readonly testId: string;
}

/** What holds, held and comes, newest first: settlements name the version by its instant. */
export function TermsHistory<T>({ versions, columns, testId }: TermsHistoryProps<T>) {
  const { t } = useTranslation();
  const shown: Column<DatedTerms<T>>[] = [
    {
      key: 'state',
      title: t('settlement.column.state'),
      render: ({ state }) => (
        <State
          tone={tones[state]}
          word={t(`partners.dated.${state}.word`)}
          help={t(`partners.dated.${state}.help`)}
          state={state}
          testId="terms-state"
        />
      ),
    },
    {
      key: 'from',
      title: t('partners.validFrom'),
      render: ({ validFrom }) => <Instant at={validFrom} />,
    },
    ...columns.map(
      ({ key, title, show }): Column<DatedTerms<T>> => ({ key, title, render: ({ terms }) => show(terms) }),
    ),
    { key: 'by', title: t('partners.by'), render: ({ by }) => by },
  ];
  return <Rows rows={versions} columns={shown} rowKey={({ validFrom }) => validFrom} testId={testId} />;
}
