import type { BuyerInvoiceDetailView, BuyerStep, FileRefView, IssuerStep } from '@jishi/marketplace/console-api';
import { Button, DatePicker, Input, Radio } from 'antd';
import dayjs from 'dayjs';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { buyerStep, issuerStep } from '../../api/invoices.ts';
import { useCommand } from '../../components/command.ts';
import { FileUpload, FileUploads } from '../../components/file-upload.tsx';
import { Panel } from '../../components/page.tsx';
import { ReasonDialog } from '../../components/reason-dialog.tsx';
import { isPaper } from './title-draft.ts';

interface StepsProps {
  readonly invoice: BuyerInvoiceDetailView;
}
type Asking = 'refuse' | 'decline-cancel' | 'decline-return' | null;

/** What may be done with the invoice now: its buttons, and the form that a step needs. */
export function InvoiceSteps({ invoice }: StepsProps) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asking>(null);
  const { next, invoiceId } = invoice;
  const take = useCommand({
    run: (step: { buyer: BuyerStep } | { issuer: IssuerStep }) =>
      'buyer' in step ? buyerStep(invoiceId, step.buyer) : issuerStep(invoiceId, step.issuer),
    refresh: ['invoices'],
    done: t('invoices.step.done'),
    onDone: () => setAsking(null),
  });
  if (next.length === 0) return null;
  const offers = (step: (typeof next)[number]): boolean => next.includes(step);
  const button = (name: 'accept' | 'cancel' | 'receive', primary = false) =>
    offers(name) && (
      <Button
        type={primary ? 'primary' : 'default'}
        loading={take.isPending}
        onClick={() => take.mutate(name === 'accept' ? { issuer: { step: name } } : { buyer: { step: name } })}
        data-testid={`step-${name}`}
      >
        {t(`invoices.step.${name}`)}
      </Button>
    );
  const ask = (name: Exclude<Asking, null>) => (
    <Button danger onClick={() => setAsking(name)} data-testid={`step-${name}`}>
      {t(`invoices.step.${name}`)}
    </Button>
  );
  return (
    <Panel title={t('invoices.step.title')}>
      <div className="stack">
        {offers('issue') && (
          <EntryForm
            name={t('invoices.step.issue')}
            paper={isPaper(invoice.kind)}
            busy={take.isPending}
            onSend={(issued, courier) => take.mutate({ issuer: { step: 'issue', issued, courier } })}
          />
        )}
        {offers('answer-return') && (
          <EntryForm
            name={t('invoices.step.red')}
            paper={false}
            fileOptional
            busy={take.isPending}
            onSend={(red) => take.mutate({ issuer: { step: 'answer-return', agree: true, red } })}
          />
        )}
        {offers('return') && (
          <ReturnForm
            paper={isPaper(invoice.kind)}
            busy={take.isPending}
            onSend={(step) => take.mutate({ buyer: step })}
          />
        )}
        <div className="row">
          {button('accept')}
          {button('receive', true)}
          {button('cancel')}
          {offers('answer-cancel') && (
            <Button
              type="primary"
              loading={take.isPending}
              onClick={() => take.mutate({ issuer: { step: 'answer-cancel', agree: true } })}
              data-testid="step-agree-cancel"
            >
              {t('invoices.step.agree-cancel')}
            </Button>
          )}
          {offers('refuse') && ask('refuse')}
          {offers('answer-cancel') && ask('decline-cancel')}
          {offers('answer-return') && ask('decline-return')}
        </div>
        {asking !== null && (
          <ReasonDialog
            title={t(`invoices.step.${asking}`)}
            confirm={t(`invoices.step.${asking}`)}
            danger
            busy={take.isPending}
            error={null}
            onClose={() => setAsking(null)}
            onConfirm={(reason) => take.mutate({ issuer: declined(asking, reason) })}
          >
            {t('invoices.step.reasonHelp')}
          </ReasonDialog>
        )}
      </div>
    </Panel>
  );
}

function declined(asking: Exclude<Asking, null>, reason: string): IssuerStep {
  if (asking === 'refuse') return { step: 'refuse', reason };
  if (asking === 'decline-cancel') return { step: 'answer-cancel', agree: false, reason };
  return { step: 'answer-return', agree: false, reason };
}

interface Entry {
  readonly number: string;
  readonly code: string | null;
  readonly issuedOn: string;
  readonly fileId: string | null;
}
interface Courier {
  readonly carrier: string;
  readonly trackingNo: string;
}
interface EntryFormProps {
  readonly name: string;
  readonly paper: boolean;
  readonly fileOptional?: boolean;
  readonly busy: boolean;
  readonly onSend: (entry: Entry, courier: Courier | null) => void;
}

/** Number, day and file of an invoice; of paper how it travels. */
export function EntryForm({ name, paper, fileOptional = paper, busy, onSend }: EntryFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [number, setNumber] = useState('');
  const [code, setCode] = useState('');
  const [day, setDay] = useState('');
  const [courier, setCourier] = useState<Courier>({ carrier: '', trackingNo: '' });
  const [file, setFile] = useState<FileRefView | null>(null);
  const [tried, setTried] = useState(false);
  const travels = courier.carrier.trim() !== '' && courier.trackingNo.trim() !== '';
  const complete = number.trim() !== '' && day !== '' && (fileOptional || file !== null) && (!paper || travels);
  return (
    <form
      className="stack"
      aria-label={name}
      data-testid="entry-form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        const entry = { number: number.trim(), code: code.trim() === '' ? null : code.trim(), issuedOn: day };
        if (complete) onSend({ ...entry, fileId: file?.fileId ?? null }, paper ? courier : null);
      }}
    >
      <div className="filters">
        <div className="filter">
          <label htmlFor={`${id}-number`}>{t('invoices.number')}</label>
          <Input
            id={`${id}-number`}
            value={number}
            maxLength={40}
            onChange={({ target }) => setNumber(target.value)}
            data-testid="entry-number"
          />
        </div>
        <div className="filter">
          <label htmlFor={`${id}-code`}>{t('invoices.code')}</label>
          <Input id={`${id}-code`} value={code} maxLength={20} onChange={({ target }) => setCode(target.value)} />
        </div>
        <div className="filter">
          <label htmlFor={`${id}-day`}>{t('invoices.issuedOn')}</label>
          <DatePicker
            // its button to clear is smaller than a finger
            allowClear={false}
            id={`${id}-day`}
            value={day === '' ? null : dayjs(day)}
            onChange={(chosen) => setDay(chosen?.format('YYYY-MM-DD') ?? '')}
          />
        </div>
      </div>
      <FileUpload purpose="INVOICE" label={t('invoices.file')} value={file} onChange={setFile} />
      {paper && <CourierFields courier={courier} onChange={setCourier} />}
      {tried && !complete && (
        <span role="alert" className="fault" data-testid="entry-gap">
          {t('invoices.step.gap')}
        </span>
      )}
      <span>
        <Button type="primary" htmlType="submit" loading={busy} data-testid="entry-send">
          {name}
        </Button>
      </span>
    </form>
  );
}

function CourierFields({ courier, onChange }: { courier: Courier; onChange: (courier: Courier) => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="filters">
      {(['carrier', 'trackingNo'] as const).map((name) => (
        <div className="filter" key={name}>
          <label htmlFor={`${id}-${name}`}>{t(`invoices.${name}`)}</label>
          <Input
            id={`${id}-${name}`}
            value={courier[name]}
            maxLength={60}
            onChange={({ target }) => onChange({ ...courier, [name]: target.value })}
          />
        </div>
      ))}
    </div>
  );
}

interface ReturnFormProps {
  readonly paper: boolean;
  readonly busy: boolean;
  readonly onSend: (step: BuyerStep) => void;
}

/** S-64: was it deducted (已抵扣认证)? Yes: reason and proofs. No: paper goes back by courier. */
function ReturnForm({ paper, busy, onSend }: ReturnFormProps) {
  const { t } = useTranslation();
  const id = useId();
  const [open, setOpen] = useState(false);
  const [deducted, setDeducted] = useState(false);
  const [reason, setReason] = useState('');
  const [files, setFiles] = useState<readonly FileRefView[]>([]);
  const [courier, setCourier] = useState<Courier>({ carrier: '', trackingNo: '' });
  const [tried, setTried] = useState(false);
  const travels = courier.carrier.trim() !== '' && courier.trackingNo.trim() !== '';
  const complete = reason.trim() !== '' && (deducted ? files.length > 0 : !paper || travels);
  if (!open)
    return (
      <span>
        <Button onClick={() => setOpen(true)} data-testid="step-return">
          {t('invoices.step.return')}
        </Button>
      </span>
    );
  return (
    <form
      className="stack"
      aria-label={t('invoices.step.return')}
      data-testid="return-form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!complete) return;
        const sent = !deducted && paper ? courier : null;
        const fileIds = files.map(({ fileId }) => fileId);
        onSend({ step: 'return', deducted, reason: reason.trim(), fileIds, courier: sent });
      }}
    >
      <p className="soft">{t('invoices.step.returnHelp')}</p>
      <div className="filter">
        <span id={`${id}-deducted`}>{t('invoices.deducted')}</span>
        <Radio.Group
          aria-labelledby={`${id}-deducted`}
          value={deducted}
          onChange={({ target }) => setDeducted(target.value === true)}
          options={[
            { value: false, label: t('invoices.no') },
            { value: true, label: t('invoices.yes') },
          ]}
        />
      </div>
      <div className="filter wide">
        <label htmlFor={`${id}-reason`}>{t('invoices.returnReason')}</label>
        <Input
          id={`${id}-reason`}
          value={reason}
          maxLength={500}
          onChange={({ target }) => setReason(target.value)}
          data-testid="return-reason"
        />
      </div>
      {deducted && (
        <FileUploads purpose="INVOICE" label={t('invoices.proofs')} value={files} most={10} onChange={setFiles} />
      )}
      {!deducted && paper && <CourierFields courier={courier} onChange={setCourier} />}
      {tried && !complete && (
        <span role="alert" className="fault">
          {t('invoices.step.gap')}
        </span>
      )}
      <span>
        <Button danger htmlType="submit" loading={busy} data-testid="return-send">
          {t('invoices.step.return')}
        </Button>
      </span>
    </form>
  );
}
