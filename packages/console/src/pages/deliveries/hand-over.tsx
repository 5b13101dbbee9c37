import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { Button, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { handOver } from '../../api/deliveries.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { FileUpload, FileUploads } from '../../components/file-upload.tsx';
import { useBase } from '../../components/links.tsx';
import { AcceptanceFactsFields } from './acceptance-facts.tsx';
import { emptyHandOver, faultOf, fieldsOf, requestOf } from './hand-over-rules.ts';
import { Shipment } from './shipment.tsx';

interface HandOverProps {
  readonly delivery: OrderDeliveryView;
  readonly onDone: () => void;
}

/** The seller's part of a delivery: the form of its kind, or why there is none now. */
export function HandOver({ delivery, onDone }: HandOverProps) {
  const { t } = useTranslation();
  const seller = useBase() === 'seller';
  const { may, payload, status } = delivery;
  if (may.ship) return <Shipment delivery={delivery} onDone={onDone} />;
  if (may.deliver && payload.kind === 'LICENSE_CODE' && payload.activatedAt === null)
    return <p className="soft">{t('handover.form.codeNotActive')}</p>;
  if (may.deliver) return <HandOverForm delivery={delivery} onDone={onDone} />;
  if (!seller || status !== 'PENDING' || delivery.waitsFor !== 'SELLER') return null;
  return (
    <p className="soft" data-testid="why-not">
      {t('handover.form.role')}
    </p>
  );
}

function HandOverForm({ delivery, onDone }: HandOverProps) {
  const { t } = useTranslation();
  const id = useId();
  const [draft, setDraft] = useState(emptyHandOver);
  const [tried, setTried] = useState(false);
  const fields = fieldsOf(delivery);
  const fault = faultOf(delivery, draft);
  const needsFacts = delivery.supervision?.factsNeeded === true;
  const change = (part: Partial<typeof draft>): void => setDraft((last) => ({ ...last, ...part }));
  const submit = useCommand({
    run: () => handOver(delivery.deliveryId, requestOf(draft, needsFacts)),
    refresh: [],
    done: t('handover.form.done'),
    onDone,
    // told below the form: what differs from the order is read while it is put right
    onFailed: () => true,
  });
  const send = (): void => {
    setTried(true);
    if (fault === null) submit.mutate(undefined);
  };
  return (
    <form
      className="stack"
      aria-label={t('handover.form.title')}
      data-testid="hand-over"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Hint delivery={delivery} />
      {fields.licenceText && (
        <div className="filter">
          <label htmlFor={`${id}-licence`}>{t('handover.form.licenceText')}</label>
          <Input.TextArea
            id={`${id}-licence`}
            className="mono"
            value={draft.licenceText}
            onChange={(event) => change({ licenceText: event.target.value })}
            maxLength={16_384}
            autoSize={{ minRows: 2, maxRows: 10 }}
            autoComplete="off"
            spellCheck={false}
            data-testid="licence-text"
          />
        </div>
      )}
      {fields.file !== null && (
        <FileUpload
          purpose={fields.file}
          label={t(`handover.form.${fileLabels[fields.file]}`)}
          value={draft.file}
          onChange={(file) => change({ file })}
        />
      )}
      {fields.enablingAt && (
        <div className="filter wide">
          <label htmlFor={`${id}-enabling`}>{t('handover.form.enablingAt')}</label>
          <DatePicker
            id={`${id}-enabling`}
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            value={draft.enablingAt === null ? null : dayjs(draft.enablingAt)}
            disabledDate={(day) => day.isBefore(dayjs(delivery.createdAt), 'day')}
            onChange={(day) => change({ enablingAt: day?.toISOString() ?? null })}
          />
          <span className="soft">{t('handover.form.enablingHelp')}</span>
        </div>
      )}
      <div className="filter">
        <label htmlFor={`${id}-result`}>{t('handover.form.result')}</label>
        <Input.TextArea
          id={`${id}-result`}
          value={draft.result}
          onChange={(event) => change({ result: event.target.value })}
          maxLength={4_000}
          autoSize={{ minRows: 2, maxRows: 8 }}
          data-testid="hand-over-result"
        />
      </div>
      <FileUploads
        purpose="PROOF"
        label={t('handover.form.proofs')}
        value={draft.proofs}
        most={10}
        onChange={(proofs) => change({ proofs })}
      />
      {needsFacts && (
        <AcceptanceFactsFields
          delivery={delivery}
          draft={draft}
          tried={tried}
          onChange={(facts) => change({ facts })}
        />
      )}
      {tried && fault !== null && (
        <span role="alert" className="fault" data-testid="hand-over-fault">
          {t(`handover.form.${fault}`)}
        </span>
      )}
      {submit.error !== null && fault === null && <Failure error={submit.error} />}
      <span>
        <Button type="primary" htmlType="submit" loading={submit.isPending} data-testid="hand-over-submit">
          {t('handover.form.deliver')}
        </Button>
      </span>
    </form>
  );
}

const fileLabels = { LICENCE: 'licenceFile', DATA: 'dataFile', PACKAGE: 'packageFile' } as const;

/** What follows from the delivery, where it is not plain. */
function Hint({ delivery: { payload, accessType, opening } }: { delivery: OrderDeliveryView }) {
  const { t } = useTranslation();
  if (payload.kind === 'LICENSE_CODE') return <p className="soft">{t('handover.form.CODE')}</p>;
  if (accessType !== 'SAAS') return null;
  if (opening === 'ON_PURCHASE')
    return payload.kind === 'ACCESS' && payload.openedAt === null ? (
      <p className="soft">{t('handover.form.notOpened')}</p>
    ) : null;
  return <p className="soft">{t(`handover.form.${opening}`)}</p>;
}
