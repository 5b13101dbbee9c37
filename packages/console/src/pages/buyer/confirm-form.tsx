import type { MoneyView, ProductView } from '@jishi/marketplace/console-api';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../components/draft.ts';
import { Amount } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { Agreement } from './agreement.tsx';
import { AutoRenewChoice } from './auto-renew-choice.tsx';
import type { Period } from './selection.ts';

export interface ConfirmedOrder {
  readonly parameters: { name: string; value: string }[];
  /** B-25 */
  readonly autoRenew: boolean;
}

interface ConfirmFormProps {
  readonly product: ProductView;
  readonly amount: MoneyView;
  /** what could renew itself; null = nothing can (B-61) */
  readonly period: Period | null;
  readonly draft: Draft;
  readonly busy: boolean;
  readonly onSubmit: (order: ConfirmedOrder) => void;
}

const longestParameter = 1024;

/** What the seller asks (B-28), automatic renewal (B-25), the two agreements (B-26), the amount due and the button that says why it waits. */
export function ConfirmForm({ product, amount, period, draft, busy, onSubmit }: ConfirmFormProps) {
  const { t } = useTranslation();
  const text = useText();
  const [form] = Form.useForm<Record<string, string>>();
  const [marketAccepted, setMarketAccepted] = useState(false);
  const [productAccepted, setProductAccepted] = useState(false);
  const [autoRenew, setAutoRenew] = useState(false);
  const ready = marketAccepted && productAccepted;
  const finish = (values: Record<string, string | undefined>): void =>
    onSubmit({
      parameters: product.orderParameters.flatMap(({ name }) => {
        const value = values[name]?.trim() ?? '';
        return value === '' ? [] : [{ name, value }];
      }),
      autoRenew: period !== null && autoRenew,
    });
  return (
    <section className="panel stack" aria-label={t('checkout.confirm')}>
      <Form
        form={form}
        layout="vertical"
        initialValues={draft.values}
        onValuesChange={(_, values) => draft.keep(values)}
        onFinish={finish}
        scrollToFirstError={{ focus: true }}
        preserve
      >
        {product.orderParameters.length > 0 && <h2 style={{ marginBottom: 12 }}>{t('checkout.parameters')}</h2>}
        {product.orderParameters.map((parameter) => (
          <Form.Item
            key={parameter.name}
            name={parameter.name}
            label={text(parameter.label)}
            rules={[
              {
                required: parameter.required,
                whitespace: true,
                message: t('checkout.required', { label: text(parameter.label) }),
              },
            ]}
          >
            <Input maxLength={longestParameter} data-testid={`parameter-${parameter.name}`} />
          </Form.Item>
        ))}
        <div className="stack stack--tight">
          {period !== null && <AutoRenewChoice period={period} checked={autoRenew} onChange={setAutoRenew} />}
          <Agreement
            checked={marketAccepted}
            onChange={setMarketAccepted}
            testId="agreement-marketplace"
            label={t('checkout.agreeMarket')}
            title={t('checkout.marketAgreement')}
          >
            {t('checkout.marketAgreementText')}
          </Agreement>
          <Agreement
            checked={productAccepted}
            onChange={setProductAccepted}
            testId="agreement-product"
            label={t('checkout.agreeProduct')}
            title={t('product.agreement')}
          >
            {text(product.agreement)}
          </Agreement>
          <div className="row" style={{ justifyContent: 'space-between' }}>
            <span>{t('checkout.due')}</span>
            <Amount money={amount} large testId="amount" />
          </div>
          <Button
            type="primary"
            size="large"
            block
            htmlType="submit"
            disabled={!ready}
            loading={busy}
            aria-describedby={ready ? undefined : 'why-not-submit'}
            data-testid="submit-order"
          >
            {t('checkout.submit')}
          </Button>
          {!ready && (
            <p id="why-not-submit" className="soft" data-testid="why-not">
              {t('checkout.whyNot')}
            </p>
          )}
        </div>
      </Form>
    </section>
  );
}
