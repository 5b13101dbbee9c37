import { Input } from 'antd';
import { useId } from 'react';

interface NumberFieldProps {
  readonly label: string;
  readonly rule: string;
  readonly value: string;
  readonly faulty: boolean;
  readonly onChange: (value: string) => void;
  readonly testId: string;
}

/** A number as it is typed, with its rule below. */
export function NumberField({ label, rule, value, faulty, onChange, testId }: NumberFieldProps) {
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={value}
        inputMode="decimal"
        status={faulty ? 'error' : ''}
        aria-invalid={faulty}
        aria-describedby={`${id}-rule`}
        onChange={({ target }) => onChange(target.value.trim())}
        data-testid={testId}
      />
      <span id={`${id}-rule`} role={faulty ? 'alert' : undefined} className={faulty ? 'fault' : 'soft'}>
        {rule}
      </span>
    </div>
  );
}

/** as the API takes them */
export const percentPattern = /^[1-9]\d?$/;
export const quantityPattern = /^(?=.*[1-9])\d{1,15}(\.\d{1,4})?$/;
