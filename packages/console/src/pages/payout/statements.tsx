import type { BankStatement } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { statementsQuery } from '../../api/payout.ts';
import { sessionQuery } from '../../api/queries.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { Bookings } from './bookings.tsx';
import { ImportStatement } from './import-statement.tsx';

/** Bank statements: taken in here; what they settled, and what waits for a person. */
export function StatementsPage() {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'settlement.run');
  const statements = useQuery(statementsQuery);
  const columns = useColumns();
  return (
    <Page title={t('payout.statements.title')} tools={<Link to="/operator/payout">{t('nav.payout')}</Link>}>
      <p className="soft">{t('payout.statements.intro')}</p>
      <Panel title={t('payout.statements.import')}>
        {allowed ? <ImportStatement /> : <p className="soft">{t('payout.due.role')}</p>}
      </Panel>
      <Bookings />
      <Panel title={t('payout.statements.list')}>
        <Loaded query={statements}>
          {({ items }) =>
            items.length === 0 ? (
              <p className="soft">{t('payout.statements.none')}</p>
            ) : (
              <Rows rows={items} columns={columns} rowKey={({ statementId }) => statementId} testId="statement-row" />
            )
          }
        </Loaded>
      </Panel>
    </Page>
  );
}

function useColumns(): Column<BankStatement>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'name',
      title: t('payout.statements.file'),
      render: ({ statementId, name, format }) => (
        <>
          <Link to="/operator/payout/statements" search={{ statementId }}>
            {name}
          </Link>
          <div className="soft">{format === 'CAMT_053' ? 'camt.053' : 'CSV'}</div>
        </>
      ),
    },
    {
      key: 'imported',
      title: t('payout.statements.imported'),
      render: ({ importedBy, importedAt }) => (
        <>
          {importedBy} · <Instant at={importedAt} />
        </>
      ),
    },
    {
      key: 'entries',
      title: t('payout.statements.entries'),
      align: 'right',
      render: ({ entries, known, notBooked }) => (
        <>
          <span className="num">{entries}</span>
          {known > 0 && <div className="soft">{t('payout.statements.known', { count: known })}</div>}
          {notBooked > 0 && <div className="soft">{t('payout.statements.notBooked', { count: notBooked })}</div>}
        </>
      ),
    },
    { key: 'matched', title: t('payout.booking.MATCHED.word'), align: 'right', render: ({ matched }) => matched },
    { key: 'open', title: t('payout.booking.OPEN.word'), align: 'right', render: ({ open }) => open },
  ];
}
