import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { App as AntApp, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useMemo } from 'react';
import { createQueryClient } from './api/queries.ts';
import { createConsoleRouter } from './router.tsx';
import { PreferencesProvider, usePreferences } from './shell/preferences.tsx';
import { themeOf } from './shell/theme.ts';
import 'dayjs/locale/zh-cn';

/** Two Chinese characters on a button stay one word. */
const noSpacing = { autoInsertSpace: false };

const queryClient = createQueryClient();
const router = createConsoleRouter();

export function App() {
  return (
    <PreferencesProvider>
      <QueryClientProvider client={queryClient}>
        <Themed />
      </QueryClientProvider>
    </PreferencesProvider>
  );
}

function Themed() {
  const { language, dark } = usePreferences();
  const theme = useMemo(() => themeOf(dark, !prefersReducedMotion()), [dark]);
  return (
    <ConfigProvider theme={theme} locale={language === 'zh' ? zhCN : enUS} button={noSpacing}>
      <AntApp>
        <RouterProvider router={router} />
      </AntApp>
    </ConfigProvider>
  );
}

/** Who asked the system for less movement gets none from us. */
function prefersReducedMotion(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
