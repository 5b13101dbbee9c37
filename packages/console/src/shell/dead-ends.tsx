import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Failure } from '../components/feedback.tsx';
import { Page } from '../components/page.tsx';

/** 404: the address leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('deadEnd.notFound')}>
      <div className="panel empty" data-testid="not-found">
        <p>{t('deadEnd.notFoundHelp')}</p>
        <Link to="/">{t('deadEnd.home')}</Link>
      </div>
    </Page>
  );
}

/** 403: the page belongs to another area. */
export function Forbidden() {
  const { t } = useTranslation();
  return (
    <Page title={t('deadEnd.forbidden')}>
      <div className="panel empty" data-testid="forbidden">
        <p>{t('deadEnd.forbiddenHelp')}</p>
        <Link to="/sign-in">{t('deadEnd.otherAccount')}</Link>
      </div>
    </Page>
  );
}

/** A fault of the page itself, such as a part that could not be loaded. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <Page title={t('deadEnd.broken')}>
      <Failure error={error} onRetry={reset} />
      <div>
        <Button onClick={() => window.location.reload()}>{t('deadEnd.reload')}</Button>
      </div>
    </Page>
  );
}
