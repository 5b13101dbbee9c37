import { Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type TitleDraft, type TitleFault, titleTypes } from './title-draft.ts';

interface TitleFieldsProps {
  readonly draft: TitleDraft;
  readonly onChange: (draft: TitleDraft) => void;
  /** shown once somebody tried */
  readonly fault: TitleFault | null;
}

const titleTexts = [
  ['name', 100],
  ['taxNumber', 20],
  ['address', 200],
  ['phone', 40],
  ['bank', 100],
  ['account', 60],
] as const;
const receiverTexts = [
  ['email', 254],
  ['receiver', 60],
  ['receiverPhone', 40],
  ['receiverAddress', 200],
] as const;

/** The fields of a title and of who receives the invoice, for requests, kept titles and the seller's template. */
export function TitleFields({ draft, onChange, fault }: TitleFieldsProps) {
  const { t } = useTranslation();
  const id = useId();
  const field = ([name, most]: (typeof titleTexts)[number] | (typeof receiverTexts)[number]) => (
    <div className="filter" key={name}>
      <label htmlFor={`${id}-${name}`}>{t(`invoices.title.${name}`)}</label>
      <Input
        id={`${id}-${name}`}
        value={draft[name]}
        maxLength={most}
        status={fault === name ? 'error' : ''}
        onChange={({ target }) => onChange({ ...draft, [name]: target.value })}
        data-testid={`title-${name}`}
      />
    </div>
  );
  return (
    <div className="stack">
      <div className="filters">
        <div className="filter">
          <label htmlFor={`${id}-type`}>{t('invoices.title.type')}</label>
          <Select
            id={`${id}-type`}
            value={draft.type}
            options={titleTypes.map((type) => ({ value: type, label: t(`invoices.title.types.${type}`) }))}
            onChange={(type) => onChange({ ...draft, type })}
          />
        </div>
        {titleTexts.map(field)}
      </div>
      <div className="filters">{receiverTexts.map(field)}</div>
      {fault !== null && (
        <span role="alert" className="fault" data-testid="title-fault">
          {t(`invoices.title.fault.${fault}`)}
        </span>
      )}
    </div>
  );
}
