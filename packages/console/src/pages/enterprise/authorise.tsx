import type { BoundApplicationView, VisibleRangeInput } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { App, Modal, Radio, Select } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { authoriseApplication, groupsQuery, membersQuery } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';
import { useDebounced } from '../../components/debounced.ts';
import { Failure } from '../../components/feedback.tsx';
import { useText } from '../../i18n/text.ts';
import { useDepartments } from './department-choice.tsx';

interface AuthoriseProps {
  readonly enterpriseId: string;
  readonly application: BoundApplicationView;
  readonly onClose: () => void;
}

/** Whom the application is visible to: everybody, or departments, groups and single members (E-30). */
export function AuthoriseDialog({ enterpriseId, application, onClose }: AuthoriseProps) {
  const { t } = useTranslation();
  const text = useText();
  const { message } = App.useApp();
  const [range, setRange] = useState<VisibleRangeInput>(application.range);
  const save = useCommand({
    run: () => authoriseApplication(enterpriseId, application.applicationId, range),
    refresh: ['enterprises', enterpriseId],
    onFailed: () => true,
    onDone: ({ members }) => {
      void message.success(t('people.application.authorised', { count: members }));
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('people.application.authoriseTitle', { product: text(application.productName) })}
      okText={t('people.application.authorise')}
      cancelText={t('people.cancel')}
      okButtonProps={{ 'data-testid': 'authorise-confirm' }}
      confirmLoading={save.isPending}
      onOk={() => save.mutate(undefined)}
      onCancel={onClose}
      width={600}
    >
      <div className="stack">
        <p className="soft">{t('people.application.authoriseHelp')}</p>
        <Radio.Group
          aria-label={t('people.application.authorise')}
          value={range.everyone}
          onChange={({ target }) => setRange({ ...range, everyone: target.value === true })}
          options={[
            { value: true, label: t('people.application.everyone') },
            { value: false, label: t('people.application.chosenOnly') },
          ]}
        />
        {!range.everyone && <Chosen enterpriseId={enterpriseId} range={range} onChange={setRange} />}
        {save.error != null && <Failure error={save.error} />}
      </div>
    </Modal>
  );
}

interface ChosenProps {
  readonly enterpriseId: string;
  readonly range: VisibleRangeInput;
  readonly onChange: (range: VisibleRangeInput) => void;
}

function Chosen({ enterpriseId, range, onChange }: ChosenProps) {
  const { t } = useTranslation();
  const departments = useDepartments(enterpriseId);
  const groups = useQuery(groupsQuery(enterpriseId)).data?.items ?? [];
  const members = useMembers(enterpriseId);
  return (
    <>
      <Many
        label={t('people.application.departments')}
        value={range.departments}
        options={departments.options}
        find={departments.find}
        onChange={(next) => onChange({ ...range, departments: next })}
        testId="range-departments"
      />
      <Many
        label={t('people.application.groups')}
        value={range.groups}
        options={groups.map(({ groupId, name }) => ({ value: groupId, label: name }))}
        onChange={(next) => onChange({ ...range, groups: next })}
        testId="range-groups"
      />
      <Many
        label={t('people.application.members')}
        value={range.members}
        options={members.options}
        find={members.find}
        onChange={(next) => onChange({ ...range, members: next })}
        testId="range-members"
      />
    </>
  );
}

function useMembers(enterpriseId: string) {
  const [words, setWords] = useState('');
  const q = useDebounced(words.trim(), 300);
  const found = useQuery(membersQuery(enterpriseId, { q: q === '' ? undefined : q, limit: 20 })).data?.items ?? [];
  return {
    options: found.map(({ memberId, name, userName }) => ({ value: memberId, label: `${name} (${userName})` })),
    find: setWords,
  };
}

interface ManyProps {
  readonly label: ReactNode;
  readonly value: readonly string[];
  readonly options: readonly { value: string; label: string }[];
  readonly find?: (words: string) => void;
  readonly onChange: (value: string[]) => void;
  readonly testId: string;
}

function Many({ label, value, options, find, onChange, testId }: ManyProps) {
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        mode="multiple"
        value={[...value]}
        options={[...options]}
        showSearch={find === undefined ? { optionFilterProp: 'label' } : { filterOption: false, onSearch: find }}
        onChange={(next: string[]) => onChange(next)}
        data-testid={testId}
      />
    </div>
  );
}
