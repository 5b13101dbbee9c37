import { ExperimentOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { metaQuery } from '../api/queries.ts';
import { Instant } from '../components/values.tsx';

/** Says that nothing here is real and what time the sandbox's clock shows. Absent in production. */
export function SandboxBar() {
  const { t } = useTranslation();
  const meta = useQuery(metaQuery).data;
  if (meta?.mode !== 'sandbox') return null;
  return (
    <section className="sandbox" aria-label={t('shell.sandbox')} data-testid="sandbox-bar">
      <strong>
        <ExperimentOutlined /> {t('shell.sandbox')}
      </strong>
      <span className="hide-narrow">{t('shell.sandboxHelp')}</span>
      <span style={{ marginLeft: 'auto' }}>
        {t('shell.clock')} <Instant at={meta.now} exact timeZone={meta.timeZone} /> ({meta.timeZone})
      </span>
    </section>
  );
}
