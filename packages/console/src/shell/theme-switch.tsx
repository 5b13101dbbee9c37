import { DesktopOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ThemeChoice, usePreferences } from './preferences.tsx';

const icons: Readonly<Record<ThemeChoice, ReactNode>> = {
  system: <DesktopOutlined />,
  light: <SunOutlined />,
  dark: <MoonOutlined />,
};

/** Light, dark or as the system has it. */
export function ThemeSwitch() {
  const { t } = useTranslation();
  const { theme, setTheme } = usePreferences();
  const items = (['system', 'light', 'dark'] as const).map((choice) => ({
    key: choice,
    icon: icons[choice],
    label: t(`shell.theme.${choice}`),
    onClick: () => setTheme(choice),
  }));
  return (
    <Dropdown menu={{ items, selectable: true, selectedKeys: [theme] }} trigger={['click']}>
      <Button type="text" icon={icons[theme]} aria-label={t('shell.themeSwitch')} data-testid="theme-switch" />
    </Dropdown>
  );
}
