import { CheckCircleFilled, ClockCircleFilled, CloseCircleFilled, InfoCircleFilled } from '@ant-design/icons';
import type { TimelineEntryView } from '@jishi/marketplace/console-api';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useText } from '../i18n/text.ts';
import { CallLink, OrderLink, RefundLink, ServiceLink } from './links.tsx';
import { Instant } from './values.tsx';

const icons: Readonly<Record<TimelineEntryView['outcome'], ReactNode>> = {
  ok: <CheckCircleFilled />,
  failed: <CloseCircleFilled />,
  waiting: <ClockCircleFilled />,
  info: <InfoCircleFilled />,
};

/** Everything that happened to `self`, newest first, each entry opening to its evidence; what came in while reading is counted quietly. */
export function Timeline({ entries, self }: { entries: readonly TimelineEntryView[]; self: string }) {
  const { t } = useTranslation();
  const text = useText();
  const [seen] = useState(entries.length);
  const fresh = Math.max(0, entries.length - seen);
  const newestFirst = entries.map((entry, index) => ({ entry, index })).sort(byTimeThenOrder);
  return (
    <div data-testid="timeline">
      <p className="soft" aria-live="polite">
        {fresh > 0 ? t('record.fresh', { fresh }) : ''}
      </p>
      {entries.length === 0 && <p className="soft">{t('record.nothingYet')}</p>}
      <ol className="timeline">
        {newestFirst.map(({ entry, index }) => (
          <li key={index} data-testid="timeline-entry" data-kind={entry.kind} data-outcome={entry.outcome}>
            <span
              className={`mark mark--${entry.outcome}`}
              role="img"
              aria-label={t(`record.outcome.${entry.outcome}`)}
            >
              {icons[entry.outcome]}
            </span>
            <div>
              <strong>{text(entry.title)}</strong>
            </div>
            {entry.detail !== null && <div>{text(entry.detail)}</div>}
            <div className="row soft">
              <Instant at={entry.at} exact />
              {entry.ref !== null && entry.ref.id !== self && <Evidence at={entry.ref} />}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** Where the proof of an entry is; the kinds that have a page become links. */
function Evidence({ at: { kind, id } }: { at: NonNullable<TimelineEntryView['ref']> }) {
  const { t } = useTranslation();
  const label = t(`record.evidence.${kind}`);
  if (kind === 'call') return <CallLink id={id}>{label}</CallLink>;
  if (kind === 'order') return <OrderLink id={id}>{label}</OrderLink>;
  if (kind === 'instance') return <ServiceLink id={id}>{label}</ServiceLink>;
  if (kind === 'refund') return <RefundLink id={id}>{label}</RefundLink>;
  return (
    <span>
      {label} <span className="mono">{id}</span>
    </span>
  );
}

interface Numbered {
  readonly entry: TimelineEntryView;
  readonly index: number;
}

function byTimeThenOrder(left: Numbered, right: Numbered): number {
  return right.entry.at.localeCompare(left.entry.at) || right.index - left.index;
}
