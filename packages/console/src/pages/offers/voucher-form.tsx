import { DeleteOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Input, InputNumber, Radio } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createVoucher } from '../../api/offers.ts';
import { metaQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { BuyerList } from '../sales/buyer-list.tsx';
import { ProductChoice, SpecificationChoice } from './product-choice.tsx';
import { ValidityFields } from './validity-fields.tsx';
import { newVoucherOf, type VoucherDraft, voucherFault } from './voucher-draft.ts';

/** A new voucher (S-56): what it takes off, of what, who gets it, how many. */
export function NewVoucherPage() {
  const { t } = useTranslation();
  const meta = useQuery(metaQuery);
  return (
    <Page title={t('offers.voucher.new')} tools={<Link to="/seller/vouchers">{t('offers.voucher.back')}</Link>}>
      <Loaded query={meta}>
        {({ now, currency }) => <VoucherForm openedAt={new Date(now)} currency={currency} />}
      </Loaded>
    </Page>
  );
}

const modes = ['ONE_TIME', 'MONTH', 'YEAR'] as const;
const lastsMs = 30 * 24 * 3_600_000;
const mostVouchers = 1_000_000;

function firstDraft(now: Date): VoucherDraft {
  const start = Math.floor(now.getTime() / 60_000) * 60_000;
  return {
    name: '',
    faceValue: '',
    minimumSpend: '',
    items: [{ key: '1', goodsId: undefined, specificationId: undefined }],
    modes: [...modes],
    withOffers: true,
    claimable: true,
    validFrom: new Date(start).toISOString(),
    validTo: new Date(start + lastsMs).toISOString(),
    total: 100,
    buyers: [],
  };
}

interface PartProps {
  readonly draft: VoucherDraft;
  readonly onChange: (change: Partial<VoucherDraft>) => void;
}

function VoucherForm({ openedAt, currency }: { openedAt: Date; currency: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(() => firstDraft(openedAt));
  const [tried, setTried] = useState(false);
  const fault = voucherFault(draft);
  const change = (next: Partial<VoucherDraft>): void => setDraft((before) => ({ ...before, ...next }));
  const create = useCommand({
    run: createVoucher,
    refresh: ['vouchers'],
    done: t('offers.voucher.created'),
    onDone: () => void navigate({ to: '/seller/vouchers', search: {} }),
    onFailed: () => true,
  });
  const submit = (): void => {
    setTried(true);
    const voucher = newVoucherOf(draft);
    if (voucher !== null) create.mutate(voucher);
  };
  return (
    <div className="stack" style={{ maxWidth: 860 }}>
      <Worth draft={draft} currency={currency} onChange={change} />
      <GoodFor draft={draft} onChange={change} />
      <Panel title={t('offers.voucher.who')}>
        <div className="stack">
          <Radio.Group
            value={draft.claimable}
            onChange={(event) => change({ claimable: event.target.value })}
            className="choices"
            aria-label={t('offers.voucher.who')}
          >
            <Radio value={true}>{t('offers.voucher.claimable')}</Radio>
            <Radio value={false} data-testid="voucher-assigned">
              {t('offers.voucher.assigned')}
            </Radio>
          </Radio.Group>
          <BuyerList value={draft.buyers} onChange={(buyers) => change({ buyers })} label={t('offers.voucher.given')} />
          <ValidityFields
            from={draft.validFrom}
            to={draft.validTo}
            now={openedAt}
            onChange={(validFrom, validTo) => change({ validFrom, validTo })}
          />
        </div>
      </Panel>
      {create.error !== null && <Failure error={create.error} />}
      <div className="row">
        <Button type="primary" onClick={submit} loading={create.isPending} data-testid="create-voucher">
          {t('offers.voucher.publish')}
        </Button>
        {tried && fault !== null && (
          <span className="fault" role="alert" data-testid="why-not">
            {t(`offers.voucher.fault.${fault}`)}
          </span>
        )}
      </div>
    </div>
  );
}

function Worth({ draft, currency, onChange }: PartProps & { currency: string }) {
  const { t } = useTranslation();
  const ids = { name: useId(), face: useId(), minimum: useId(), total: useId() };
  return (
    <Panel title={t('offers.voucher.worth')}>
      <div className="stack">
        <div className="field">
          <label className="label" htmlFor={ids.name}>
            {t('offers.voucher.name')}
          </label>
          <Input
            id={ids.name}
            value={draft.name}
            maxLength={100}
            onChange={(event) => onChange({ name: event.target.value })}
            data-testid="voucher-name"
          />
        </div>
        <div className="offer-item-fields">
          <div className="field">
            <label className="label" htmlFor={ids.face}>
              {t('offers.voucher.faceValue')}
            </label>
            <Input
              id={ids.face}
              value={draft.faceValue}
              inputMode="decimal"
              maxLength={12}
              suffix={currency}
              onChange={(event) => onChange({ faceValue: event.target.value.trim() })}
              data-testid="voucher-face"
            />
          </div>
          <div className="field">
            <label className="label" htmlFor={ids.minimum}>
              {t('offers.voucher.minimumSpend')}
            </label>
            <Input
              id={ids.minimum}
              value={draft.minimumSpend}
              inputMode="decimal"
              maxLength={12}
              suffix={currency}
              placeholder={t('offers.voucher.noMinimum')}
              onChange={(event) => onChange({ minimumSpend: event.target.value.trim() })}
              data-testid="voucher-minimum"
            />
          </div>
          <div className="field">
            <label className="label" htmlFor={ids.total}>
              {t('offers.voucher.total')}
            </label>
            <InputNumber
              id={ids.total}
              value={draft.total}
              min={1}
              max={mostVouchers}
              precision={0}
              style={{ width: '100%' }}
              onChange={(total) => onChange({ total })}
              data-testid="voucher-total"
            />
          </div>
        </div>
      </div>
    </Panel>
  );
}

function GoodFor({ draft, onChange }: PartProps) {
  const { t } = useTranslation();
  const { items } = draft;
  const set = (key: string, next: Partial<VoucherDraft['items'][number]>): void =>
    onChange({ items: items.map((item) => (item.key === key ? { ...item, ...next } : item)) });
  const add = (): void =>
    onChange({
      items: [
        ...items,
        { key: String(Number(items.at(-1)?.key ?? 0) + 1), goodsId: undefined, specificationId: undefined },
      ],
    });
  return (
    <Panel title={t('offers.voucher.goodFor')}>
      <div className="stack">
        {items.map((item) => (
          <div key={item.key} className="offer-item">
            <div className="offer-item-fields">
              <ProductChoice
                goodsId={item.goodsId}
                onChange={(goodsId) => set(item.key, { goodsId, specificationId: undefined })}
              />
              <SpecificationChoice
                goodsId={item.goodsId}
                specificationId={item.specificationId}
                onChange={(specificationId) => set(item.key, { specificationId })}
              />
            </div>
            {items.length > 1 && (
              <Button
                size="small"
                icon={<DeleteOutlined />}
                onClick={() => onChange({ items: items.filter(({ key }) => key !== item.key) })}
              >
                {t('offers.removeItem')}
              </Button>
            )}
          </div>
        ))}
        <div>
          <Button onClick={add}>{t('offers.addItem')}</Button>
        </div>
        <fieldset className="field">
          <legend className="label">{t('offers.voucher.modes')}</legend>
          <Checkbox.Group
            value={[...draft.modes]}
            onChange={(chosen) => onChange({ modes: modes.filter((mode) => chosen.includes(mode)) })}
            options={modes.map((value) => ({ value, label: t(`offers.voucher.mode.${value}`) }))}
          />
        </fieldset>
        <Checkbox checked={draft.withOffers} onChange={(event) => onChange({ withOffers: event.target.checked })}>
          {t('offers.voucher.withOffers')}
        </Checkbox>
      </div>
    </Panel>
  );
}
