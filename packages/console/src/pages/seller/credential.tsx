import type { CredentialInput, CredentialState } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { credentialQuery, saveCredential } from '../../api/enterprise.ts';
import { useCommand } from '../../components/command.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';

const SHARED = ['mobile', 'email', 'position', 'employeeCode', 'employeeType', 'workPlace', 'entryDate'] as const;

/** How a joint-operation product takes in enterprises (S-24a). */
export function CredentialPage() {
  const { t } = useTranslation();
  const { goodsId = '' } = useParams({ strict: false });
  return (
    <Page title={t('people.credential.title')}>
      <p className="soft">{t('people.credential.intro')}</p>
      <Loaded query={useQuery(credentialQuery(goodsId))}>
        {(state) => <Edit key={state.credential?.appId ?? ''} goodsId={goodsId} state={state} />}
      </Loaded>
    </Page>
  );
}

function Edit({ goodsId, state: { credential, keys } }: { goodsId: string; state: CredentialState }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<CredentialInput>();
  const save = useCommand({
    run: (input: CredentialInput) => saveCredential(goodsId, input),
    refresh: ['credential', goodsId],
    done: t('people.saved'),
    onFailed: () => true,
  });
  const needed = [{ required: true, message: t('people.member.wrong.required') }];
  const initial: CredentialInput = {
    protocol: credential?.protocol ?? 'kit-v2',
    address: credential?.address ?? '',
    keyId:
      credential?.keyId ?? keys.find(({ interfaceClass }) => interfaceClass === 'KIT')?.keyId ?? keys[0]?.keyId ?? '',
    publicKey: credential?.publicKey ?? '',
    loginUrl: credential?.loginUrl ?? '',
    attributes: credential?.attributes ?? [],
    multiInstance: credential?.multiInstance ?? false,
  };
  return (
    <Panel title={credential ? `${t('people.credential.appId')} ${credential.appId}` : t('people.credential.title')}>
      <Form
        form={form}
        layout="vertical"
        initialValues={initial}
        onFinish={(fields) => save.mutate(fields)}
        style={{ maxWidth: 640 }}
      >
        <Form.Item name="protocol" label={t('people.credential.protocol')}>
          <Select
            options={(['kit-v2', 'kit-v1'] as const).map((value) => ({
              value,
              label: t(`people.credential.protocols.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="address" label={t('people.credential.address')} rules={needed}>
          <Input maxLength={512} placeholder="https://console.example.com" data-testid="credential-address" />
        </Form.Item>
        <Form.Item
          name="keyId"
          label={t('people.credential.key')}
          rules={needed}
          extra={keys.length === 0 && t('people.credential.noKey')}
        >
          <Select
            options={keys.map(({ keyId, interfaceClass }) => ({ value: keyId, label: `${keyId} (${interfaceClass})` }))}
          />
        </Form.Item>
        <Form.Item
          name="publicKey"
          label={t('people.credential.publicKey')}
          rules={needed}
          extra={t('people.credential.publicKeyHelp')}
        >
          <Input.TextArea
            className="mono"
            autoSize={{ minRows: 4, maxRows: 12 }}
            maxLength={8192}
            data-testid="credential-key"
          />
        </Form.Item>
        <Form.Item name="loginUrl" label={t('people.credential.loginUrl')} extra={t('people.credential.loginUrlHelp')}>
          <Input maxLength={512} data-testid="credential-login" />
        </Form.Item>
        <Form.Item
          name="attributes"
          label={t('people.credential.attributes')}
          extra={t('people.credential.attributesHelp')}
        >
          <Checkbox.Group
            options={SHARED.map((each) => ({ value: each, label: t(`people.application.shared.${each}`) }))}
          />
        </Form.Item>
        <Form.Item name="multiInstance" valuePropName="checked">
          <Checkbox disabled={credential?.multiInstance === true}>{t('people.credential.multiInstance')}</Checkbox>
        </Form.Item>
        {save.error != null && <Failure error={save.error} />}
        <Button type="primary" htmlType="submit" loading={save.isPending} data-testid="save-credential">
          {t('people.save')}
        </Button>
      </Form>
    </Panel>
  );
}
