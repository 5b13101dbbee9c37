import type { ProbedProductView } from '@jishi/marketplace/console-api';
import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { freezeProduct, releaseProduct } from '../../api/debugging.ts';
import { sessionQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { may } from '../../shell/areas.ts';

/** Freeze trading by hand, or release after repair: with a reason, told what it does (O-10). */
export function FreezeOrRelease({ product }: { product: ProbedProductView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm<{ reason: string }>();
  const allowed = may(useQuery(sessionQuery).data, 'product.freeze');
  const frozen = product.status === 'TRADE_FROZEN';
  const act = useCommand({
    run: ({ reason }: { reason: string }) => (frozen ? releaseProduct : freezeProduct)(product.goodsId, reason),
    refresh: ['probes'],
    done: t('probe.done'),
    onDone: () => {
      setOpen(false);
      form.resetFields();
    },
  });
  if (!allowed || (!frozen && product.status !== 'ON_SALE')) return null;
  const word = frozen ? t('probe.release') : t('probe.freeze');
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)} data-testid={frozen ? 'product-release' : 'product-freeze'}>
        {word}
      </Button>
      <Modal
        open={open}
        title={word}
        okText={word}
        okButtonProps={{ loading: act.isPending, 'data-testid': 'sanction-confirm' }}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
        destroyOnHidden
      >
        <div className="stack">
          <p>{frozen ? t('probe.releaseHelp') : t('probe.freezeHelp')}</p>
          <Form form={form} layout="vertical" onFinish={act.mutate}>
            <Form.Item
              name="reason"
              label={t('probe.reason')}
              rules={[{ required: true, whitespace: true, message: t('probe.reasonRule') }]}
            >
              <Input.TextArea maxLength={500} rows={3} data-testid="sanction-reason" />
            </Form.Item>
          </Form>
        </div>
      </Modal>
    </>
  );
}
