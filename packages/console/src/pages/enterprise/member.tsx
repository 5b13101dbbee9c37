import type { EnterpriseMemberView, EnterpriseView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Form } from 'antd';
import { useTranslation } from 'react-i18next';
import { changeMember, memberQuery } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { EnterpriseFrame } from './frame.tsx';
import { fieldsOf, inputOf, type MemberFields, MemberForm } from './member-form.tsx';
import { ResetPassword } from './passwords.tsx';

/** One member: everything that is written down, changed in place. */
export function MemberPage() {
  const { memberId = '' } = useParams({ strict: false });
  return <EnterpriseFrame>{(enterprise) => <Found enterprise={enterprise} memberId={memberId} />}</EnterpriseFrame>;
}

function Found({ enterprise, memberId }: { enterprise: EnterpriseView; memberId: string }) {
  const { t } = useTranslation();
  const { enterpriseId } = enterprise;
  const member = useQuery(memberQuery(enterpriseId, memberId));
  return (
    <>
      <div>
        <Link to="/enterprise/$enterpriseId" params={{ enterpriseId }} data-testid="back">
          {t('people.tab.people')}
        </Link>
      </div>
      <Loaded query={member}>
        {(found) => (
          <>
            <Edit key={found.updatedAt} enterprise={enterprise} member={found} />
            <ResetPassword enterpriseId={enterpriseId} memberId={memberId} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Edit({ enterprise, member }: { enterprise: EnterpriseView; member: EnterpriseMemberView }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<MemberFields>();
  const { enterpriseId } = enterprise;
  const fixed = enterprise.source === 'SCIM';
  const save = useCommand({
    run: (fields: MemberFields) => changeMember(enterpriseId, member.memberId, inputOf(fields)),
    refresh: ['enterprises', enterpriseId],
    done: t('people.saved'),
    onFailed: () => true,
  });
  return (
    <Panel title={member.name}>
      <div className="stack" style={{ maxWidth: 640 }}>
        <MemberForm
          enterpriseId={enterpriseId}
          form={form}
          initial={fieldsOf(member)}
          disabled={fixed}
          onFinish={(fields) => save.mutate(fields)}
        />
        {save.error != null && <Failure error={save.error} />}
        <div>
          <Button
            type="primary"
            disabled={fixed}
            loading={save.isPending}
            onClick={form.submit}
            data-testid="save-member"
          >
            {t('people.save')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
