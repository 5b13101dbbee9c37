import type { OrderNoticesView, OrderNoticeView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Popconfirm, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { orderNoticesQuery, removeOrderNotice, setOrderNotice } from '../../api/notices.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { useText } from '../../i18n/text.ts';

/** Order notification (S-25): which orders the seller's server is told of, and where. */
export function OrderNoticesPage() {
  const { t } = useTranslation();
  const notices = useQuery(orderNoticesQuery);
  return (
    <Page title={t('notice.title')}>
      <p className="soft">{t('notice.about')}</p>
      <Loaded query={notices}>
        {(data) => (
          <>
            {data.items.length === 0 ? <Empty sentence={t('notice.none')} /> : <Chosen items={data.items} />}
            <Add notices={data} />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Chosen({ items }: { items: readonly OrderNoticeView[] }) {
  const { t } = useTranslation();
  const text = useText();
  const remove = useCommand({ run: removeOrderNotice, refresh: ['order-notices'] });
  const columns: Column<OrderNoticeView>[] = [
    { key: 'what', title: t('notice.what'), render: (row) => text(row.name) },
    { key: 'address', title: t('notice.address'), render: (row) => <span className="mono">{row.address}</span> },
    {
      key: 'remove',
      title: '',
      render: (row) => (
        <Popconfirm title={t('notice.removeAsk')} onConfirm={() => remove.mutate(row)} okText={t('notice.remove')}>
          <Button danger loading={remove.isPending} data-testid="notice-remove">
            {t('notice.remove')}
          </Button>
        </Popconfirm>
      ),
    },
  ];
  return <Rows rows={items} columns={columns} rowKey={(row) => `${row.kind} ${row.value}`} testId="notice-row" />;
}

interface Choice {
  what: string;
  addressId: string;
  path: string;
}
const ALL = 'DELIVERY_TYPE SAAS';

function Add({ notices: { addresses, products, items } }: { notices: OrderNoticesView }) {
  const { t } = useTranslation();
  const text = useText();
  const [form] = Form.useForm<Choice>();
  const add = useCommand({
    run: setOrderNotice,
    refresh: ['order-notices'],
    done: t('notice.added'),
    onDone: () => form.resetFields(),
  });
  const taken = new Set(items.map(({ kind, value }) => `${kind} ${value}`));
  const choices = [
    { value: ALL, label: t('notice.allSaas') },
    ...products.map((each) => ({ value: `PRODUCT ${each.goodsId}`, label: text(each.name) })),
  ].filter(({ value }) => !taken.has(value));
  if (addresses.length === 0)
    return (
      <Panel title={t('notice.add')}>
        <p>{t('notice.noAddress')}</p>
        <Link to="/seller/addresses">{t('notice.toAddresses')}</Link>
      </Panel>
    );
  if (choices.length === 0) return null;
  const send = ({ what, addressId, path }: Choice) =>
    add.mutate({
      kind: what === ALL ? 'DELIVERY_TYPE' : 'PRODUCT',
      value: what.slice(what.indexOf(' ') + 1),
      addressId,
      path,
    });
  return (
    <Panel title={t('notice.add')}>
      <Form form={form} layout="vertical" onFinish={send} scrollToFirstError={{ focus: true }}>
        <Form.Item name="what" label={t('notice.what')} rules={[{ required: true }]}>
          <Select options={choices} data-testid="notice-what" />
        </Form.Item>
        <Form.Item name="addressId" label={t('notice.address')} rules={[{ required: true }]}>
          <Select options={addresses.map(({ addressId, origin }) => ({ value: addressId, label: origin }))} />
        </Form.Item>
        <Form.Item
          name="path"
          label={t('notice.path')}
          extra={t('notice.pathHelp')}
          rules={[{ required: true, pattern: /^\/[^\s?#]*$/, message: t('notice.pathHelp') }]}
        >
          <Input maxLength={255} autoComplete="off" data-testid="notice-path" />
        </Form.Item>
        <Button htmlType="submit" type="primary" loading={add.isPending} data-testid="notice-add">
          {t('notice.add')}
        </Button>
      </Form>
    </Panel>
  );
}
