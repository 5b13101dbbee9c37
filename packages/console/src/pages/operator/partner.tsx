import type { PartnerView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Form, Modal, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agreeWithPartner, certifyPartner, partnerQuery } from '../../api/partners.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Id } from '../../components/copy.tsx';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { Panel } from '../../components/page.tsx';
import { RecordPage } from '../../components/record.tsx';
import { Pair } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { may } from '../../shell/areas.ts';
import { ExportCommissions, Lines, Months } from '../distributor/commissions.tsx';
import { PartnerMembers } from './partner-members.tsx';
import { PartnerTermsFields, PartnerTermsHistory, startOf, type TermsFields, termsOf } from './partner-terms.tsx';
import { dayOf, type ValidFrom, ValidFromField } from './valid-from-field.tsx';

/** One partner: who it is, what is agreed since when, who may sign in, what it earns. */
export function PartnerPage() {
  const { t } = useTranslation();
  const { distributorId = '' } = useParams({ strict: false });
  const partner = useQuery(partnerQuery(distributorId));
  return (
    <Loaded query={partner} title={t('nav.partners')}>
      {(found) => (
        <RecordPage
          title={found.name}
          state={null}
          subtitle={
            <>
              {t(`partners.kinds.${found.kind}`)} · <Id value={found.distributorId} name={t('partners.id')} />
            </>
          }
        >
          <Facts partner={found} />
          <Terms partner={found} />
          <PartnerMembers partner={found} />
          <Months distributorId={found.distributorId} />
          <div className="row">
            <Link
              to="/operator/commission-bills"
              search={{ distributorId: found.distributorId }}
              data-testid="commission-bills"
            >
              {t('nav.commissionBills')}
            </Link>
            <ExportCommissions distributorId={found.distributorId} />
          </div>
          <Lines distributorId={found.distributorId} />
        </RecordPage>
      )}
    </Loaded>
  );
}

const useMay = (): boolean => may(useQuery(sessionQuery).data, 'settlement.decide');

function Facts({ partner }: { partner: PartnerView }) {
  const { t } = useTranslation();
  const allowed = useMay();
  const certified = partner.certifiedAt === null;
  const change = useCommand({
    run: () => certifyPartner(partner.distributorId, certified),
    refresh: ['partners'],
    done: t('settlement.certification.done'),
  });
  const name = t(certified ? 'partners.certify' : 'partners.uncertify');
  return (
    <Panel title={t('partners.facts')}>
      <div className="stack">
        <dl className="facts">
          <Pair term={t('partners.email')} value={partner.email || '—'} />
          <Pair
            term={t('partners.certified')}
            value={partner.certifiedAt === null ? t('partners.notCertified') : <Instant at={partner.certifiedAt} />}
          />
        </dl>
        <div>
          <Popconfirm
            title={t(certified ? 'partners.certifyAsk' : 'partners.uncertifyAsk', { name: partner.name })}
            okText={name}
            onConfirm={() => change.mutate(undefined)}
            okButtonProps={{ 'data-testid': 'certify-partner-confirm' }}
            disabled={!allowed}
          >
            <Button
              size="small"
              disabled={!allowed}
              title={allowed ? undefined : t('partners.role')}
              loading={change.isPending}
              data-testid="certify-partner"
            >
              {name}
            </Button>
          </Popconfirm>
        </div>
      </div>
    </Panel>
  );
}

function Terms({ partner }: { partner: PartnerView }) {
  const { t } = useTranslation();
  const allowed = useMay();
  const [agreeing, setAgreeing] = useState(false);
  return (
    <Panel title={t('partners.terms')}>
      <div className="stack">
        <PartnerTermsHistory partner={partner} />
        <div>
          <Button
            disabled={!allowed}
            title={allowed ? undefined : t('partners.role')}
            onClick={() => setAgreeing(true)}
            data-testid="new-terms"
          >
            {t('partners.newTerms')}
          </Button>
        </div>
      </div>
      {agreeing && <NewTerms partner={partner} onClose={() => setAgreeing(false)} />}
    </Panel>
  );
}

function NewTerms({ partner, onClose }: { partner: PartnerView; onClose: () => void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<TermsFields & ValidFrom>();
  const { kind, distributorId } = partner;
  const agree = useCommand({
    run: (fields: TermsFields & ValidFrom) =>
      agreeWithPartner(distributorId, { validFrom: dayOf(fields), terms: termsOf(fields) }),
    refresh: ['partners'],
    done: t('partners.agreed'),
    onDone: onClose,
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('partners.newTerms')}
      okText={t('partners.agree')}
      okButtonProps={{ 'data-testid': 'terms-confirm' }}
      confirmLoading={agree.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {agree.error !== null && <Failure error={agree.error} />}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ ...startOf(kind), when: 'NOW' }}
        onFinish={agree.mutate}
        scrollToFirstError={{ focus: true }}
      >
        <PartnerTermsFields kind={kind} />
        <ValidFromField />
      </Form>
    </Modal>
  );
}
