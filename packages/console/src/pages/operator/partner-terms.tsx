import type { PartnerTerms, PartnerView } from '@jishi/marketplace/console-api';
import { Form, Input, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useRatio } from '../settlement/words.ts';
import { PercentField } from './percent-field.tsx';
import { TermsHistory } from './terms-history.tsx';

export type Kind = PartnerView['kind'];
export const kinds = ['DISTRIBUTOR', 'CSP', 'RESELLER'] as const satisfies readonly Kind[];
const payers = ['GENERAL', 'SMALL_SCALE'] as const satisfies readonly PartnerTerms['payer'][];

/** per cent, S3-17 */
const mostCommission = 90;

export interface TermsFields {
  readonly scene: PartnerTerms['scene'];
  readonly ratio?: string;
  readonly payer: PartnerTerms['payer'];
}
export const startOf = (kind: Kind): TermsFields => ({
  scene: kind === 'DISTRIBUTOR' ? 'SOLO' : kind,
  ratio: '',
  payer: 'GENERAL',
});
export const termsOf = ({ scene, ratio, payer }: TermsFields): PartnerTerms => ({
  scene,
  ratio: scene === 'SOLO' ? null : (ratio ?? ''),
  payer,
});

/** What is agreed with a partner of this kind (settlement.md 3.4 – 3.6). */
export function PartnerTermsFields({ kind }: { kind: Kind }) {
  const { t } = useTranslation();
  const scene: unknown = Form.useWatch('scene');
  return (
    <>
      {kind === 'DISTRIBUTOR' && (
        <Form.Item name="scene" label={t('partners.scene')}>
          <Radio.Group
            options={(['SOLO', 'JOINT'] as const).map((value) => ({ value, label: t(`partners.scenes.${value}`) }))}
          />
        </Form.Item>
      )}
      {kind === 'DISTRIBUTOR' && scene === 'SOLO' && <p className="soft">{t('partners.soloRule')}</p>}
      {kind === 'DISTRIBUTOR' && scene === 'JOINT' && (
        <PercentField
          name="ratio"
          label={t('partners.ratio.JOINT')}
          help={t('partners.ratioHelp.JOINT')}
          most={mostCommission}
        />
      )}
      {kind !== 'DISTRIBUTOR' && (
        <Form.Item name="scene" hidden>
          <Input />
        </Form.Item>
      )}
      {kind !== 'DISTRIBUTOR' && (
        <PercentField name="ratio" label={t(`partners.ratio.${kind}`)} help={t(`partners.ratioHelp.${kind}`)} />
      )}
      <Form.Item name="payer" label={t('partners.payer')} extra={t('partners.payerHelp')}>
        <Select
          style={{ maxWidth: 300 }}
          options={payers.map((value) => ({ value, label: t(`partners.payers.${value}`) }))}
          data-testid="field-payer"
        />
      </Form.Item>
    </>
  );
}

export function PartnerTermsHistory({ partner }: { partner: PartnerView }) {
  const { t } = useTranslation();
  const ratio = useRatio();
  return (
    <TermsHistory
      versions={partner.terms}
      testId="partner-terms-row"
      columns={[
        { key: 'scene', title: t('partners.scene'), show: ({ scene }) => t(`partners.scenes.${scene}`) },
        {
          key: 'ratio',
          title: t('partners.ratioShort'),
          show: (terms) => (terms.scene === 'SOLO' ? ratio('0.9') : ratio(terms.ratio)),
        },
        { key: 'payer', title: t('partners.payer'), show: ({ payer }) => t(`partners.payers.${payer}`) },
      ]}
    />
  );
}
