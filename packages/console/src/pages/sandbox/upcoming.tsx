import type { UpcomingItem } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { upcomingQuery } from '../../api/sandbox.ts';
import { Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { Instant } from '../../components/values.tsx';
import { formatInstant } from '../../format/time.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { useMoveClock } from '../../shell/sandbox-bar.tsx';
import { marksOf } from './upcoming-plot.ts';

const drawn = 100;
const listed = 8;

/** What will be due and when, as a strip and as a list; a click takes the clock there, everything before it done in order. */
export function Upcoming({ busy, now }: { busy: boolean; now: string }) {
  const { t } = useTranslation();
  const upcoming = useQuery(upcomingQuery(drawn));
  return (
    <Panel title={t('sandbox.upcoming')}>
      <Loaded query={upcoming}>
        {({ items }) =>
          items.length === 0 ? (
            <p className="soft" data-testid="nothing-due">
              {t('sandbox.nothingDue')}
            </p>
          ) : (
            <div className="stack">
              <Strip items={items} now={now} />
              <List items={items.slice(0, listed)} busy={busy} />
              {items.length > listed && <More items={items.slice(listed)} />}
            </div>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Strip({ items, now }: { items: readonly UpcomingItem[]; now: string }) {
  const { t } = useTranslation();
  const text = useText();
  const { language } = usePreferences();
  const last = items.at(-1);
  if (last === undefined) return null;
  return (
    <div>
      <div
        className="due-strip"
        role="img"
        aria-label={t('sandbox.strip', { count: items.length, until: formatInstant(last.at, language) })}
        data-testid="due-strip"
      >
        {marksOf(items, now).map((mark) => (
          <span
            key={`${mark.kind} ${mark.left}`}
            className={`due-mark due--${mark.kind}`}
            style={{ left: `${mark.left}%` }}
            title={`${formatInstant(mark.first.at, language)} ${text(mark.first.label)}${mark.count > 1 ? ` +${mark.count - 1}` : ''}`}
          />
        ))}
      </div>
      <div className="due-ends soft">
        <span>{t('life.now')}</span>
        <Instant at={last.at} />
      </div>
    </div>
  );
}

function List({ items, busy }: { items: readonly UpcomingItem[]; busy: boolean }) {
  const { t } = useTranslation();
  const text = useText();
  const move = useMoveClock();
  return (
    <ol className="due-list">
      {keyed(items).map(({ key, item }) => (
        <li key={key} data-testid="due" data-name={item.name}>
          <span className={`due-key due--${item.kind}`} aria-hidden="true" />
          <span>
            <strong>{text(item.label)}</strong>
            {item.productName !== null && <span className="soft"> {text(item.productName)}</span>}
            <br />
            <Instant at={item.at} exact />
          </span>
          <Button
            size="small"
            disabled={busy || move.isPending}
            onClick={() => move.mutate({ action: 'to', instant: item.at })}
          >
            {t('sandbox.goTo')}
            <span className="visually-hidden"> {text(item.label)}</span>
          </Button>
        </li>
      ))}
    </ol>
  );
}

function More({ items }: { items: readonly UpcomingItem[] }) {
  const { t } = useTranslation();
  const text = useText();
  return (
    <details>
      <summary>{t('sandbox.more', { count: items.length })}</summary>
      <ol className="due-list">
        {keyed(items).map(({ key, item }) => (
          <li key={key}>
            <span className={`due-key due--${item.kind}`} aria-hidden="true" />
            <span>
              {text(item.label)}
              <br />
              <span className="soft">
                <Instant at={item.at} exact />
              </span>
            </span>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** The same step can be due twice at one time; then the second is told apart by its number. */
function keyed(items: readonly UpcomingItem[]): { key: string; item: UpcomingItem }[] {
  const seen = new Map<string, number>();
  return items.map((item) => {
    const name = `${item.at} ${item.kind} ${item.name} ${item.resourceId}`;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return { key: `${name} ${number}`, item };
  });
}
