import type { MetaView, SessionView } from '@jishi/marketplace/console-api';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { signIn } from '../api/endpoints.ts';
import { metaQuery } from '../api/queries.ts';
import { providerAddress } from '../api/security.ts';
import { forgetUser } from '../api/user-change.ts';
import { Failure } from '../components/feedback.tsx';
import { usePageTitle } from '../components/page.tsx';
import { areasFor, homeOf, safeReturnPath } from '../shell/areas.ts';
import { faultOf } from './security/fault.ts';
import { SecondStep } from './security/second-step.tsx';

const route = getRouteApi('/sign-in');

interface Credentials {
  readonly loginName: string;
  readonly password: string;
}

/**
 * Sign in, with a code where the account has a second factor, or through the company's identity provider; in a sandbox the
 * demo accounts are one click each. Leads back to where the visitor came from.
 */
export function SignInPage() {
  const { t } = useTranslation();
  usePageTitle(t('signIn.title'));
  const { from, step, fault } = route.useSearch();
  const [codeAsked, setCodeAsked] = useState(step === 'code');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [form] = Form.useForm<Credentials>();
  const meta = useQuery(metaQuery).data;
  const accounts = meta?.demoAccounts ?? [];
  const goOn = async (session: SessionView | null): Promise<void> => {
    if (session === null) return;
    forgetUser(queryClient, session);
    const back = safeReturnPath(from);
    // Who came to the front door is led to where the own work waits.
    const fits =
      back !== null && back !== '/' && (areasFor(back.split('?')[0] ?? back)?.includes(session.area) ?? true);
    if (fits && back !== null) await navigate({ href: back, replace: true });
    else await navigate({ to: homeOf(session), replace: true });
  };
  const enter = useMutation({
    mutationFn: ({ loginName, password }: Credentials) => signIn(loginName.trim(), password),
    onSuccess: async (session) => {
      if (session === null) setCodeAsked(true);
      else await goOn(session);
    },
  });
  if (codeAsked)
    return (
      <div className="sign-in stack">
        <SecondStep onEntered={(session) => void goOn(session)} onStartOver={() => setCodeAsked(false)} />
      </div>
    );
  const provider = meta?.identityProvider ?? null;
  return (
    <div className="sign-in stack">
      <div className="panel stack">
        <h1>{t('signIn.title')}</h1>
        {fault !== undefined && enter.error === null && <Failure error={faultOf(fault)} />}
        {enter.error !== null && <Failure error={enter.error} />}
        <Form
          form={form}
          layout="vertical"
          onFinish={enter.mutate}
          requiredMark={false}
          scrollToFirstError={{ focus: true }}
        >
          <Form.Item
            name="loginName"
            label={t('signIn.loginName')}
            rules={[{ required: true, max: 64, message: t('signIn.loginNameRule') }]}
          >
            <Input autoComplete="username" autoCapitalize="none" data-testid="sign-in-name" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t('signIn.password')}
            rules={[{ required: true, max: 128, message: t('signIn.passwordRule') }]}
          >
            <Input.Password autoComplete="current-password" data-testid="sign-in-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={enter.isPending} data-testid="sign-in-submit">
            {t('signIn.submit')}
          </Button>
        </Form>
        {provider !== null && (
          <Button block href={providerAddress(safeReturnPath(from) ?? undefined)} data-testid="sign-in-provider">
            {t('security.signInWith', { provider })}
          </Button>
        )}
      </div>
      {accounts.length > 0 && (
        <DemoAccounts
          accounts={accounts}
          busy={enter.isPending}
          onChoose={(account) => {
            form.setFieldsValue({ loginName: account.loginName, password: account.password });
            enter.mutate(account);
          }}
        />
      )}
    </div>
  );
}

function DemoAccounts(props: {
  accounts: MetaView['demoAccounts'];
  busy: boolean;
  onChoose: (account: Credentials) => void;
}) {
  const { t } = useTranslation();
  return (
    <section className="panel stack stack--tight" aria-label={t('signIn.demo')}>
      <h2>{t('signIn.demo')}</h2>
      <p className="soft">{t('signIn.demoHelp')}</p>
      {props.accounts.map((account) => (
        <Button
          key={account.loginName}
          disabled={props.busy}
          onClick={() => props.onChoose({ loginName: account.loginName, password: account.password })}
          data-testid={`demo-account-${account.loginName}`}
          style={{ justifyContent: 'space-between' }}
        >
          <span>{account.displayName}</span>
          <span className="soft">{t(`area.${account.area}`)}</span>
        </Button>
      ))}
    </section>
  );
}
