import type { OverviewView } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { Instant } from '../../components/values.tsx';
import { formatCount } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';

/** The numbers behind the chart, with their sums. */
export function CallTable({ hours }: { hours: OverviewView['callsByOutcome'] }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const busy = hours.filter((one) => one.ok + one.pending + one.failed > 0);
  const sum = (outcome: 'ok' | 'pending' | 'failed'): string =>
    formatCount(
      hours.reduce((total, one) => total + one[outcome], 0),
      language,
    );
  return (
    <details>
      <summary>{t('overview.table')}</summary>
      <table className="plain" data-testid="call-table">
        <thead>
          <tr>
            <th scope="col">{t('overview.hour')}</th>
            <th scope="col" className="right">
              {t('overview.outcome.ok')}
            </th>
            <th scope="col" className="right">
              {t('overview.outcome.pending')}
            </th>
            <th scope="col" className="right">
              {t('overview.outcome.failed')}
            </th>
          </tr>
        </thead>
        <tbody>
          {busy.map((one) => (
            <tr key={one.hour}>
              <td>
                <Instant at={one.hour} />
              </td>
              <td className="right num">{formatCount(one.ok, language)}</td>
              <td className="right num">{formatCount(one.pending, language)}</td>
              <td className="right num">{formatCount(one.failed, language)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('overview.sum')}</th>
            <td className="right num">{sum('ok')}</td>
            <td className="right num">{sum('pending')}</td>
            <td className="right num">{sum('failed')}</td>
          </tr>
        </tfoot>
      </table>
    </details>
  );
}
