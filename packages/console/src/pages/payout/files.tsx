import { DownloadOutlined } from '@ant-design/icons';
import type { PayoutFileForm, PayoutRunDetail } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { exportRun, payoutFileUrl } from '../../api/payout.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { CopyButton } from '../../components/copy.tsx';
import { Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { formatBytes } from '../../format/bytes.ts';
import { may } from '../../shell/areas.ts';
import { usePreferences } from '../../shell/preferences.tsx';

const forms = ['PAIN_001', 'CSV_ZH', 'CSV_EN', 'XLSX_ZH', 'XLSX_EN'] as const satisfies readonly PayoutFileForm[];
type KeptFile = PayoutRunDetail['files'][number];

/** Files for the bank: each is made once, and stays what it was. */
export function Files({ run }: { run: PayoutRunDetail }) {
  const { t } = useTranslation();
  const allowed = may(useQuery(sessionQuery).data, 'settlement.run');
  const columns = useColumns(allowed);
  const make = useCommand({
    run: (form: PayoutFileForm) => exportRun(run.runId, form),
    refresh: ['settlement'],
    done: t('payout.files.done'),
  });
  const missing = forms.filter((form) => !run.files.some((file) => file.form === form));
  return (
    <Panel title={t('payout.files.title')}>
      <p className="soft">{t('payout.files.intro')}</p>
      {run.files.length > 0 && (
        <Rows rows={run.files} columns={columns} rowKey={({ fileId }) => fileId} testId="file-row" />
      )}
      {run.files.length > 1 && <Alert type="warning" showIcon title={t('payout.files.several')} />}
      {allowed && missing.length > 0 && (
        <div className="row" style={{ marginTop: 8 }}>
          {missing.map((form) => (
            <Button
              key={form}
              disabled={make.isPending}
              onClick={() => make.mutate(form)}
              data-testid={`make-${form}`}
              style={{ height: 'auto', minHeight: 32, whiteSpace: 'normal' }}
            >
              {t('payout.files.make', { form: t(`payout.files.form.${form}`) })}
            </Button>
          ))}
        </div>
      )}
      {!allowed && <p className="soft">{t('payout.due.role')}</p>}
    </Panel>
  );
}

function useColumns(allowed: boolean): Column<KeptFile>[] {
  const { t } = useTranslation();
  const { language } = usePreferences();
  return [
    {
      key: 'file',
      title: t('payout.files.file'),
      render: ({ fileId, name, form, bytes }) => (
        <>
          {allowed ? (
            <a href={payoutFileUrl(fileId)} download={name} data-testid="download">
              <DownloadOutlined aria-hidden /> {name}
            </a>
          ) : (
            name
          )}
          <div className="soft">
            {t(`payout.files.form.${form}`)} · <span className="num">{formatBytes(bytes, language)}</span>
          </div>
        </>
      ),
    },
    {
      key: 'made',
      title: t('payout.column.made'),
      render: ({ madeBy, madeAt }) => (
        <>
          {madeBy} · <Instant at={madeAt} />
        </>
      ),
    },
    {
      key: 'sha',
      title: 'SHA-256',
      render: ({ sha256 }) => (
        <span className="row">
          <span className="mono">{sha256.slice(0, 12)}…</span>
          <CopyButton text={sha256} name="SHA-256" />
        </span>
      ),
    },
  ];
}
