import type { FileRefView, OrderDeliveryView } from '@jishi/marketplace/console-api';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { startAppeal } from '../../api/deliveries.ts';
import { useCommand } from '../../components/command.ts';
import { FileUpload, FileUploads } from '../../components/file-upload.tsx';
import { useBase } from '../../components/links.tsx';

interface AppealStartProps {
  readonly delivery: OrderDeliveryView;
  readonly onDone: () => void;
}

/** Asks the operator to decide; where it is not possible yet, the rule that says so (S6-11 to S6-13). */
export function AppealStart({ delivery, onDone }: AppealStartProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { supervision } = delivery;
  if (supervision === null || supervision.step === 'COMPLETED' || supervision.step === 'CANCELLED') return null;
  if (open && supervision.may.appeal) return <AppealForm delivery={delivery} onDone={onDone} />;
  if (supervision.may.appeal)
    return (
      <span>
        <Button size="small" onClick={() => setOpen(true)} data-testid="start-appeal">
          {t('supervision.appeal.start')}
        </Button>
      </span>
    );
  if (supervision.noAppeal === null) return null;
  return (
    <p className="soft" data-testid="no-appeal">
      {t('supervision.appeal.notYet')}
    </p>
  );
}

function AppealForm({ delivery, onDone }: AppealStartProps) {
  const { t } = useTranslation();
  const id = useId();
  const seller = useBase() === 'seller';
  const [reason, setReason] = useState('');
  const [demand, setDemand] = useState('');
  const [files, setFiles] = useState<readonly FileRefView[]>([]);
  const [letter, setLetter] = useState<FileRefView | null>(null);
  const [tried, setTried] = useState(false);
  const fault = faultOf({ reason, files, letter, seller });
  const start = useCommand({
    run: () =>
      startAppeal(delivery.deliveryId, {
        reason: reason.trim(),
        demand: demand.trim(),
        fileIds: files.map(({ fileId }) => fileId),
        letterFileId: letter?.fileId ?? null,
      }),
    refresh: [],
    done: t('supervision.appeal.started'),
    onDone,
  });
  const send = (): void => {
    setTried(true);
    if (fault === 'reasonMissing') document.getElementById(`${id}-reason`)?.focus();
    if (fault === null) start.mutate(undefined);
  };
  return (
    <section className="stack" aria-label={t('supervision.appeal.start')} data-testid="appeal-form">
      <p className="soft">{t(seller ? 'supervision.appeal.sellerHelp' : 'supervision.appeal.buyerHelp')}</p>
      <div className="filter">
        <label htmlFor={`${id}-reason`}>{t('supervision.appeal.reason')}</label>
        <Input.TextArea
          id={`${id}-reason`}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={2_000}
          autoSize={{ minRows: 2, maxRows: 8 }}
          status={tried && reason.trim() === '' ? 'error' : ''}
          data-testid="appeal-reason"
        />
      </div>
      <div className="filter">
        <label htmlFor={`${id}-demand`}>{t('supervision.appeal.demand')}</label>
        <Input.TextArea
          id={`${id}-demand`}
          value={demand}
          onChange={(event) => setDemand(event.target.value)}
          maxLength={2_000}
          autoSize={{ minRows: 1, maxRows: 6 }}
        />
      </div>
      <FileUploads purpose="PROOF" label={t('supervision.appeal.files')} value={files} most={10} onChange={setFiles} />
      {seller && (
        <FileUpload purpose="PROOF" label={t('supervision.appeal.letter')} value={letter} onChange={setLetter} />
      )}
      {tried && fault !== null && (
        <span role="alert" className="fault" data-testid="appeal-fault">
          {t(`supervision.appeal.${fault}`)}
        </span>
      )}
      <span>
        <Button danger loading={start.isPending} onClick={send} data-testid="send-appeal">
          {t('supervision.appeal.start')}
        </Button>
      </span>
    </section>
  );
}

interface Draft {
  readonly reason: string;
  readonly files: readonly FileRefView[];
  readonly letter: FileRefView | null;
  readonly seller: boolean;
}

/** S6-9, S6-11: a seller proves the delivery and commits itself by a letter. */
function faultOf({ reason, files, letter, seller }: Draft): 'reasonMissing' | 'proofMissing' | 'letterMissing' | null {
  if (reason.trim() === '') return 'reasonMissing';
  if (seller && files.length === 0) return 'proofMissing';
  return seller && letter === null ? 'letterMissing' : null;
}
