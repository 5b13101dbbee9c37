import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { Id } from '../../components/copy.tsx';

/** A secret in a dialog that is closed by its reader: it is shown this once. */
export function useShownSecret(): (secret: string) => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  return (secret) =>
    void modal.info({
      title: t('webhooks.shown'),
      width: 560,
      content: (
        <div className="stack stack--tight" data-testid="shown-secret">
          <span className="wrap">
            {t('webhooks.secret')} <Id value={secret} name={t('webhooks.secret')} />
          </span>
          <p className="soft">{t('webhooks.shownHelp')}</p>
        </div>
      ),
    });
}
