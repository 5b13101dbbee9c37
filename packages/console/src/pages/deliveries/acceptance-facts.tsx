import type { OrderDeliveryView } from '@jishi/marketplace/console-api';
import { Button, Input, Select } from 'antd';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { FactsDraft, HandOverDraft } from './hand-over-rules.ts';

interface AcceptanceFactsProps {
  readonly delivery: OrderDeliveryView;
  readonly draft: HandOverDraft;
  /** it was sent before: what is empty is marked */
  readonly tried: boolean;
  readonly onChange: (facts: FactsDraft) => void;
}

/** S6-8: what the acceptance file says, as the seller reads it off the file; the platform holds it against the orders. */
export function AcceptanceFactsFields({ delivery, draft: { facts, proofs }, tried, onChange }: AcceptanceFactsProps) {
  const { t } = useTranslation();
  const id = useId();
  const change = (part: Partial<FactsDraft>): void => onChange({ ...facts, ...part });
  const item = (key: number, part: Partial<FactsDraft['items'][number]>): void =>
    change({ items: facts.items.map((each) => (each.key === key ? { ...each, ...part } : each)) });
  const marked = (text: string) => {
    const missing = tried && text.trim() === '';
    return { status: missing ? ('error' as const) : ('' as const), 'aria-invalid': missing, value: text };
  };
  const attached = delivery.accessType === 'SAAS' || delivery.accessType === 'LICENSE';
  const options = proofs.map(({ fileId, name }) => ({ value: fileId, label: name }));
  return (
    <fieldset className="stack" style={{ border: 0, padding: 0, margin: 0 }} data-testid="acceptance-facts">
      <legend>{t('supervision.facts.title')}</legend>
      <p className="soft">{t('supervision.facts.help')}</p>
      <div className="filter">
        <label htmlFor={`${id}-orders`}>{t('supervision.facts.orderNumbers')}</label>
        <Input
          id={`${id}-orders`}
          className="mono"
          {...marked(facts.orderNumbers)}
          placeholder={delivery.orderId}
          onChange={({ target }) => change({ orderNumbers: target.value })}
          data-testid="facts-orders"
        />
        <span className="soft">{t('supervision.facts.orderNumbersHelp')}</span>
      </div>
      <div className="filter">
        <label htmlFor={`${id}-company`}>{t('supervision.facts.companyName')}</label>
        <Input
          id={`${id}-company`}
          {...marked(facts.companyName)}
          maxLength={200}
          onChange={({ target }) => change({ companyName: target.value })}
          data-testid="facts-company"
        />
      </div>
      {facts.items.map(({ key, product, specification }) => (
        <div key={key} className="row" style={{ flexWrap: 'wrap', alignItems: 'end' }}>
          {(['product', 'specification'] as const).map((name) => (
            <div key={name} className="filter" style={{ flex: '1 1 160px' }}>
              <label htmlFor={`${id}-${name}-${key}`}>{t(`supervision.facts.${name}`)}</label>
              <Input
                id={`${id}-${name}-${key}`}
                {...marked({ product, specification }[name])}
                maxLength={200}
                onChange={({ target }) => item(key, { [name]: target.value })}
                data-testid={`facts-${name}`}
              />
            </div>
          ))}
          {facts.items.length > 1 && (
            <Button onClick={() => change({ items: facts.items.filter((each) => each.key !== key) })}>
              {t('supervision.milestones.remove')}
            </Button>
          )}
        </div>
      ))}
      <span>
        <Button
          onClick={() =>
            change({
              items: [
                ...facts.items,
                { key: Math.max(0, ...facts.items.map(({ key }) => key)) + 1, product: '', specification: '' },
              ],
            })
          }
        >
          {t('supervision.facts.addItem')}
        </Button>
      </span>
      {attached &&
        (['validityFileId', 'kitFileId'] as const).map((member) => (
          <div key={member} className="filter">
            <label htmlFor={`${id}-${member}`}>{t(`supervision.facts.${member}`)}</label>
            <Select
              id={`${id}-${member}`}
              allowClear
              value={facts[member]}
              options={options}
              data-testid={`facts-${member}`}
              notFoundContent={t('supervision.facts.noProofs')}
              onChange={(value) => change({ [member]: value ?? null })}
            />
          </div>
        ))}
    </fieldset>
  );
}
