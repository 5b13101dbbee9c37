import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DifferenceItemView } from '../../api/publication-types.ts';
import { markDifference, type Part } from '../../format/difference.ts';
import { useText } from '../../i18n/text.ts';
import { type DifferenceRow, differenceGroups } from './difference-rows.ts';
import { useMemberName } from './member-names.ts';

interface DifferenceViewProps {
  readonly differences: readonly DifferenceItemView[];
  /** words above the two sides */
  readonly before: string;
  readonly after: string;
}

/** Two versions side by side: what changed is marked, sections without a change are one folded line. */
export function DifferenceView({ differences, before, after }: DifferenceViewProps) {
  const { t } = useTranslation();
  if (differences.length === 0) return <p className="soft">{t('publication.noDifferences')}</p>;
  return (
    <div className="stack" data-testid="differences">
      {differenceGroups(differences).map(({ section, rows }) =>
        rows.length === 0 ? (
          <p key={section} className="soft">
            {t('publication.unchanged', { section: t(`publication.steps.${section}`) })}
          </p>
        ) : (
          <section key={section} className="stack stack--tight" aria-label={t(`publication.steps.${section}`)}>
            <h3>
              {t(`publication.steps.${section}`)}{' '}
              <span className="soft">{t('publication.changes', { count: rows.length })}</span>
            </h3>
            <div className="difference-head soft">
              <span>{before}</span>
              <span>{after}</span>
            </div>
            <Changes rows={rows} />
          </section>
        ),
      )}
    </div>
  );
}

const mostRows = 40;

function Changes({ rows }: { rows: readonly DifferenceRow[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, mostRows);
  return (
    <>
      {shown.map((row) => (
        <Change key={`${row.kind} ${row.path}`} row={row} />
      ))}
      {shown.length < rows.length && (
        <Button onClick={() => setAll(true)}>{t('publication.allChanges', { count: rows.length })}</Button>
      )}
    </>
  );
}

function Change({ row }: { row: DifferenceRow }) {
  const { t } = useTranslation();
  const text = useText();
  const memberName = useMemberName();
  const { expected, seen } = markDifference(row.before ?? '', row.after ?? '');
  const about = row.about.map((one) => text(one)).filter((one) => one !== '');
  return (
    <article className="difference" data-testid="difference" data-kind={row.kind}>
      <div className="row">
        <span className={`chip chip--${row.kind.toLowerCase()}`}>{t(`publication.change.${row.kind}`)}</span>
        <span>{[...about, memberName(row.member)].join(' › ')}</span>
      </div>
      <div className="difference-sides">
        <Side parts={expected} absent={row.before === null} removed />
        <Side parts={seen} absent={row.after === null} />
      </div>
    </article>
  );
}

function Side({ parts, absent, removed = false }: { parts: readonly Part[]; absent: boolean; removed?: boolean }) {
  const { t } = useTranslation();
  if (absent) return <div className="difference-side soft">{t('publication.absent')}</div>;
  return (
    <div className="difference-side">
      {parts.map((part) =>
        part.differs ? (
          <mark key={part.start} className={removed ? 'removed' : 'added'}>
            {part.text}
          </mark>
        ) : (
          <span key={part.start}>{part.text}</span>
        ),
      )}
    </div>
  );
}
