import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePreferences } from './preferences.tsx';

/** Two languages need no menu: the button names the other one, in its own words. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const { language, setLanguage } = usePreferences();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <Button type="text" data-testid="language-switch" title={t('shell.language')} onClick={() => setLanguage(other)}>
      <span lang={other === 'zh' ? 'zh-CN' : 'en'}>{other === 'zh' ? '中文' : 'English'}</span>
    </Button>
  );
}
