import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { departmentsQuery } from '../../api/enterprise.ts';
import { useDebounced } from '../../components/debounced.ts';

interface ChoiceProps {
  readonly enterpriseId: string;
  /** none is a choice: the top of the tree */
  readonly top?: boolean;
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (code: string) => void;
  readonly testId?: string;
}

/** One department, found by its name or code. */
export function DepartmentChoice({ enterpriseId, top, id, value, onChange, testId }: ChoiceProps) {
  const { t } = useTranslation();
  const { options, find } = useDepartments(enterpriseId);
  const none = top === true ? [{ value: '', label: t('people.department.top') }] : [];
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      showSearch={{ filterOption: false, onSearch: find }}
      value={value ?? ''}
      onChange={(code: string) => onChange?.(code)}
      options={[...none, ...options]}
      data-testid={testId ?? 'department-choice'}
    />
  );
}

/** Departments as options: those at the top, or what was looked for. */
export function useDepartments(enterpriseId: string): {
  options: { value: string; label: string }[];
  find: (words: string) => void;
} {
  const [words, setWords] = useState('');
  const q = useDebounced(words.trim(), 300);
  const found = useQuery(departmentsQuery(enterpriseId, q === '' ? {} : { q })).data?.items ?? [];
  return {
    options: found.map(({ code, name }) => ({ value: code, label: `${name} (${code})` })),
    find: setWords,
  };
}
