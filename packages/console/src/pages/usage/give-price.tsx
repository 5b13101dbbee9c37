import type { UsageRepairView } from '@jishi/marketplace/console-api';
import { Modal, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { givePrice } from '../../api/usage.ts';
import { useCommand } from '../../components/command.ts';
import { Failure } from '../../components/feedback.tsx';
import { useText } from '../../i18n/text.ts';

/** Chooses the price by which usage is rated that has none; mount it to open it. */
export function GivePrice({ to, onClose }: { to: UsageRepairView; onClose: () => void }) {
  const { t } = useTranslation();
  const text = useText();
  const id = useId();
  const [chosen, setChosen] = useState(to.prices[0]?.priceItemId ?? '');
  const give = useCommand({
    run: givePrice,
    refresh: ['usage'],
    done: t('usage.desk.given', { count: to.records }),
    onDone: onClose,
    // shown in the dialog
    onFailed: () => true,
  });
  return (
    <Modal
      open
      title={t('usage.desk.giveTitle', { product: text(to.productName) })}
      okText={t('usage.desk.give')}
      okButtonProps={{ disabled: chosen === '', 'data-testid': 'give-price-confirm' }}
      confirmLoading={give.isPending}
      onOk={() => give.mutate({ resourceId: to.resourceId, priceItemId: chosen })}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t('usage.desk.giveHelp', { count: to.records })}</p>
        {to.prices.length === 0 ? (
          <p role="alert">{t('usage.desk.noPrices')}</p>
        ) : (
          <div className="filter">
            <span id={id}>{t('usage.desk.price')}</span>
            <Radio.Group
              aria-labelledby={id}
              value={chosen}
              onChange={({ target }) => setChosen(String(target.value))}
              options={to.prices.map(({ priceItemId, brackets, currency }) => ({
                value: priceItemId,
                label: `${brackets.map(bracketText).join('; ')} ${currency} · ${priceItemId}`,
              }))}
            />
          </div>
        )}
        {give.error !== null && <Failure error={give.error} />}
      </div>
    </Modal>
  );
}

type Bracket = UsageRepairView['prices'][number]['brackets'][number];
const bracketText = ({ from, to, unitPrice }: Bracket): string =>
  from === 0 && to === null ? unitPrice : `(${from}, ${to ?? '∞'}] ${unitPrice}`;
