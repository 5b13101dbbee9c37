import { MenuOutlined } from '@ant-design/icons';
import type { SessionView } from '@jishi/marketplace/console-api';
import { Link } from '@tanstack/react-router';
import { Button, Drawer } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountMenu } from './account-menu.tsx';
import { areasFor, homeOf } from './areas.ts';
import { Bell } from './bell.tsx';
import { GlobalSearch } from './global-search.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Navigation } from './navigation.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** Product, area, search, language, theme, account – the same for all roles. */
export function Header({ session, wide }: { session: SessionView | null; wide: boolean }) {
  const { t } = useTranslation();
  // with nothing but one step open to the person, nothing else is offered
  const free = session !== null && !session.mustChangePassword && !session.mustEnrol;
  return (
    <header className="header">
      {!wide && free && <NavigationDrawer session={session} />}
      <Link to={session === null ? '/' : homeOf(session)} className="brand">
        <img src="/favicon.svg" width={26} height={26} alt="" />
        {t('shell.product')}
      </Link>
      {session !== null && <span className="area-label hide-narrow">{t(`area.${session.area}`)}</span>}
      {free && areasFor('/search')?.includes(session.area) && <GlobalSearch />}
      <div className="header-tools">
        {free && <Bell />}
        <ThemeSwitch />
        <LanguageSwitch />
        <AccountMenu session={session} />
      </div>
    </header>
  );
}

function NavigationDrawer({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button type="text" icon={<MenuOutlined />} aria-label={t('shell.navigation')} onClick={() => setOpen(true)} />
      <Drawer title={t(`area.${session.area}`)} placement="left" size={260} open={open} onClose={() => setOpen(false)}>
        <nav aria-label={t('shell.navigation')}>
          <Navigation session={session} onFollow={() => setOpen(false)} />
        </nav>
      </Drawer>
    </>
  );
}
