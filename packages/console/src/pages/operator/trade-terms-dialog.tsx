import type { NewTradeTerms } from '@jishi/marketplace/console-api';
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { writeTradeTerms } from '../../api/partners.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { PercentField } from './percent-field.tsx';
import { dayOf, type ValidFrom, ValidFromField } from './valid-from-field.tsx';

type Kind = NewTradeTerms['kind'];
const payers = ['GENERAL', 'SMALL_SCALE'] as const;
const projects = ['NONE', 'ENABLING_CLOUD', 'BASE_CLOUD'] as const;

interface Fields extends ValidFrom {
  readonly party?: string;
  readonly payer: (typeof payers)[number];
  readonly project: (typeof projects)[number];
  readonly managementFeeRatio?: string;
  readonly vat?: string;
  readonly customerWht?: string;
  readonly sellerWht?: string;
  readonly dst?: string;
}
const start: Fields = { when: 'NOW', payer: 'GENERAL', project: 'NONE', vat: '0' };

/** What holds from a day on; empty rates of a party are those of the site. */
export function TradeTermsDialog({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Fields>();
  const write = useCommand({
    run: (fields: Fields) => writeTradeTerms(termsOf(kind, fields)),
    refresh: ['trade-terms'],
    done: t('partners.agreed'),
    onDone: onClose,
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t(`partners.trade.write.${kind}`)}
      okText={t('partners.agree')}
      okButtonProps={{ 'data-testid': 'trade-terms-confirm' }}
      confirmLoading={write.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {write.error !== null && <Failure error={write.error} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={start}
        onFinish={write.mutate}
        scrollToFirstError={{ focus: true }}
      >
        {kind !== 'site' && (
          <Form.Item
            name="party"
            label={t(`partners.trade.party.${kind}`)}
            extra={t(`partners.trade.partyHelp.${kind}`)}
            rules={[{ required: true, whitespace: true, message: t('partners.nameRule') }]}
          >
            <Input maxLength={100} data-testid="field-party" />
          </Form.Item>
        )}
        {kind === 'site' && <SiteFields />}
        {kind === 'seller' && <SellerFields />}
        {kind === 'buyer' && <BuyerFields />}
        <ValidFromField />
      </Form>
    </Modal>
  );
}

function SiteFields() {
  const { t } = useTranslation();
  return (
    <>
      <PercentField name="vat" label={t('partners.trade.vat')} help={t('partners.trade.vatHelp')} />
      <PercentField name="customerWht" label={t('partners.trade.customerWht')} optional />
      <PercentField name="sellerWht" label={t('partners.trade.sellerWht')} optional />
      <PercentField name="dst" label={t('partners.trade.dst')} optional />
    </>
  );
}

function SellerFields() {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="payer" label={t('partners.payer')} extra={t('partners.payerHelp')}>
        <Select
          options={payers.map((value) => ({ value, label: t(`partners.payers.${value}`) }))}
          data-testid="field-payer"
        />
      </Form.Item>
      <PercentField
        name="sellerWht"
        label={t('partners.trade.sellerWht')}
        help={t('partners.trade.emptyAsSite')}
        optional
      />
      <PercentField name="dst" label={t('partners.trade.dst')} help={t('partners.trade.emptyAsSite')} optional />
    </>
  );
}

function BuyerFields() {
  const { t } = useTranslation();
  const project: unknown = Form.useWatch('project');
  return (
    <>
      <Form.Item name="project" label={t('partners.trade.project')}>
        <Select
          options={projects.map((value) => ({ value, label: t(`partners.trade.projects.${value}`) }))}
          data-testid="field-project"
        />
      </Form.Item>
      {project !== 'NONE' && (
        <PercentField
          name="managementFeeRatio"
          label={t('partners.trade.managementFee')}
          help={t('partners.trade.managementFeeHelp')}
        />
      )}
      <PercentField
        name="customerWht"
        label={t('partners.trade.customerWht')}
        help={t('partners.trade.emptyAsSite')}
        optional
      />
    </>
  );
}

const orNull = (ratio: string | undefined): string | null => (ratio === undefined || ratio === '' ? null : ratio);
const orZero = (ratio: string | undefined): string => orNull(ratio) ?? '0';

function termsOf(kind: Kind, fields: Fields): NewTradeTerms {
  const validFrom = dayOf(fields);
  const party = fields.party?.trim() ?? '';
  const customerWht = orNull(fields.customerWht);
  const sellerWht = orNull(fields.sellerWht);
  const dst = orNull(fields.dst);
  switch (kind) {
    case 'site':
      return {
        kind,
        validFrom,
        terms: {
          vat: orZero(fields.vat),
          customerWht: orZero(fields.customerWht),
          sellerWht: orZero(fields.sellerWht),
          dst: orZero(fields.dst),
        },
      };
    case 'seller':
      return { kind, party, validFrom, terms: { payer: fields.payer, sellerWht, dst } };
    case 'buyer': {
      const project = fields.project === 'NONE' ? null : fields.project;
      const managementFeeRatio = project === null ? null : orZero(fields.managementFeeRatio);
      return { kind, party, validFrom, terms: { project, managementFeeRatio, customerWht } };
    }
  }
}
