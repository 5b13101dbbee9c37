import type { MemberPasswordsView, PasswordGivenView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orderPasswords, passwordsQuery, resetPassword, sendPasswordCode } from '../../api/enterprise.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { CopyButton } from '../../components/copy.tsx';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { may } from '../../shell/areas.ts';
import { CodeField, isCode } from './code-field.tsx';

/** Where a member's password went; one that could not be sent is shown this once (E-13). */
export function PasswordGiven({ given }: { given: PasswordGivenView }) {
  const { t } = useTranslation();
  const { account, sentTo, password } = given;
  return (
    <Alert
      type={password === null ? 'success' : 'warning'}
      showIcon
      title={
        password === null
          ? t('people.password.sent', { account, phone: sentTo ?? '' })
          : t('people.password.once', { account })
      }
      description={
        password !== null && (
          <span className="row">
            <span className="mono" data-testid="given-password">
              {password}
            </span>
            <CopyButton text={password} name={t('people.password.name')} />
          </span>
        )
      }
      data-testid="password-given"
    />
  );
}

/** First passwords of many at once, e.g. after an import: sent when the administrator says so. */
export function SendPasswords({ enterpriseId }: { enterpriseId: string }) {
  const { t } = useTranslation();
  const found = useQuery(passwordsQuery(enterpriseId)).data;
  const allowed = may(useQuery(sessionQuery).data, 'people.exchange');
  const order = useCommand({
    run: () => orderPasswords(enterpriseId),
    refresh: ['enterprises', enterpriseId],
    done: t('people.password.ordered'),
  });
  if (!allowed || found === undefined || found.waiting === 0 || !found.byText) return null;
  const open = found.waiting - found.ordered;
  return (
    <Alert
      type="info"
      showIcon
      title={
        open > 0
          ? t('people.password.waiting', { members: open })
          : t('people.password.onTheWay', { members: found.ordered })
      }
      action={
        open > 0 && (
          <Button loading={order.isPending} onClick={() => order.mutate(undefined)} data-testid="send-passwords">
            {t('people.password.send')}
          </Button>
        )
      }
      data-testid="passwords-waiting"
    />
  );
}

/** Where members sign in, for whoever tells them (E-36). */
export function WorkplaceLink({ shortName }: { shortName: string }) {
  const { t } = useTranslation();
  const link = `${window.location.origin}/workplace`;
  return (
    <p className="row soft">
      {t('people.password.link', { shortName })} <span className="mono">{link}</span>
      <CopyButton text={link} name={t('people.password.linkName')} />
    </p>
  );
}

interface OfMember {
  readonly enterpriseId: string;
  readonly memberId: string;
}

/** A new initial password for one member; the administrator confirms it with a code. */
export function ResetPassword(member: OfMember) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [given, setGiven] = useState<PasswordGivenView | null>(null);
  return (
    <Panel title={t('people.password.title')}>
      <div className="stack">
        <p className="soft">{t('people.password.help')}</p>
        {given !== null && <PasswordGiven given={given} />}
        <div>
          <Button onClick={() => setOpen(true)} data-testid="reset-password">
            {t('people.password.reset')}
          </Button>
        </div>
      </div>
      {open && (
        <Reset
          {...member}
          onClose={(result) => {
            setOpen(false);
            if (result !== null) setGiven(result);
          }}
        />
      )}
    </Panel>
  );
}

interface ResetProps extends OfMember {
  readonly onClose: (given: PasswordGivenView | null) => void;
}

function Reset(props: ResetProps) {
  return (
    <Loaded query={useQuery(passwordsQuery(props.enterpriseId))}>
      {(found) => <ResetDialog {...props} found={found} />}
    </Loaded>
  );
}

interface ResetDialogProps extends ResetProps {
  readonly found: MemberPasswordsView;
}

function ResetDialog({ enterpriseId, memberId, found, onClose }: ResetDialogProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const { codeTo } = found;
  const reset = useCommand({
    run: () => resetPassword(enterpriseId, memberId, codeTo === null ? null : code.trim()),
    refresh: ['enterprises', enterpriseId, 'passwords'],
    onFailed: () => true,
    onDone: onClose,
  });
  return (
    <Modal
      open
      title={t('people.password.reset')}
      okText={t('people.password.reset')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: codeTo !== null && !isCode(code), 'data-testid': 'reset-confirm' }}
      confirmLoading={reset.isPending}
      onOk={() => reset.mutate(undefined)}
      onCancel={() => onClose(null)}
    >
      <div className="stack">
        <p>{t('people.password.resetHelp')}</p>
        {codeTo !== null && (
          <CodeField
            to={codeTo}
            send={() => sendPasswordCode(enterpriseId, memberId)}
            value={code}
            onChange={setCode}
          />
        )}
        {reset.error != null && <Failure error={reset.error} />}
      </div>
    </Modal>
  );
}
