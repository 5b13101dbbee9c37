import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BothField, Field, GroupFaults } from './field.tsx';

interface ListedProps<T> {
  readonly path: string;
  readonly label: string;
  readonly help?: string;
  readonly items: readonly T[];
  readonly most: number;
  readonly empty: T;
  readonly add: string;
  readonly onChange: (items: T[]) => void;
  readonly children: (item: T, path: string, change: (item: T) => void) => ReactNode;
}

/** Some parts of one kind, each with its remove button; a new one at the end. */
export function Listed<T>({ path, label, help, items, most, empty, add, onChange, children }: ListedProps<T>) {
  const { t } = useTranslation();
  return (
    <fieldset className="editor-group">
      <legend>{label}</legend>
      {help !== undefined && <p className="soft">{help}</p>}
      {items.map((item, index) => {
        const here = `${path}.${index}`;
        return (
          // parts have no identity of their own before they are saved: their place is it
          <div key={here} className="editor-part">
            <div>
              {children(item, here, (next) => onChange(items.map((one, place) => (place === index ? next : one))))}
            </div>
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={t('publication.removeNumber', { label, number: index + 1 })}
              title={t('publication.remove')}
              onClick={() => onChange(items.filter((_, place) => place !== index))}
            />
          </div>
        );
      })}
      <div>
        <Button
          icon={<PlusOutlined />}
          disabled={items.length >= most}
          onClick={() => onChange([...items, empty])}
          data-testid={`add-${path}`}
        >
          {add}
        </Button>
        {items.length >= most && <span className="soft"> {t('publication.most', { most })}</span>}
      </div>
      <GroupFaults path={path} />
    </fieldset>
  );
}

interface Both {
  readonly zh: string;
  readonly en: string;
}
const nothing: Both = { zh: '', en: '' };

/** A list of texts in both languages. */
export function BothList(props: Omit<ListedProps<Both>, 'empty' | 'children'> & { rows?: number }) {
  const { rows, ...rest } = props;
  return (
    <Listed {...rest} empty={nothing}>
      {(item, path, change) => (
        <BothField
          path={path}
          label={rest.label}
          quiet
          value={item}
          onChange={change}
          {...(rows === undefined ? {} : { rows })}
        />
      )}
    </Listed>
  );
}

interface WordsProps {
  readonly path: string;
  readonly label: string;
  readonly help: string;
  readonly value: readonly string[];
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (value: string[]) => void;
}

/** Single words: chosen, or typed and ended by Enter or a comma. */
export function WordsField({ path, label, help, value, options, onChange }: WordsProps) {
  return (
    <Field path={path} label={label} help={help}>
      {(control) => (
        <Select
          {...control}
          mode="tags"
          value={[...value]}
          tokenSeparators={[',', '，', ';', '；']}
          options={[...(options ?? [])]}
          {...(options === undefined ? { open: false, suffixIcon: null } : {})}
          onChange={onChange}
          data-testid={`field-${path}`}
        />
      )}
    </Field>
  );
}
