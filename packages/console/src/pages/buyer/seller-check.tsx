import type { ChangeCheckView } from '@jishi/marketplace/console-api';
import { Alert, Spin } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '../../components/feedback.tsx';
import { Instant } from '../../components/values.tsx';

interface SellerCheckProps {
  readonly check: {
    readonly data: ChangeCheckView | undefined;
    readonly error: unknown;
    readonly isFetching: boolean;
    readonly refetch: () => unknown;
  };
}

/** The seller's live answer to "may this renewal change the service?" (B-64); a refusal shows the seller's own text. */
export function SellerCheck({ check }: SellerCheckProps) {
  const { t } = useTranslation();
  if (check.isFetching) return <Asking />;
  if (check.error != null) return <Failure error={check.error} onRetry={() => void check.refetch()} />;
  if (check.data === undefined) return null;
  const { allowed, message, checkedAt } = check.data;
  const when = (
    <span className="soft">
      {t('check.at')} <Instant at={checkedAt} exact />
    </span>
  );
  if (allowed)
    return <Alert type="success" showIcon title={t('check.allowed')} description={when} data-testid="check-allowed" />;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={t('check.refused')}
      data-testid="check-refused"
      description={
        <div className="stack stack--tight">
          {message === null || message === '' ? (
            <span>{t('check.noReason')}</span>
          ) : (
            <span>
              {t('check.says')} <q>{message}</q>
            </span>
          )}
          {when}
        </div>
      }
    />
  );
}

/** The seconds are counted, so that a wait of twenty does not look like a page that hangs. */
function Asking() {
  const { t } = useTranslation();
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="row" role="status" data-testid="check-asking">
      <Spin size="small" />
      <span aria-hidden="true">{t('check.asking', { seconds })}</span>
      <span className="visually-hidden">{t('check.asking', { seconds: 0 })}</span>
    </div>
  );
}
