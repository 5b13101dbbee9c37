import type { PartnerView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addPartner, partnersQuery } from '../../api/partners.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Empty, Failure, Loaded } from '../../components/feedback.tsx';
import { Page } from '../../components/page.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { useRatio } from '../settlement/words.ts';
import { type Kind, kinds, PartnerTermsFields, startOf, type TermsFields, termsOf } from './partner-terms.tsx';

/** Distributors, service providers and resellers: who brings buyers, and what is agreed with them (settlement.md 1.1). */
export function PartnersPage() {
  const { t } = useTranslation();
  const partners = useQuery(partnersQuery);
  const columns = useColumns();
  const [adding, setAdding] = useState(false);
  const allowed = may(useQuery(sessionQuery).data, 'settlement.decide');
  return (
    <Page
      title={t('nav.partners')}
      tools={
        <Button
          type="primary"
          disabled={!allowed}
          title={allowed ? undefined : t('partners.role')}
          onClick={() => setAdding(true)}
          data-testid="add-partner"
        >
          {t('partners.add')}
        </Button>
      }
    >
      <p className="soft">{t('partners.intro')}</p>
      <Loaded query={partners}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty sentence={t('partners.none')} />
          ) : (
            <Rows rows={items} columns={columns} rowKey={({ distributorId }) => distributorId} testId="partner-row" />
          )
        }
      </Loaded>
      {adding && <AddPartner onClose={() => setAdding(false)} />}
    </Page>
  );
}

function useColumns(): Column<PartnerView>[] {
  const { t } = useTranslation();
  const ratio = useRatio();
  const holds = (partner: PartnerView) => partner.terms.find(({ state }) => state === 'HOLDS')?.terms;
  return [
    {
      key: 'name',
      title: t('partners.name'),
      render: ({ distributorId, name }) => (
        <>
          <Link to="/operator/partners/$distributorId" params={{ distributorId }} data-testid="partner-link">
            {name}
          </Link>
          <div className="mono soft">{distributorId}</div>
        </>
      ),
    },
    { key: 'kind', title: t('partners.kind'), render: ({ kind }) => t(`partners.kinds.${kind}`) },
    {
      key: 'terms',
      title: t('partners.scene'),
      render: (partner) => {
        const terms = holds(partner);
        if (terms === undefined) return '—';
        return `${t(`partners.scenes.${terms.scene}`)} · ${ratio(terms.scene === 'SOLO' ? '0.9' : terms.ratio)}`;
      },
    },
    { key: 'members', title: t('partners.members'), render: ({ members }) => members.join(', ') || '—' },
    {
      key: 'certified',
      title: t('partners.certified'),
      render: ({ certifiedAt }) => (certifiedAt === null ? t('partners.notCertified') : <Instant at={certifiedAt} />),
    },
  ];
}

interface Fields extends TermsFields {
  readonly kind: Kind;
  readonly name: string;
  readonly email?: string;
}

function AddPartner({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch('kind', form) ?? 'DISTRIBUTOR';
  const add = useCommand({
    run: ({ name, email, kind: chosen, ...terms }: Fields) =>
      addPartner({ kind: chosen, name: name.trim(), email: email?.trim() ?? '', terms: termsOf(terms) }),
    refresh: ['partners'],
    done: t('partners.added'),
    onDone: ({ distributorId }) => {
      onClose();
      void navigate({ to: '/operator/partners/$distributorId', params: { distributorId } });
    },
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('partners.add')}
      okText={t('partners.add')}
      okButtonProps={{ 'data-testid': 'partner-confirm' }}
      confirmLoading={add.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {add.error !== null && <Failure error={add.error} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ kind: 'DISTRIBUTOR', name: '', email: '', ...startOf('DISTRIBUTOR') }}
        onFinish={add.mutate}
        scrollToFirstError={{ focus: true }}
      >
        <Form.Item name="kind" label={t('partners.kind')} extra={t(`partners.kindHelp.${kind}`)}>
          <Select
            options={kinds.map((value) => ({ value, label: t(`partners.kinds.${value}`) }))}
            onChange={(next: Kind) => form.setFieldsValue(startOf(next))}
            data-testid="field-kind"
          />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('partners.name')}
          rules={[{ required: true, whitespace: true, message: t('partners.nameRule') }]}
        >
          <Input maxLength={100} data-testid="field-name" />
        </Form.Item>
        <Form.Item
          name="email"
          label={t('partners.email')}
          rules={[{ type: 'email', message: t('partners.emailRule') }]}
        >
          <Input maxLength={200} type="email" />
        </Form.Item>
        <PartnerTermsFields kind={kind} />
      </Form>
    </Modal>
  );
}
