import { Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The worst steps are confirmed by the name of what they are done to (console.md). */
export function ByName({ name, onMatch }: { name: string; onMatch: (matches: boolean) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState('');
  return (
    <div className="filter">
      <label htmlFor={id}>{t('publication.typeName', { name })}</label>
      <Input
        id={id}
        value={typed}
        autoComplete="off"
        onChange={({ target }) => {
          setTyped(target.value);
          onMatch(target.value.trim() === name);
        }}
        data-testid="confirm-name"
      />
    </div>
  );
}
