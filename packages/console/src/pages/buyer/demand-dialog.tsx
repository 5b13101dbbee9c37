import type { ProductView } from '@jishi/marketplace/console-api';
import { Input, Modal } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createDemand } from '../../api/offers.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { useText } from '../../i18n/text.ts';

const longest = 1_000;

/** Asks the seller for an offer (C51a): the seller answers within five days, or the demand counts as rejected. */
export function DemandDialog({ product, onClose }: { product: ProductView; onClose: () => void }) {
  const { t } = useTranslation();
  const words = useText();
  const id = useId();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const missing = tried && text.trim() === '';
  const send = useCommand({
    run: (wish: string) => createDemand(product.goodsId, wish),
    refresh: ['demands'],
    done: t('offers.demand.sent'),
    onDone: onClose,
    onFailed: () => true,
  });
  const confirm = (): void => {
    setTried(true);
    if (text.trim() === '') document.getElementById(id)?.focus();
    else send.mutate(text.trim());
  };
  return (
    <Modal
      open
      title={t('offers.demand.askOf', { name: words(product.name) })}
      okText={t('offers.demand.send')}
      okButtonProps={{ 'data-testid': 'demand-send' }}
      confirmLoading={send.isPending}
      onOk={confirm}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t('offers.demand.help', { seller: product.sellerName })}</p>
        <div className="filter">
          <label htmlFor={id}>{t('offers.demand.text')}</label>
          <Input.TextArea
            id={id}
            value={text}
            maxLength={longest}
            autoSize={{ minRows: 4, maxRows: 10 }}
            status={missing ? 'error' : ''}
            aria-invalid={missing}
            aria-describedby={`${id}-rule`}
            onChange={(event) => setText(event.target.value)}
            data-testid="demand-text"
          />
          <span id={`${id}-rule`} role={missing ? 'alert' : undefined} className={missing ? 'fault' : 'soft'}>
            {t('offers.demand.rule')}
          </span>
        </div>
        {send.error !== null && <Failure error={send.error} />}
      </div>
    </Modal>
  );
}
