import type { AddressBookView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { addAddress, addressesQuery } from '../../api/debugging.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { KeysPanel } from './addresses-keys.tsx';
import { AddressPanel } from './addresses-one.tsx';

/** Production addresses and keys (S-20, S-21): add, prove, create, view, bind. */
export function AddressesPage() {
  const { t } = useTranslation();
  const book = useQuery(addressesQuery);
  return (
    <Page title={t('address.title')}>
      <AddAddress />
      <Loaded query={book}>{(data) => <Book book={data} />}</Loaded>
    </Page>
  );
}

function Book({ book }: { book: AddressBookView }) {
  const { t } = useTranslation();
  return (
    <>
      {book.addresses.length === 0 ? (
        <Empty sentence={t('address.none')} />
      ) : (
        book.addresses.map((address) => <AddressPanel key={address.addressId} address={address} keys={book.keys} />)
      )}
      <KeysPanel keys={book.keys} />
    </>
  );
}

/** The server knows all rules; this one says at once what an address looks like. */
const addressForm = /^https?:\/\/[^\s/?#@]+\/?$/i;

function AddAddress() {
  const { t } = useTranslation();
  const [form] = Form.useForm<{ origin: string }>();
  const add = useCommand({ run: addAddress, refresh: ['addresses'], onDone: () => form.resetFields() });
  return (
    <Panel title={t('address.add')}>
      <Form
        form={form}
        layout="vertical"
        onFinish={({ origin }) => add.mutate(origin.trim())}
        scrollToFirstError={{ focus: true }}
      >
        <Form.Item
          name="origin"
          label={t('address.origin')}
          extra={t('address.originHelp')}
          rules={[{ required: true, pattern: addressForm, message: t('address.originRule') }]}
        >
          <Input
            maxLength={255}
            inputMode="url"
            autoComplete="off"
            placeholder="https://console.example.com"
            data-testid="address-origin"
          />
        </Form.Item>
        <Button htmlType="submit" type="primary" loading={add.isPending} data-testid="address-add">
          {t('address.add')}
        </Button>
      </Form>
    </Panel>
  );
}
