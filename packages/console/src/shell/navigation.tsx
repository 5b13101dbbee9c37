import type { SessionView } from '@jishi/marketplace/console-api';
import { Link } from '@tanstack/react-router';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { may } from './areas.ts';
import { type NavigationGroup, navigationOf } from './navigation-entries.tsx';

/** The area's pages that the user may open, in groups. The router marks the current one (`aria-current`). */
export function Navigation({ session, onFollow }: { session: SessionView; onFollow?: () => void }) {
  return navigationOf[session.area].map((group) => (
    <Group key={group.name ?? ''} group={group} session={session} onFollow={() => onFollow?.()} />
  ));
}

interface GroupProps {
  readonly group: NavigationGroup;
  readonly session: SessionView;
  readonly onFollow: () => void;
}

function Group({ group: { name, entries }, session, onFollow }: GroupProps) {
  const { t } = useTranslation();
  const titleId = useId();
  const open = entries.filter(({ needs }) => needs === undefined || may(session, needs));
  if (open.length === 0) return null;
  return (
    <>
      {name !== null && (
        <div className="nav-title" id={titleId}>
          {t(`navGroup.${name}`)}
        </div>
      )}
      <ul className="nav" {...(name === null ? {} : { 'aria-labelledby': titleId })}>
        {open.map((entry) => (
          <li key={entry.label}>
            <Link
              to={entry.to}
              activeOptions={{ exact: entry.exact ?? false, includeSearch: false }}
              onClick={onFollow}
            >
              {entry.icon}
              {t(`nav.${entry.label}`)}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}
