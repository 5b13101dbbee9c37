import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Input } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createOffer } from '../../api/offers.ts';
import { metaQuery } from '../../api/queries.ts';
import { useCommand } from '../../components/command.ts';
import { Failure, Loaded } from '../../components/feedback.tsx';
import { Page, Panel } from '../../components/page.tsx';
import { type NewOfferSearch, parseNewOfferSearch } from '../../search/sales-params.ts';
import { BuyerList } from '../sales/buyer-list.tsx';
import { type DraftItem, newOfferOf, type OfferDraft, offerFault } from './offer-draft.ts';
import { OfferItemFields } from './offer-item-fields.tsx';
import { percentOf, rateOf } from './rate.ts';
import { ValidityFields } from './validity-fields.tsx';

/** A new private offer (S-54): whose, until when, and for what at which price. */
export function NewOfferPage() {
  const { t } = useTranslation();
  const search = parseNewOfferSearch(useSearch({ strict: false }));
  const meta = useQuery(metaQuery);
  const kind = search.kind ?? 'PRODUCT';
  return (
    <Page title={t(`offers.new.${kind}`)} tools={<Link to="/seller/offers">{t('offers.back')}</Link>}>
      <p className="soft">{t(`offers.kindHelp.${kind}`)}</p>
      <Loaded query={meta}>{({ now }) => <OfferForm key={kind} search={search} openedAt={new Date(now)} />}</Loaded>
    </Page>
  );
}

/** C52: it starts later than now; a few minutes leave time to finish the form. */
const startsInMs = 10 * 60_000;
const lastsMs = 30 * 24 * 3_600_000;
const mostBuyers = 100;

function firstDraft(
  { kind = 'PRODUCT', buyerId, accountName, goodsId, demandId, distributorId, specificationId, rate }: NewOfferSearch,
  now: Date,
): OfferDraft {
  const start = Math.ceil((now.getTime() + startsInMs) / 60_000) * 60_000;
  return {
    kind,
    name: '',
    buyers: buyerId === undefined || accountName === undefined ? [] : [{ buyerId, accountName }],
    validFrom: new Date(start).toISOString(),
    validTo: new Date(start + lastsMs).toISOString(),
    distributorId: distributorId ?? '',
    demandId: demandId ?? null,
    exempt: false,
    items: [{ ...newItem('1', goodsId), specificationId, percent: rate === undefined ? null : percentOfText(rate) }],
  };
}

/** of an address, which anybody may have written */
const percentOfText = (rate: string): number | null => (rateOf(percentOf(rate)) === null ? null : percentOf(rate));

const newItem = (key: string, goodsId?: string): DraftItem => ({
  key,
  goodsId,
  specificationId: undefined,
  percent: null,
  configuration: null,
});

function OfferForm({ search, openedAt }: { search: NewOfferSearch; openedAt: Date }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const id = useId();
  const [draft, setDraft] = useState(() => firstDraft(search, openedAt));
  const [tried, setTried] = useState(false);
  const now = new Date(useQuery(metaQuery).data?.now ?? openedAt);
  const fault = offerFault(draft, now);
  const create = useCommand({
    run: createOffer,
    refresh: ['offers'],
    done: t('offers.created'),
    onDone: () => void navigate({ to: '/seller/offers', search: {} }),
    onFailed: () => true,
  });
  const change = (next: Partial<OfferDraft>): void => setDraft((before) => ({ ...before, ...next }));
  const submit = (): void => {
    setTried(true);
    const offer = fault === null ? newOfferOf(draft) : null;
    if (offer !== null) create.mutate(offer);
  };
  return (
    <div className="stack" style={{ maxWidth: 860 }}>
      <Panel title={t('offers.terms')}>
        <div className="stack">
          <div className="field">
            <label className="label" htmlFor={id}>
              {t('offers.name')}
            </label>
            <Input
              id={id}
              value={draft.name}
              maxLength={100}
              onChange={(event) => change({ name: event.target.value })}
              data-testid="offer-name"
            />
          </div>
          <BuyerList
            value={draft.buyers}
            onChange={(buyers) => change({ buyers })}
            label={t('offers.buyers')}
            most={mostBuyers}
          />
          <ValidityFields
            from={draft.validFrom}
            to={draft.validTo}
            now={now}
            onChange={(validFrom, validTo) => change({ validFrom, validTo })}
          />
        </div>
      </Panel>
      <Items draft={draft} onChange={(items) => change({ items })} />
      <Panel title={t('offers.more')}>
        <div className="stack">
          {draft.kind === 'CONFIGURATION' && (
            <Checkbox
              checked={draft.exempt}
              onChange={(event) => change({ exempt: event.target.checked })}
              data-testid="offer-exempt"
            >
              {t('offers.exempt')}
            </Checkbox>
          )}
          <Distributor value={draft.distributorId} onChange={(distributorId) => change({ distributorId })} />
        </div>
      </Panel>
      {create.error !== null && <Failure error={create.error} />}
      <div className="row">
        <Button type="primary" onClick={submit} loading={create.isPending} data-testid="create-offer">
          {t('offers.create')}
        </Button>
        {tried && fault !== null && (
          <span className="fault" role="alert" data-testid="why-not">
            {t(`offers.fault.${fault}`)}
          </span>
        )}
      </div>
      <p className="soft">{t('offers.approvalHelp')}</p>
    </div>
  );
}

function Items({ draft, onChange }: { draft: OfferDraft; onChange: (items: readonly DraftItem[]) => void }) {
  const { t } = useTranslation();
  const { items, kind } = draft;
  return (
    <Panel title={t('offers.items')}>
      <div className="stack">
        {items.map((item) => (
          <OfferItemFields
            key={item.key}
            kind={kind}
            item={item}
            onChange={(next) => onChange(items.map((one) => (one.key === item.key ? next : one)))}
            onRemove={items.length === 1 ? null : () => onChange(items.filter((one) => one.key !== item.key))}
          />
        ))}
        <div>
          <Button
            onClick={() => onChange([...items, newItem(String(Number(items.at(-1)?.key ?? 0) + 1))])}
            data-testid="add-item"
          >
            {t('offers.addItem')}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

function Distributor({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>
        {t('offers.distributor.label')}
      </label>
      <Input
        id={id}
        value={value}
        maxLength={64}
        aria-describedby={`${id}-help`}
        onChange={(event) => onChange(event.target.value)}
        data-testid="offer-distributor"
      />
      <span id={`${id}-help`} className="soft">
        {t('offers.distributor.help')}
      </span>
    </div>
  );
}
