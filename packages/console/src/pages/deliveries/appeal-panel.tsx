import type { AppealView, FileRefView, OrderDeliveryView } from '@jishi/marketplace/console-api';
import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addStatement, linkDocument } from '../../api/deliveries.ts';
import { useCommand } from '../../components/command.ts';
import { FileUploads } from '../../components/file-upload.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { AppealDecision } from './appeal-decision.tsx';
import { AppealStart } from './appeal-start.tsx';
import { DeliveredFile } from './delivered-file.tsx';

interface AppealProps {
  readonly delivery: OrderDeliveryView;
  readonly onDone: () => void;
}

/** The open appeal with its statements and the operator's decision, or the way to start one (B-94, S-43, O-20, O-21). */
export function AppealPanel({ delivery, onDone }: AppealProps) {
  const { t } = useTranslation();
  const { supervision } = delivery;
  if (supervision === null) return null;
  const { appeal, may } = supervision;
  if (appeal === null) return <AppealStart delivery={delivery} onDone={onDone} />;
  return (
    <section className="stack" aria-label={t('supervision.appeal.title')} data-testid="appeal">
      <h3>{t('supervision.appeal.title')}</h3>
      <dl className="facts">
        <Pair term={t('supervision.appeal.by')} value={t(`supervision.side.${appeal.by}`)} />
        <Pair term={t('supervision.appeal.reason')} value={<span className="prose">{appeal.reason}</span>} />
        {appeal.demand !== '' && (
          <Pair term={t('supervision.appeal.demand')} value={<span className="prose">{appeal.demand}</span>} />
        )}
        <Pair term={t('supervision.appeal.openedAt')} value={<Instant at={appeal.openedAt} />} />
        <Pair term={t('supervision.appeal.dueAt')} value={<Instant at={appeal.dueAt} />} />
        {appeal.files.length > 0 && (
          <Pair
            term={t('supervision.appeal.files')}
            value={<EvidenceFiles deliveryId={delivery.deliveryId} files={appeal.files} />}
          />
        )}
      </dl>
      <Statements appeal={appeal} deliveryId={delivery.deliveryId} />
      {may.state && <StatementForm delivery={delivery} onDone={onDone} />}
      {may.decide && <AppealDecision delivery={delivery} onDone={onDone} />}
    </section>
  );
}

function Statements({ appeal, deliveryId }: { appeal: AppealView; deliveryId: string }) {
  const { t } = useTranslation();
  if (appeal.statements.length === 0) return null;
  return (
    <ul className="plain-list stack" data-testid="statements">
      {appeal.statements.map(({ by, text, files, at }) => (
        <li key={`${by} ${at}`}>
          <strong>{t(`supervision.side.${by}`)}</strong>{' '}
          <span className="soft">
            <Instant at={at} />
          </span>
          <div className="prose">{text}</div>
          <EvidenceFiles deliveryId={deliveryId} files={files} />
        </li>
      ))}
    </ul>
  );
}

/** Evidence that both sides and the operator read (S6-1). */
export function EvidenceFiles({ deliveryId, files }: { deliveryId: string; files: readonly FileRefView[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="plain-list stack stack--tight">
      {files.map((file) => (
        <li key={file.fileId}>
          <DeliveredFile file={file} link={() => linkDocument(deliveryId, file.fileId)} />
        </li>
      ))}
    </ul>
  );
}

/** O-20: both sides may add to it. */
function StatementForm({ delivery, onDone }: AppealProps) {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly FileRefView[]>([]);
  const add = useCommand({
    run: () =>
      addStatement(
        delivery.deliveryId,
        text.trim(),
        files.map(({ fileId }) => fileId),
      ),
    refresh: [],
    done: t('supervision.appeal.stated'),
    onDone: () => {
      setText('');
      setFiles([]);
      onDone();
    },
  });
  return (
    <div className="stack">
      <div className="filter">
        <label htmlFor={id}>{t('supervision.appeal.statement')}</label>
        <Input.TextArea
          id={id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={2_000}
          autoSize={{ minRows: 2, maxRows: 8 }}
          data-testid="statement"
        />
      </div>
      <FileUploads purpose="PROOF" label={t('supervision.appeal.files')} value={files} most={10} onChange={setFiles} />
      <span>
        <Button
          disabled={text.trim() === ''}
          loading={add.isPending}
          onClick={() => add.mutate(undefined)}
          data-testid="add-statement"
        >
          {t('supervision.appeal.add')}
        </Button>
      </span>
    </div>
  );
}
