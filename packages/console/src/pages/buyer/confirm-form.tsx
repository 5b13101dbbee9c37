import type { CreateOrder, MoneyView, ProductView } from '@jishi/marketplace/console-api';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../components/draft.ts';
import { Amount } from '../../components/values.tsx';
import { useText } from '../../i18n/text.ts';
import { Agreement } from './agreement.tsx';
import { AutoRenewChoice } from './auto-renew-choice.tsx';
import { DistributorField, ReceiverFields, RegionField } from './order-fields.tsx';
import type { Period } from './selection.ts';

export interface ConfirmedOrder {
  /** of each product, in their order */
  readonly parameters: readonly { readonly name: string; readonly value: string }[][];
  /** B-25 */
  readonly autoRenew: boolean;
  /** hardware (L37) */
  readonly receiver: CreateOrder['receiver'];
  /** images (L30) */
  readonly regionId: string | undefined;
  /** C55 */
  readonly distributorId: string | undefined;
}

interface ConfirmFormProps {
  /** of each line; what it asks, what is agreed to */
  readonly products: readonly ProductView[];
  readonly amount: MoneyView;
  /** what could renew itself; null = nothing can (B-61) */
  readonly period: Period | null;
  readonly draft: Draft;
  readonly busy: boolean;
  /** a distributor may be named; false for trials, and where the offer names one */
  readonly asksDistributor: boolean;
  readonly onSubmit: (order: ConfirmedOrder) => void;
}

const longestParameter = 1024;

/** What the seller asks (B-28), automatic renewal (B-25), the agreements (B-26), the amount due and the button that says why it waits. */
export function ConfirmForm({ products, amount, period, draft, busy, asksDistributor, onSubmit }: ConfirmFormProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Record<string, string>>();
  const [marketAccepted, setMarketAccepted] = useState(false);
  const [accepted, setAccepted] = useState<ReadonlySet<string>>(new Set());
  const [autoRenew, setAutoRenew] = useState(false);
  const distinct = [...new Map(products.map((product) => [product.goodsId, product])).values()];
  const ready = marketAccepted && distinct.every(({ goodsId }) => accepted.has(goodsId));
  const shipped = products.some(({ accessType }) => accessType === 'HARDWARE');
  const placed = products.some(({ accessType }) => accessType === 'IMAGE');
  const finish = (values: Record<string, string | undefined>): void => {
    const given = (name: string): string => values[name]?.trim() ?? '';
    onSubmit({
      parameters: products.map(({ orderParameters }, place) =>
        orderParameters.flatMap(({ name }) => {
          const value = given(fieldName(place, name));
          return value === '' ? [] : [{ name, value }];
        }),
      ),
      autoRenew: period !== null && autoRenew,
      receiver: shipped
        ? { name: given('receiverName'), phone: given('receiverPhone'), address: given('receiverAddress') }
        : undefined,
      regionId: placed && given('regionId') !== '' ? given('regionId') : undefined,
      distributorId: given('distributorId') === '' ? undefined : given('distributorId'),
    });
  };
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
        <Parameters products={products} />
        {placed && <RegionField />}
        {shipped && <ReceiverFields />}
        {asksDistributor && <DistributorField />}
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
          {distinct.map((product) => (
            <ProductAgreement
              key={product.goodsId}
              product={product}
              named={distinct.length > 1}
              checked={accepted.has(product.goodsId)}
              onChange={(checked) => setAccepted(withMember(accepted, product.goodsId, checked))}
            />
          ))}
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

/** Products of one order may ask for parameters of the same name. */
const fieldName = (place: number, name: string): string => (place === 0 ? name : `${place}.${name}`);

function withMember(set: ReadonlySet<string>, member: string, present: boolean): ReadonlySet<string> {
  const others = [...set].filter((one) => one !== member);
  return new Set(present ? [...others, member] : others);
}

function Parameters({ products }: { products: readonly ProductView[] }) {
  const { t } = useTranslation();
  const text = useText();
  if (products.every(({ orderParameters }) => orderParameters.length === 0)) return null;
  return (
    <>
      <h2 style={{ marginBottom: 12 }}>{t('checkout.parameters')}</h2>
      {products.flatMap((product, place) =>
        product.orderParameters.map((parameter) => (
          <Form.Item
            key={fieldName(place, parameter.name)}
            name={fieldName(place, parameter.name)}
            label={products.length > 1 ? `${text(product.name)} – ${text(parameter.label)}` : text(parameter.label)}
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
        )),
      )}
    </>
  );
}

interface ProductAgreementProps {
  readonly product: ProductView;
  readonly named: boolean;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function ProductAgreement({ product, named, checked, onChange }: ProductAgreementProps) {
  const { t } = useTranslation();
  const text = useText();
  const name = text(product.name);
  return (
    <Agreement
      checked={checked}
      onChange={onChange}
      testId="agreement-product"
      label={named ? t('offers.agreeProduct', { name }) : t('checkout.agreeProduct')}
      title={named ? `${t('product.agreement')} – ${name}` : t('product.agreement')}
    >
      {text(product.agreement)}
    </Agreement>
  );
}
