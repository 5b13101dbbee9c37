import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';

/** Without a joint-operation product there is nothing to bind, authorise or keep in step (consoles-and-processes.md 2). */
export function EnterprisePage() {
  const { t } = useTranslation();
  return (
    <Page title={t('nav.enterprise')}>
      <Empty sentence={t('enterprise.nothing')}>
        <p className="soft" style={{ maxWidth: '60ch' }}>
          {t('enterprise.help')}
        </p>
        <Link to="/">{t('checkout.browse')}</Link>
      </Empty>
    </Page>
  );
}
