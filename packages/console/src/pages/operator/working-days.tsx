import type { WorkingCalendarView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { workingCalendarQuery } from '../../api/partners.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { may } from '../../shell/areas.ts';
import { YearDialog } from './year-dialog.tsx';

type Year = WorkingCalendarView['years'][number];

/** Holidays and make-up days by year: bill runs and their schedules count by them, and refuse a year that is not here. */
export function WorkingDaysPage() {
  const { t } = useTranslation();
  const calendar = useQuery(workingCalendarQuery);
  return (
    <Page title={t('nav.workingDays')}>
      <p className="soft">{t('partners.calendar.intro')}</p>
      <Loaded query={calendar}>{(found) => <Years found={found} />}</Loaded>
    </Page>
  );
}

function Years({ found }: { found: WorkingCalendarView }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  const [giving, setGiving] = useState<Year | null>(null);
  const why = allowed ? undefined : t('partners.role');
  const columns: Column<Year>[] = [
    { key: 'year', title: t('partners.calendar.year'), render: ({ year }) => <span className="num">{year}</span> },
    { key: 'off', title: t('partners.calendar.off'), render: ({ off }) => <Days days={off} /> },
    { key: 'worked', title: t('partners.calendar.worked'), render: ({ worked }) => <Days days={worked} /> },
    { key: 'by', title: t('partners.by'), render: ({ by }) => by ?? t('partners.calendar.builtIn') },
    {
      key: 'action',
      title: t('list.action'),
      render: (year) =>
        year.year < found.from ? (
          t('partners.calendar.over')
        ) : (
          <Button
            size="small"
            disabled={!allowed}
            title={why}
            onClick={() => setGiving(year)}
            data-testid={`change-${year.year}`}
          >
            {t('partners.calendar.change')}
          </Button>
        ),
    },
  ];
  return (
    <>
      {found.missing.map((year) => (
        <Alert
          key={year}
          type="warning"
          showIcon
          title={t('partners.calendar.missing', { year })}
          description={t('partners.calendar.missingHelp', { year, before: year - 1 })}
          action={
            <Button
              type="primary"
              disabled={!allowed}
              title={why}
              onClick={() => setGiving({ year, off: [], worked: [], by: null, writtenAt: null })}
              data-testid={`give-${year}`}
            >
              {t('partners.calendar.give', { year })}
            </Button>
          }
          data-testid="missing-year"
        />
      ))}
      <Rows rows={found.years} columns={columns} rowKey={({ year }) => String(year)} testId="year-row" />
      {giving !== null && <YearDialog year={giving} onClose={() => setGiving(null)} />}
    </>
  );
}

/** `MM-DD`, the year stands beside it; a line ends between days only. */
function Days({ days }: { days: readonly string[] }) {
  if (days.length === 0) return '—';
  return days.map((day) => (
    <Fragment key={day}>
      <span className="num">{day.slice(5)}</span>{' '}
    </Fragment>
  ));
}
