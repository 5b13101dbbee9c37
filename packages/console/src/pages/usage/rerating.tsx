import type { ReratingView } from '@jishi/marketplace/console-api';
import { useMutation } from '@tanstack/react-query';
import { Button, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { previewRerating, rerate } from '../../api/usage.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { formatMoney } from '../../format/money.ts';
import { usePreferences } from '../../shell/preferences.tsx';

interface ReratingProps {
  readonly resourceId: string;
  /** without it one only looks */
  readonly allowed: boolean;
}

/** Charges since a time computed anew: looked at first, then done. */
export function Rerating({ resourceId, allowed }: ReratingProps) {
  const { t } = useTranslation();
  const id = useId();
  const [since, setSince] = useState(() => dayjs().subtract(7, 'day').startOf('day'));
  const preview = useMutation({ mutationFn: previewRerating });
  return (
    <Panel title={t('usage.desk.anew')}>
      <div className="stack">
        <p className="soft">{t('usage.desk.anewHelp')}</p>
        <div className="row">
          <div className="filter">
            <label htmlFor={id}>{t('usage.desk.from')}</label>
            <DatePicker
              id={id}
              showTime={{ format: 'HH:mm' }}
              format="YYYY-MM-DD HH:mm"
              allowClear={false}
              value={since}
              onChange={(chosen) => {
                if (chosen !== null) setSince(chosen);
                preview.reset();
              }}
            />
          </div>
          <Button
            loading={preview.isPending}
            onClick={() => preview.mutate({ resourceId, since: since.toISOString() })}
            data-testid="rerating-preview"
          >
            {t('usage.desk.preview')}
          </Button>
        </div>
        {preview.error !== null && <Failure error={preview.error} />}
        {preview.data !== undefined && (
          <Previewed resourceId={resourceId} found={preview.data} allowed={allowed} onDone={() => preview.reset()} />
        )}
      </div>
    </Panel>
  );
}

interface PreviewedProps extends ReratingProps {
  readonly found: ReratingView;
  readonly onDone: () => void;
}
function Previewed({ resourceId, found, allowed, onDone }: PreviewedProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const [asked, setAsked] = useState(false);
  const amount = formatMoney(found.difference, language);
  const apply = useCommand({
    run: rerate,
    refresh: ['usage'],
    done: t('usage.desk.applied', { count: found.differing }),
    onDone,
    // shown in the dialog
    onFailed: () => true,
  });
  const columns: Column<ReratingView['charges'][number]>[] = [
    { key: 'billed', title: t('usage.billedAt'), render: ({ billedAt }) => <Instant at={billedAt} /> },
    { key: 'before', title: t('usage.desk.before'), align: 'right', render: ({ before }) => before.amount },
    { key: 'after', title: t('usage.desk.after'), align: 'right', render: ({ after }) => after.amount },
  ];
  if (found.differing === 0) return <p data-testid="rerating-same">{t('usage.desk.same', { rated: found.rated })}</p>;
  return (
    <>
      <p data-testid="rerating-differs">
        {t('usage.desk.differs', { rated: found.rated, differing: found.differing, amount })}
      </p>
      <Rows rows={found.charges} columns={columns} rowKey={({ chargeId }) => chargeId} testId="rerating-charge" />
      {allowed && (
        <Button danger onClick={() => setAsked(true)} data-testid="rerating-apply">
          {t('usage.desk.apply')}
        </Button>
      )}
      {asked && (
        <ReasonDialog
          title={t('usage.desk.applyTitle')}
          confirm={t('usage.desk.apply')}
          danger
          busy={apply.isPending}
          error={apply.error}
          onClose={() => setAsked(false)}
          onConfirm={(reason) =>
            apply.mutate({ resourceId, since: found.since, reason, difference: found.difference.amount })
          }
        >
          <p>{t('usage.desk.applyHelp', { amount })}</p>
        </ReasonDialog>
      )}
    </>
  );
}
