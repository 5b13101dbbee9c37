import { DownloadOutlined } from '@ant-design/icons';
import type { ExportJobView, NewExportInput } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Button, Modal, Radio } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sessionQuery } from '../../api/queries.ts';
import { askExport } from '../../api/settlement.ts';
import { useCommand } from '../../components/command.ts';
import { may } from '../../shell/areas.ts';
import { usePreferences } from '../../shell/preferences.tsx';

type Kind = ExportJobView['kind'];
type How = Pick<NewExportInput, 'format' | 'language'>;
interface ExportButtonProps {
  readonly kind: Kind;
  /** the filters of the page in the format and language that are chosen */
  readonly wanted: (how: How) => NewExportInput;
  /** what else is asked in the dialog */
  readonly more?: ReactNode;
}

/** Asks in which form, has the table written in the background, and leads to where it can be fetched. */
export function ExportButton({ kind, wanted, more }: ExportButtonProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const allowed = may(useQuery(sessionQuery).data, 'export.use');
  return (
    <>
      <Button
        icon={<DownloadOutlined />}
        disabled={!allowed}
        title={allowed ? undefined : t('settlement.exports.role')}
        onClick={() => setOpen(true)}
        data-testid="export"
      >
        {t('settlement.exports.button')}
      </Button>
      {open && <ExportDialog kind={kind} wanted={wanted} more={more} onClose={() => setOpen(false)} />}
    </>
  );
}

function ExportDialog({ kind, wanted, more, onClose }: ExportButtonProps & { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { language: own } = usePreferences();
  const navigate = useNavigate();
  const area = useQuery(sessionQuery).data?.area;
  const base = area === 'operator' || area === 'distributor' ? area : 'seller';
  const [format, setFormat] = useState<How['format']>('xlsx');
  const [language, setLanguage] = useState<How['language']>(own);
  const ask = useCommand({
    run: () => askExport(wanted({ format, language })),
    refresh: ['exports'],
    done: t('settlement.exports.started'),
    onDone: () => {
      onClose();
      void navigate({ to: area === 'buyer' ? '/exports' : `/${base}/exports` });
    },
  });
  const id = useId();
  return (
    <Modal
      open
      title={t('settlement.exports.title', { what: t(`settlement.exports.what.${kind}`) })}
      okText={t('settlement.exports.button')}
      okButtonProps={{ 'data-testid': 'export-confirm' }}
      confirmLoading={ask.isPending}
      onOk={() => ask.mutate(undefined)}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">
          {kind !== 'BILL_LINES' && t('settlement.exports.filtered')} {t('settlement.exports.intro')}
        </p>
        <div className="filter">
          <span id={`${id}-format`}>{t('settlement.exports.format')}</span>
          <Radio.Group
            aria-labelledby={`${id}-format`}
            value={format}
            onChange={({ target }) => setFormat(target.value === 'csv' ? 'csv' : 'xlsx')}
            options={[
              { value: 'xlsx', label: t('settlement.exports.xlsx') },
              { value: 'csv', label: t('settlement.exports.csv') },
            ]}
          />
        </div>
        <div className="filter">
          <span id={`${id}-language`}>{t('settlement.exports.language')}</span>
          <Radio.Group
            aria-labelledby={`${id}-language`}
            value={language}
            onChange={({ target }) => setLanguage(target.value === 'en' ? 'en' : 'zh')}
            options={[
              { value: 'zh', label: '中文' },
              { value: 'en', label: 'English' },
            ]}
          />
        </div>
        {more}
      </div>
    </Modal>
  );
}
