import type {
  EnterpriseMemberPage,
  EnterpriseMemberView,
  EnterpriseView,
  PasswordGivenView,
} from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { groupsQuery, membersQuery } from '../../api/enterprise.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { ChoiceFilter, Filters, TextFilter } from '../../components/filters.tsx';
import { Panel } from '../../components/page.tsx';
import { Pager } from '../../components/pager.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { type PeopleSearch, parsePeopleSearch } from '../../search/enterprise-params.ts';
import { Departments } from './departments.tsx';
import { EnterpriseFrame } from './frame.tsx';
import { MemberActions } from './member-actions.tsx';
import { MemberDialog } from './member-form.tsx';
import { PasswordGiven, SendPasswords, WorkplaceLink } from './passwords.tsx';

/** Departments at the top, the members of the one that is open below. */
export function PeoplePage() {
  return <EnterpriseFrame>{(enterprise) => <People enterprise={enterprise} />}</EnterpriseFrame>;
}

function People({ enterprise }: { enterprise: EnterpriseView }) {
  const { t } = useTranslation();
  const search = parsePeopleSearch(useSearch({ strict: false }));
  const { enterpriseId } = enterprise;
  const groups = useQuery(groupsQuery(enterpriseId)).data?.items ?? [];
  const members = useQuery(membersQuery(enterpriseId, { ...search }));
  const [adding, setAdding] = useState(false);
  const [given, setGiven] = useState<PasswordGivenView | null>(null);
  const fixed = enterprise.source === 'SCIM';
  return (
    <>
      <Departments enterprise={enterprise} code={search.department} />
      <Panel title={t('people.member.list')}>
        <div className="stack">
          <Filters
            active={search.q !== undefined || search.enabled !== undefined || search.group !== undefined}
            names={['q', 'enabled', 'group']}
          >
            <TextFilter name="q" label={t('people.member.words')} value={search.q} />
            <ChoiceFilter
              name="enabled"
              label={t('people.member.state')}
              value={search.enabled}
              choices={[
                { value: 'true', label: t('people.member.enabled') },
                { value: 'false', label: t('people.member.disabled') },
              ]}
            />
            <ChoiceFilter
              name="group"
              label={t('people.member.group')}
              value={search.group}
              choices={groups.map(({ groupId, name }) => ({ value: groupId, label: name }))}
            />
          </Filters>
          <div className="row">
            <Button type="primary" disabled={fixed} onClick={() => setAdding(true)} data-testid="add-member">
              {t('people.member.add')}
            </Button>
          </div>
          {given !== null && <PasswordGiven given={given} />}
          <SendPasswords enterpriseId={enterpriseId} />
          <WorkplaceLink shortName={enterprise.shortName} />
          <Loaded query={members}>{(page) => <Members enterprise={enterprise} page={page} search={search} />}</Loaded>
        </div>
      </Panel>
      {adding && (
        <MemberDialog
          enterpriseId={enterpriseId}
          department={search.department}
          onClose={(made) => {
            setAdding(false);
            setGiven(made);
          }}
        />
      )}
    </>
  );
}

interface MembersProps {
  readonly enterprise: EnterpriseView;
  readonly page: EnterpriseMemberPage;
  readonly search: PeopleSearch;
}

function Members({ enterprise, page, search }: MembersProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const choose = (memberId: string, on: boolean): void =>
    setChosen(on ? [...chosen, memberId] : chosen.filter((each) => each !== memberId));
  if (page.items.length === 0) return <Empty sentence={t('people.member.none')} />;
  const columns: Column<EnterpriseMemberView>[] = [
    {
      key: 'choose',
      title: '',
      render: ({ memberId, name }) => (
        <Checkbox
          aria-label={t('people.member.choose', { name })}
          checked={chosen.includes(memberId)}
          onChange={({ target }) => choose(memberId, target.checked)}
        />
      ),
    },
    {
      key: 'name',
      title: t('people.member.name'),
      render: ({ memberId, name }) => (
        <Link
          to="/enterprise/$enterpriseId/members/$memberId"
          params={{ enterpriseId: enterprise.enterpriseId, memberId }}
          data-testid="member-link"
        >
          {name}
        </Link>
      ),
    },
    { key: 'user', title: t('people.member.userName'), render: (row) => <span className="mono">{row.userName}</span> },
    { key: 'department', title: t('people.member.department'), render: (row) => row.departmentName },
    { key: 'position', title: t('people.member.position'), render: (row) => row.position || '—' },
    { key: 'mobile', title: t('people.member.mobile'), render: (row) => row.mobile || '—' },
    { key: 'email', title: t('people.member.email'), render: (row) => row.email || '—' },
    {
      key: 'state',
      title: t('people.member.state'),
      render: ({ enabled }) => (
        <span className={`state state--${enabled ? 'ok' : 'idle'}`}>
          {t(enabled ? 'people.member.enabled' : 'people.member.disabled')}
        </span>
      ),
    },
  ];
  return (
    <div className="stack">
      <div className="row">
        <span data-testid="member-total">{t('people.member.total', { count: page.total })}</span>
        {chosen.length > 0 && (
          <MemberActions
            enterprise={enterprise}
            memberIds={chosen}
            groupId={search.group}
            onDone={() => setChosen([])}
          />
        )}
      </div>
      <Rows rows={page.items} columns={columns} rowKey={(row) => row.memberId} testId="member-row" />
      <Pager cursor={search.cursor} limit={search.limit} nextCursor={page.nextCursor} />
    </div>
  );
}
