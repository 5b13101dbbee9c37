import type { LicenceCodePageView } from '@jishi/marketplace/console-api';
import { Button, Form, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { makeTestCode } from '../../api/licences.ts';
import { useCommand } from '../../components/command.ts';
import { useText } from '../../i18n/text.ts';
import { useShownCode } from './codes-view.tsx';

const mostAmount = 9_999_999;

/** A code of no order, for trying activate and query before the release (4.6). Shown once it is made. */
export function MakeTestCode({ products }: Pick<LicenceCodePageView, 'products'>) {
  const { t } = useTranslation();
  const text = useText();
  const show = useShownCode();
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const [amount, setAmount] = useState<number | null>(null);
  const goodsId = chosen ?? products[0]?.goodsId ?? '';
  const make = useCommand({
    run: () => makeTestCode({ goodsId, amount }),
    refresh: ['codes'],
    done: t('licence.codes.made'),
    onDone: (made) => {
      setOpen(false);
      show(made.text);
    },
  });
  return (
    <>
      <Button
        type="primary"
        disabled={products.length === 0}
        title={products.length === 0 ? t('licence.codes.noProduct') : undefined}
        onClick={() => setOpen(true)}
        data-testid="test-code"
      >
        {t('licence.codes.make')}
      </Button>
      <Modal
        open={open}
        title={t('licence.codes.makeTitle')}
        okText={t('licence.codes.make')}
        okButtonProps={{ 'data-testid': 'test-code-make' }}
        confirmLoading={make.isPending}
        onOk={() => make.mutate(undefined)}
        onCancel={() => setOpen(false)}
      >
        <p>{t('licence.codes.makeHelp')}</p>
        <Form layout="vertical">
          <Form.Item label={t('licence.product')} htmlFor="test-code-product">
            <Select
              id="test-code-product"
              value={goodsId}
              onChange={setChosen}
              options={products.map((each) => ({ value: each.goodsId, label: text(each.name) }))}
            />
          </Form.Item>
          <Form.Item label={t('licence.codes.withAmount')} htmlFor="test-code-amount">
            <InputNumber
              id="test-code-amount"
              min={1}
              max={mostAmount}
              precision={0}
              value={amount}
              onChange={setAmount}
            />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
