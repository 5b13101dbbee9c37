import type { ProductView } from '@jishi/marketplace/console-api';
import { useNavigate } from '@tanstack/react-router';
import { Input, InputNumber, Modal } from 'antd';
import { type ReactNode, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shareDemand } from '../../api/offers.ts';
import { useCommand } from '../../components/command.ts';
import { useDialogFocus } from '../../components/dialog-focus.ts';
import { Failure } from '../../components/feedback.tsx';
import { useText } from '../../i18n/text.ts';
import { PercentField } from '../offers/percent-field.tsx';
import { rateOf } from '../offers/rate.ts';
import type { Offer } from './selection.ts';

export interface SharedDemandProps {
  readonly product: ProductView;
  readonly specification: Offer['specification'];
  /** as chosen on the page; null = it is not counted */
  readonly quantity: number | null;
  readonly onClose: () => void;
}

const longest = 1_000;
const members = ['accountName', 'buyerId', 'text'] as const;
type Member = (typeof members)[number];

/** A service provider asks the seller for an offer to its customer (S9-3): for whom, what, how many, at which price. */
export function SharedDemandDialog({ product, specification, quantity: chosen, onClose }: SharedDemandProps) {
  const { t } = useTranslation();
  const words = useText();
  const navigate = useNavigate();
  const id = useId();
  const [values, setValues] = useState<Readonly<Record<Member, string>>>({ accountName: '', buyerId: '', text: '' });
  const [quantity, setQuantity] = useState(chosen);
  const [percent, setPercent] = useState<number | null>(null);
  const [tried, setTried] = useState(false);
  const focused = useDialogFocus(() => document.getElementById(`${id}-accountName`)?.focus());
  const send = useCommand({
    run: shareDemand,
    refresh: ['demands'],
    done: t('offers.demand.sent'),
    onDone: () => void navigate({ to: '/distributor/demands', search: {} }),
    onFailed: () => true,
  });
  const missing = (member: Member): boolean => values[member].trim() === '';
  const badRate = percent !== null && rateOf(percent) === null;
  const confirm = (): void => {
    setTried(true);
    const first = members.find(missing);
    if (first !== undefined) document.getElementById(`${id}-${first}`)?.focus();
    else if (!badRate)
      send.mutate({
        goodsId: product.goodsId,
        buyer: { buyerId: values.buyerId.trim(), accountName: values.accountName.trim() },
        specificationId: specification.specificationId,
        quantity,
        rate: rateOf(percent),
        text: values.text.trim(),
      });
  };
  const change = (member: Member, value: string): void => setValues((before) => ({ ...before, [member]: value }));
  const field = (member: Member, label: string, rule: string, input: (aria: object) => ReactNode) => {
    const faulty = tried && missing(member);
    return (
      <div className="filter">
        <label htmlFor={`${id}-${member}`}>{label}</label>
        {input({
          ...{ id: `${id}-${member}`, value: values[member], status: faulty ? 'error' : '' },
          ...{ 'aria-invalid': faulty, 'aria-describedby': `${id}-${member}-rule`, 'data-testid': `demand-${member}` },
        })}
        <span id={`${id}-${member}-rule`} role={faulty ? 'alert' : undefined} className={faulty ? 'fault' : 'soft'}>
          {rule}
        </span>
      </div>
    );
  };
  return (
    <Modal
      open
      afterOpenChange={focused}
      title={t('offers.demand.forCustomerOf', { name: words(product.name) })}
      okText={t('offers.demand.send')}
      okButtonProps={{ 'data-testid': 'demand-send' }}
      confirmLoading={send.isPending}
      onOk={confirm}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t('offers.demand.forCustomerHelp', { seller: product.sellerName })}</p>
        <p className="soft">
          {t('product.specification')}: {words(specification.name)}
        </p>
        {field('accountName', t('sales.buyers.accountName'), t('offers.demand.accountRule'), (aria) => (
          <Input {...aria} maxLength={64} onChange={({ target }) => change('accountName', target.value)} />
        ))}
        {field('buyerId', t('sales.buyers.accountId'), t('offers.demand.accountRule'), (aria) => (
          <Input {...aria} maxLength={64} onChange={({ target }) => change('buyerId', target.value)} />
        ))}
        {chosen !== null && (
          <div className="filter">
            <label htmlFor={`${id}-quantity`}>{t('settlement.line.quantity')}</label>
            <InputNumber
              id={`${id}-quantity`}
              value={quantity}
              min={1}
              max={9_999_999}
              precision={0}
              style={{ width: 140 }}
              onChange={setQuantity}
              data-testid="demand-quantity"
            />
          </div>
        )}
        <PercentField percent={percent} onChange={setPercent} />
        {field('text', t('offers.demand.note'), t('offers.demand.noteRule'), (aria) => (
          <Input.TextArea
            {...aria}
            maxLength={longest}
            autoSize={{ minRows: 3, maxRows: 8 }}
            onChange={({ target }) => change('text', target.value)}
          />
        ))}
        {send.error !== null && <Failure error={send.error} />}
      </div>
    </Modal>
  );
}
