import { DatePicker, Form, Input, Modal } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { applyForLicence } from '../../api/licences.ts';
import { useCommand } from '../../components/command.ts';

const longestFingerprint = 1024;

/** One licence inside the quota: for which machine, from when to when; everything may be left to the seller and the service. */
export function ApplyDialog({ resourceId, onClose }: { resourceId: string; onClose: () => void }) {
  const { t } = useTranslation();
  const [fingerprint, setFingerprint] = useState('');
  const [from, setFrom] = useState<Dayjs | null>(null);
  const [until, setUntil] = useState<Dayjs | null>(null);
  const apply = useCommand({
    run: () =>
      applyForLicence(resourceId, {
        deviceFingerprint: fingerprint.trim() || null,
        effectiveAt: from?.toISOString() ?? null,
        expireAt: until?.toISOString() ?? null,
      }),
    refresh: ['licences'],
    done: t('licence.quota.applied'),
    onDone: onClose,
  });
  const time = { showTime: { format: 'HH:mm' }, format: 'YYYY-MM-DD HH:mm', style: { width: '100%' } } as const;
  return (
    <Modal
      open
      title={t('licence.quota.applyTitle')}
      okText={t('licence.quota.submit')}
      okButtonProps={{ 'data-testid': 'licence-submit' }}
      confirmLoading={apply.isPending}
      onOk={() => apply.mutate(undefined)}
      onCancel={onClose}
    >
      <Form layout="vertical">
        <Form.Item
          label={t('licence.quota.fingerprint')}
          htmlFor="licence-fingerprint"
          extra={t('licence.quota.fingerprintHelp')}
        >
          <Input
            id="licence-fingerprint"
            value={fingerprint}
            maxLength={longestFingerprint}
            onChange={(event) => setFingerprint(event.target.value)}
          />
        </Form.Item>
        <Form.Item label={t('licence.quota.from')} htmlFor="licence-from" extra={t('licence.quota.fromHelp')}>
          <DatePicker id="licence-from" value={from} onChange={setFrom} {...time} />
        </Form.Item>
        <Form.Item label={t('licence.quota.until')} htmlFor="licence-until" extra={t('licence.quota.untilHelp')}>
          <DatePicker id="licence-until" value={until} onChange={setUntil} {...time} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
