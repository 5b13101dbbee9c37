import { Outlet, useLocation } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from './language-switch.tsx';
import { Shell } from './shell.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** Members of enterprises have a light frame of their own; everybody else the consoles'. */
export function Frames() {
  const ofMembers = useLocation({ select: ({ pathname }) => /^\/workplace(\/|$)/.test(pathname) });
  return ofMembers ? <WorkplaceFrame /> : <Shell />;
}

function WorkplaceFrame() {
  const { t } = useTranslation();
  return (
    <>
      <a className="skip" href="#main">
        {t('shell.skip')}
      </a>
      <header className="header">
        <a href="/workplace" className="brand">
          <img src="/favicon.svg" width={26} height={26} alt="" />
          {t('workplace.title')}
        </a>
        <div className="header-tools">
          <ThemeSwitch />
          <LanguageSwitch />
        </div>
      </header>
      <div className="body body--plain">
        <main id="main" className="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </>
  );
}
