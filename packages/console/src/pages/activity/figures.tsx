import type { ActivityFigures } from '@jishi/marketplace/console-api';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../components/page.tsx';
import { localeOf } from '../../format/locale.ts';
import { formatCount } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';

/** A rate in per cent; without anything to divide by there is none (settlement.md 8). */
export function usePercent(): (rate: number | null) => string {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const format = new Intl.NumberFormat(localeOf(language), { style: 'percent', maximumFractionDigits: 1 });
  return (rate) => (rate === null ? t('jointActivity.noValue') : format.format(rate));
}

/** S-70: the overview of projects, and that of members. */
export function FigureCards({ figures }: { figures: ActivityFigures }) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const percent = usePercent();
  const count = (name: 'projects' | 'opened' | 'activeProjects' | 'authorised' | 'activeUsers') => (
    <Card name={name} value={formatCount(figures[name], language)} />
  );
  const rate = (name: 'openingRate' | 'projectActivity' | 'userActivity') => (
    <Card name={name} value={percent(figures[name])} />
  );
  return (
    <div className="sides">
      <Panel title={t('jointActivity.projectOverview')}>
        <ul className="figures">
          {count('projects')}
          {count('opened')}
          {rate('openingRate')}
          {count('activeProjects')}
          {rate('projectActivity')}
        </ul>
      </Panel>
      <Panel title={t('jointActivity.memberOverview')}>
        <ul className="figures">
          {count('activeUsers')}
          {count('authorised')}
          {rate('userActivity')}
        </ul>
      </Panel>
    </div>
  );
}

function Card({ name, value }: { name: keyof ActivityFigures; value: string }) {
  const { t } = useTranslation();
  return (
    <li title={t(`jointActivity.meaning.${name}`)}>
      <span>
        <span className="figure num" data-testid={`activity-${name}`}>
          {value}
        </span>
        <span className="soft">{t(`jointActivity.metric.${name}`)}</span>
      </span>
    </li>
  );
}
