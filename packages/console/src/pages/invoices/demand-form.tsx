import type { InvoiceDemandDetail } from '@jishi/marketplace/console-api';
import { Alert, Button, DatePicker, Input, Select } from 'antd';
import dayjs from 'dayjs';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendInvoices } from '../../api/invoices.ts';
import { problemOf } from '../../api/problem.ts';
import { useCommand } from '../../components/command.ts';
import { FileUpload } from '../../components/file-upload.tsx';
import { Panel } from '../../components/page.tsx';
import { useProblemText } from '../../components/problem-text.ts';
import { compareDecimal } from '../../format/decimal.ts';
import { useMoney, useRatio } from '../settlement/words.ts';
import { another, draftsOf, enteredAt, gapIn, type InvoiceDraft, intlFields, requestOf } from './demand-draft.ts';

interface DemandProps {
  readonly demand: InvoiceDemandDetail;
}

/** The seller enters all invoices of a requisition; sums stand beside the list as they are typed (S5-27). */
export function DemandForm({ demand }: DemandProps) {
  const { t } = useTranslation();
  const [drafts, setDrafts] = useState<readonly InvoiceDraft[]>(() => draftsOf(demand));
  const [tried, setTried] = useState(false);
  const gap = gapIn(drafts, demand.site);
  const send = useCommand({
    run: () => sendInvoices(demand.requisitionId, requestOf(drafts, demand.site)),
    refresh: ['invoices'],
    done: t('invoices.form.sent'),
    onFailed: () => true,
  });
  const change = (key: number, part: Partial<InvoiceDraft>): void =>
    setDrafts((all) => all.map((draft) => (draft.key === key ? { ...draft, ...part } : draft)));
  return (
    <Panel title={t('invoices.form.title')}>
      <form
        className="stack"
        data-testid="invoice-form"
        aria-label={t('invoices.form.title')}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (gap === null) send.mutate(undefined);
        }}
      >
        <p className="soft">{t('invoices.form.intro')}</p>
        {drafts.map((draft, place) => (
          <Fields
            key={draft.key}
            demand={demand}
            draft={draft}
            place={place}
            onChange={(part) => change(draft.key, part)}
            onRemove={drafts.length > 1 ? () => setDrafts(drafts.filter(({ key }) => key !== draft.key)) : null}
          />
        ))}
        <Sums demand={demand} drafts={drafts} />
        {tried && gap !== null && (
          <span role="alert" className="fault" data-testid="form-gap">
            {t('invoices.form.gap', { place: gap.place + 1 })}
          </span>
        )}
        {send.error != null && <Refused error={send.error} />}
        <span className="row">
          <Button onClick={() => setDrafts([...drafts, another(drafts, demand.remark)])} data-testid="add-invoice">
            {t('invoices.form.add')}
          </Button>
          <Button type="primary" htmlType="submit" loading={send.isPending} data-testid="send-invoices">
            {t('invoices.form.send')}
          </Button>
        </span>
      </form>
    </Panel>
  );
}

interface FieldsProps extends DemandProps {
  readonly draft: InvoiceDraft;
  readonly place: number;
  readonly onChange: (part: Partial<InvoiceDraft>) => void;
  readonly onRemove: (() => void) | null;
}

function Fields({ demand, draft, place, onChange, onRemove }: FieldsProps) {
  const { t } = useTranslation();
  const id = useId();
  const ratio = useRatio();
  const texts = [
    ['number', 40],
    ['code', 20],
    ['net', 20],
    ['tax', 20],
    ['gross', 20],
  ] as const;
  return (
    <fieldset className="stack" data-testid={`invoice-${place}`}>
      <legend>{t('invoices.form.invoice', { place: place + 1 })}</legend>
      <div className="filters">
        <div className="filter">
          <label htmlFor={`${id}-rate`}>{t('invoices.rate')}</label>
          <Select
            id={`${id}-rate`}
            value={draft.rate}
            options={demand.list.map(({ rate }) => ({ value: rate, label: ratio(rate) }))}
            onChange={(rate) => onChange({ rate })}
          />
        </div>
        {texts
          .filter(([name]) => demand.site === 'CN' || name !== 'code')
          .map(([name, most]) => (
            <div className="filter" key={name}>
              <label htmlFor={`${id}-${name}`}>{t(`invoices.${name}`)}</label>
              <Input
                id={`${id}-${name}`}
                value={draft[name]}
                maxLength={most}
                inputMode={name === 'number' || name === 'code' ? 'text' : 'decimal'}
                onChange={({ target }) => onChange({ [name]: target.value })}
                data-testid={`${name}-${place}`}
              />
            </div>
          ))}
        <div className="filter">
          <label htmlFor={`${id}-day`}>{t('invoices.issuedOn')}</label>
          <DatePicker
            // its button to clear is smaller than a finger
            allowClear={false}
            id={`${id}-day`}
            value={draft.issuedOn === '' ? null : dayjs(draft.issuedOn)}
            onChange={(day) => onChange({ issuedOn: day?.format('YYYY-MM-DD') ?? '' })}
          />
        </div>
      </div>
      {demand.site === 'CN' ? (
        <div className="filter wide">
          <label htmlFor={`${id}-remark`}>{t('invoices.demand.remark')}</label>
          <Input
            id={`${id}-remark`}
            value={draft.remark}
            maxLength={500}
            onChange={({ target }) => onChange({ remark: target.value })}
          />
        </div>
      ) : (
        <div className="filters">
          {intlFields.map((field) => (
            <div className="filter" key={field}>
              <label htmlFor={`${id}-${field}`}>{t(`invoices.intl.${field}`)}</label>
              <Input
                id={`${id}-${field}`}
                value={draft.details[field] ?? ''}
                maxLength={200}
                onChange={({ target }) => onChange({ details: { ...draft.details, [field]: target.value } })}
              />
            </div>
          ))}
        </div>
      )}
      <FileUpload
        purpose="INVOICE"
        label={t('invoices.form.file', { place: place + 1 })}
        value={draft.file}
        onChange={(file) => onChange({ file })}
        testId={`upload-${place}`}
      />
      {onRemove !== null && (
        <span>
          <Button size="small" onClick={onRemove} aria-label={t('invoices.form.removeOne', { place: place + 1 })}>
            {t('invoices.form.remove')}
          </Button>
        </span>
      )}
    </fieldset>
  );
}

/** What is entered beside what is demanded, rate by rate. */
function Sums({ demand, drafts }: DemandProps & { drafts: readonly InvoiceDraft[] }) {
  const { t } = useTranslation();
  const money = useMoney();
  const ratio = useRatio();
  return (
    <ul className="plain" data-testid="sums">
      {demand.list.map(({ rate, gross }) => {
        const seen = enteredAt(drafts, rate);
        const fits = seen !== null && compareDecimal(seen, gross) === 0;
        return (
          <li key={rate} className={fits ? undefined : 'fault'} data-fits={fits}>
            {t(fits ? 'invoices.form.fits' : 'invoices.form.differs', {
              rate: ratio(rate),
              expected: money(gross, demand.currency),
              seen: seen === null ? '—' : money(seen, demand.currency),
            })}
          </li>
        );
      })}
    </ul>
  );
}

const rules = ['S1-8', 'S1-9', 'S5-23', 'S5-25', 'S5-26', 'S5-27', 'S5-28'] as const;

const factNames = ['number', 'rate', 'expected', 'seen', 'net', 'tax', 'gross', 'issuedOn', 'missing'] as const;

/** The rule that an invoice breaks, and where. */
function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const problem = problemOf(error);
  const text = problemText(problem);
  const { rule, invoice, ...facts } = problem.facts ?? {};
  const known = rules.find((one) => one === rule);
  if (problem.code !== 'INVOICE_CHECK' || known === undefined)
    return <Alert type="error" showIcon role="alert" title={text.title} description={text.detail} />;
  const seen = factNames.flatMap((name) => {
    const value = facts[name];
    return value === undefined ? [] : [`${t(`invoices.fact.${name}`)} ${value}`];
  });
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      data-testid="invoice-refused"
      data-rule={known}
      title={t(`invoices.rule.${known}`)}
      description={
        <span>
          {invoice !== undefined && `${t('invoices.form.invoice', { place: invoice })} · `}
          <span className="mono">{[known, ...seen].join(' · ')}</span>
        </span>
      }
    />
  );
}
