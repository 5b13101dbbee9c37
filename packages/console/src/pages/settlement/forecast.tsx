import type { SettlementForecast } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import { forecastQuery } from '../../api/settlement.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';
import { useMoney } from './words.ts';

type Bill = SettlementForecast['bills'][number];

/** What the next bills will hold as far as is known today, when they are made and paid, and what can not be billed yet. */
export function Forecast() {
  const { t } = useTranslation();
  const forecast = useQuery(forecastQuery);
  return (
    <Panel title={t('settlement.income.forecast')}>
      <p className="soft">{t('settlement.income.forecastHelp')}</p>
      <Loaded query={forecast}>
        {(found) => (
          <div className="stack">
            {!found.certified && <Alert type="warning" showIcon title={t('settlement.income.uncertified')} />}
            {found.calendarNote !== null && <p className="soft">{t('settlement.income.missingYear')}</p>}
            {found.bills.length === 0 ? (
              <p data-testid="forecast-none">{t('settlement.income.forecastNone')}</p>
            ) : (
              <Bills forecast={found} />
            )}
            <Waiting forecast={found} />
          </div>
        )}
      </Loaded>
    </Panel>
  );
}

function Bills({ forecast }: { forecast: SettlementForecast }) {
  const { t } = useTranslation();
  const money = useMoney();
  const amount = (value: string) => money(value, forecast.currency);
  const columns: Column<Bill>[] = [
    {
      key: 'period',
      title: t('settlement.income.period'),
      render: ({ period }) => <span className="num">{period}</span>,
    },
    { key: 'class', title: t('settlement.column.class'), render: (bill) => t(`settlement.class.${bill.class}`) },
    {
      key: 'total',
      title: t('settlement.column.total'),
      align: 'right',
      render: (bill) => (
        <>
          <strong className="num">{amount(bill.total)}</strong>
          {Number(bill.carried) !== 0 && (
            <div className="soft">{t('settlement.income.carried', { amount: amount(bill.carried) })}</div>
          )}
        </>
      ),
    },
    { key: 'lines', title: t('settlement.column.lines'), align: 'right', render: ({ lines }) => lines },
    {
      key: 'run',
      title: t('settlement.column.runDay'),
      render: ({ runDay }) => <span className="num">{runDay ?? t('settlement.income.unknownDay')}</span>,
    },
    {
      key: 'pay',
      title: t('settlement.income.payBy'),
      render: ({ payBy, released }) =>
        released ? (
          <span className="num">{payBy ?? t('settlement.income.unknownDay')}</span>
        ) : (
          <span className="soft">{t('settlement.income.notReleased')}</span>
        ),
    },
  ];
  return <Rows rows={forecast.bills} columns={columns} rowKey={keyOf} testId="forecast-row" />;
}

const keyOf = (bill: Bill): string => `${bill.period} ${bill.class}`;

function Waiting({ forecast }: { forecast: SettlementForecast }) {
  const { t } = useTranslation();
  const text = useText();
  const money = useMoney();
  if (forecast.waiting.length === 0) return null;
  return (
    <div>
      <h3>{t('settlement.income.waiting')}</h3>
      <ul className="conditions">
        {forecast.waiting.map((waiting) => (
          <li key={waiting.rule + waiting.text.en}>
            <span>
              {text(waiting.text)} <span className="mono soft">{waiting.rule}</span>
              <div className="soft">
                {t('settlement.income.waitingLines', { lines: waiting.lines })} ·{' '}
                <span className="num">{money(waiting.sales, forecast.currency)}</span>
              </div>
            </span>
          </li>
        ))}
      </ul>
      <Link to="/seller/transactions" search={{ billing: 'WAITING' }}>
        {t('settlement.lines.why')}
      </Link>
    </div>
  );
}
