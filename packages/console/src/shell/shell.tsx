import { useQuery } from '@tanstack/react-query';
import { Outlet, useLocation } from '@tanstack/react-router';
import { Grid } from 'antd';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../api/queries.ts';
import { Guard } from './guard.tsx';
import { Header } from './header.tsx';
import { Navigation } from './navigation.tsx';
import { SandboxBar } from './sandbox-bar.tsx';

/** With an initial password there is no other page (E-13). */
const PasswordPage = lazy(async () => ({ default: (await import('../pages/accounts/password.tsx')).PasswordPage }));

/** … and then, where a second factor has to be set up, none but that. */
const SecurityPage = lazy(async () => ({ default: (await import('../pages/security/security.tsx')).SecurityPage }));

/** The frame of every page: one header for all roles, the sandbox's bar, the area's navigation, the page. */
export function Shell() {
  const { t } = useTranslation();
  const path = useLocation({ select: (location) => location.pathname });
  const session = useQuery(sessionQuery).data ?? null;
  const wide = Grid.useBreakpoint().lg ?? true;
  const main = useFocusOnNavigation(path);
  const mustEnrol = session?.mustChangePassword === false && session.mustEnrol;
  const first = session?.mustChangePassword === true || mustEnrol;
  const withSide = wide && session !== null && !first;
  return (
    <>
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <Header session={session} wide={wide} />
      <SandboxBar />
      <div className={withSide ? 'body' : 'body body--plain'}>
        {withSide && (
          <nav className="side" aria-label={t('shell.navigation')}>
            <Navigation session={session} />
          </nav>
        )}
        <main id="main" className="main" ref={main} tabIndex={-1}>
          {first ? (
            <Suspense fallback={null}>{mustEnrol ? <SecurityPage /> : <PasswordPage />}</Suspense>
          ) : (
            <Guard path={path}>
              <Outlet />
            </Guard>
          )}
        </main>
      </div>
    </>
  );
}

/** After following a link the keyboard stands in the new page, not on a link that is gone. */
function useFocusOnNavigation(path: string) {
  const main = useRef<HTMLElement>(null);
  const previous = useRef(path);
  useEffect(() => {
    if (previous.current !== path) main.current?.focus({ preventScroll: true });
    previous.current = path;
  }, [path]);
  return main;
}
