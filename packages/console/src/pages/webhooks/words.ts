import { useTranslation } from 'react-i18next';

const faults = ['dns', 'refused', 'reset', 'timeout', 'tls', 'blocked'] as const;

/** What came back, in words: the status, or why there was none. */
export function useAnswer(): (status: number | null, fault: string | null) => string {
  const { t } = useTranslation();
  return (status, fault) => {
    if (status !== null) return `HTTP ${status}`;
    const known = faults.find((one) => one === fault);
    return known === undefined ? t('webhooks.noAnswer') : `${t('webhooks.noAnswer')}: ${t(`webhooks.faults.${known}`)}`;
  };
}
