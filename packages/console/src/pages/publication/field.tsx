import { Input, InputNumber, Select, Switch } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftFaultView } from '../../api/publication-types.ts';
import { useText } from '../../i18n/text.ts';
import { useEditor, useFieldState } from './editor-context.ts';

/** The fields of the product editor. Each is named by the path of the member it holds, by which faults find it. */
export interface Control {
  readonly id: string;
  readonly status: '' | 'error';
  readonly disabled: boolean;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string;
  readonly onBlur: () => void;
}

interface FieldProps {
  readonly path: string;
  readonly label: string;
  readonly help?: ReactNode;
  readonly children: (control: Control) => ReactNode;
}

export function Field({ path, label, help, children }: FieldProps) {
  const { t } = useTranslation();
  const id = useId();
  const { touch } = useEditor();
  const { faults, fixed } = useFieldState(path);
  const invalid = faults.some(({ severity }) => severity === 'FAULT');
  return (
    <div className="editor-field" data-path={path}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        status: invalid ? 'error' : '',
        disabled: fixed,
        'aria-invalid': invalid,
        'aria-describedby': `${id}-rule`,
        onBlur: () => touch(path),
      })}
      <div id={`${id}-rule`}>
        {fixed ? (
          <span className="soft">{t('publication.fixed')}</span>
        ) : (
          help !== undefined && <span className="soft">{help}</span>
        )}
        <FaultLines faults={faults} />
      </div>
    </div>
  );
}

/** The rules that fail, each with its number. */
export function FaultLines({ faults }: { faults: readonly DraftFaultView[] }) {
  const text = useText();
  return faults.map((fault) => (
    <div
      key={`${fault.rule} ${fault.message.en}`}
      className={fault.severity === 'FAULT' ? 'fault' : 'hint'}
      data-testid="field-fault"
    >
      {text(fault.message)} <span className="mono">{fault.rule}</span>
    </div>
  ));
}

/** Faults of a whole group, which no single field shows. */
export function GroupFaults({ path }: { path: string }) {
  const { faults } = useFieldState(path);
  return (
    <div data-path={path} tabIndex={-1} className="group-faults">
      <FaultLines faults={faults} />
    </div>
  );
}

interface TextProps {
  readonly path: string;
  readonly label: string;
  readonly help?: ReactNode;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly placeholder?: string;
}

export function TextField({ path, label, help, value, onChange, rows, placeholder }: TextProps) {
  return (
    <Field path={path} label={label} help={help}>
      {(control) =>
        rows === undefined ? (
          <Input
            {...control}
            value={value}
            placeholder={placeholder ?? ''}
            onChange={(event) => onChange(event.target.value)}
            data-testid={`field-${path}`}
          />
        ) : (
          <Input.TextArea
            {...control}
            value={value}
            placeholder={placeholder ?? ''}
            autoSize={{ minRows: rows, maxRows: 18 }}
            onChange={(event) => onChange(event.target.value)}
            data-testid={`field-${path}`}
          />
        )
      }
    </Field>
  );
}

interface Both {
  readonly zh: string;
  readonly en: string;
}

interface BothProps extends Omit<TextProps, 'value' | 'onChange' | 'placeholder'> {
  readonly value: Both;
  readonly onChange: (value: Both) => void;
  /** number of characters is counted below */
  readonly counted?: boolean;
  /** one of a list, whose name stands above */
  readonly quiet?: boolean;
}

/** A text in both languages, side by side where there is room. */
export function BothField({ path, label, help, value, onChange, rows, counted, quiet }: BothProps) {
  const { t } = useTranslation();
  const { faults } = useFieldState(path);
  return (
    <fieldset className="editor-group">
      <legend className={quiet === true ? 'visually-hidden' : ''}>{label}</legend>
      <div className="editor-both">
        {(['zh', 'en'] as const).map((language) => (
          <TextField
            key={language}
            path={`${path}.${language}`}
            label={t(`publication.language.${language}`)}
            value={value[language]}
            onChange={(next) => onChange({ ...value, [language]: next })}
            {...(rows === undefined ? {} : { rows })}
            {...(counted === true ? { help: t('publication.characters', { count: [...value[language]].length }) } : {})}
          />
        ))}
      </div>
      <div data-path={path} tabIndex={-1} className="group-faults">
        {help !== undefined && <span className="soft">{help}</span>}
        <FaultLines faults={faults} />
      </div>
    </fieldset>
  );
}

interface NumberProps {
  readonly path: string;
  readonly label: string;
  readonly help?: ReactNode;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly unit?: string;
}

export function NumberField({ path, label, help, value, onChange, unit }: NumberProps) {
  return (
    <Field path={path} label={label} help={help}>
      {(control) => (
        <InputNumber
          {...control}
          value={value}
          precision={0}
          onChange={onChange}
          {...(unit === undefined ? {} : { suffix: unit })}
          style={{ width: '100%', maxWidth: 200 }}
          data-testid={`field-${path}`}
        />
      )}
    </Field>
  );
}

interface ChoiceProps<T extends string> {
  readonly path: string;
  readonly label: string;
  readonly help?: ReactNode;
  readonly value: T | null;
  readonly options: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean }[];
  readonly onChange: (value: T) => void;
}

export function ChoiceField<T extends string>({ path, label, help, value, options, onChange }: ChoiceProps<T>) {
  return (
    <Field path={path} label={label} help={help}>
      {(control) => (
        <Select<T>
          {...control}
          value={value}
          options={[...options]}
          onChange={onChange}
          showSearch={options.length > 12 ? { optionFilterProp: 'label' } : false}
          data-testid={`field-${path}`}
        />
      )}
    </Field>
  );
}

interface SwitchProps {
  readonly path: string;
  readonly label: string;
  readonly help?: ReactNode;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  readonly disabled?: boolean;
}

export function SwitchField({ path, label, help, value, onChange, disabled }: SwitchProps) {
  return (
    <Field path={path} label={label} help={help}>
      {({ status: _, ...control }) => (
        <div>
          <Switch
            {...control}
            checked={value}
            disabled={control.disabled || disabled === true}
            onChange={onChange}
            data-testid={`field-${path}`}
          />
        </div>
      )}
    </Field>
  );
}
