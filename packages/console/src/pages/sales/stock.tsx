import { Input, InputNumber } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type SalesSettingsView, type StockView, setStock } from '../../api/sales.ts';
import { Empty } from '../../components/feedback.tsx';
import { type Column, Rows } from '../../components/rows.tsx';
import { Instant } from '../../components/values.tsx';
import { formatCount } from '../../format/money.ts';
import { useText } from '../../i18n/text.ts';
import { usePreferences } from '../../shell/preferences.tsx';
import { ChangeButton } from './scopes.tsx';
import { SettingDialog } from './setting-dialog.tsx';
import { afterChange, mostPieces } from './stock-rules.ts';

interface Counted {
  readonly stock: StockView;
  readonly name: string;
  readonly attributes: string;
}

/** Stock of each SKU (S-82, C50): total, sold, reserved by unpaid orders, left; every change with its note. */
export function Stock({ settings }: { settings: SalesSettingsView }) {
  const { t } = useTranslation();
  const text = useText();
  const [open, setOpen] = useState<Counted | null>(null);
  const counted = settings.specifications.flatMap((specification) =>
    specification.stock.map((stock) => ({
      stock,
      name: text(specification.name),
      attributes: stock.attributes.map((one) => `${text(one.name)} ${text(one.value)}`).join(' · '),
    })),
  );
  if (counted.length === 0) return <Empty sentence={t('sales.stock.notCounted')} />;
  const why = settings.state === 'ON_SALE' ? null : t('sales.stock.notOnSale');
  return (
    <div className="stack">
      <p className="soft">{t('sales.stock.help')}</p>
      <Stocks rows={counted} why={why} onChange={setOpen} />
      {open !== null && <StockDialog goodsId={settings.goodsId} counted={open} onClose={() => setOpen(null)} />}
    </div>
  );
}

interface StocksProps {
  readonly rows: readonly Counted[];
  readonly why: string | null;
  readonly onChange: (counted: Counted) => void;
}

function Stocks({ rows, why, onChange }: StocksProps) {
  const { t } = useTranslation();
  const { language } = usePreferences();
  const number = (key: 'total' | 'consumed' | 'reserved' | 'available'): Column<Counted> => ({
    key,
    title: t(`sales.stock.${key}`),
    align: 'right',
    render: ({ stock }) => (
      <span className="num" data-testid={`stock-${key}`}>
        {formatCount(stock[key], language)}
      </span>
    ),
  });
  const columns: Column<Counted>[] = [
    {
      key: 'sku',
      title: t('product.specification'),
      render: ({ name, attributes }) => (
        <>
          {name}
          {attributes !== '' && <div className="soft">{attributes}</div>}
        </>
      ),
    },
    number('total'),
    number('consumed'),
    number('reserved'),
    number('available'),
    { key: 'history', title: t('sales.stock.history'), render: ({ stock }) => <History stock={stock} /> },
    {
      key: 'action',
      title: t('list.action'),
      render: (row) => <ChangeButton name={row.name} reason={why} onClick={() => onChange(row)} />,
    },
  ];
  return <Rows rows={rows} columns={columns} rowKey={({ stock }) => stock.skuCode} testId="stock-row" />;
}

function History({ stock: { changes } }: { stock: StockView }) {
  const { t } = useTranslation();
  if (changes.length === 0) return <span className="soft">{t('sales.stock.noChanges')}</span>;
  return (
    <details>
      <summary>{t('sales.stock.changes', { times: changes.length })}</summary>
      <ul className="plain-list">
        {changes.map(({ at, change, note, by }) => (
          <li key={`${at} ${change}`}>
            <strong className="num">{signed(change)}</strong> {note}
            <div className="soft">
              <Instant at={at} /> · {by}
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}

const signed = (change: number): string => (change > 0 ? `+${change}` : `−${Math.abs(change)}`);

interface StockDialogProps {
  readonly goodsId: string;
  readonly counted: Counted;
  readonly onClose: () => void;
}

function StockDialog({ goodsId, counted: { stock, name, attributes }, onClose }: StockDialogProps) {
  const { t } = useTranslation();
  const ids = { change: useId(), note: useId() };
  const [change, setChange] = useState<number | null>(null);
  const [note, setNote] = useState('');
  const { total, fault } = afterChange(stock, change ?? 0);
  const blocked =
    fault !== null
      ? t(`sales.stock.why.${fault}`, { least: stock.consumed + stock.reserved })
      : note.trim() === ''
        ? t('sales.stock.why.note')
        : null;
  return (
    <SettingDialog
      title={t('sales.stock.title', { name: attributes === '' ? name : `${name} · ${attributes}` })}
      meaning={t('sales.stock.meaning', { total, left: Math.max(0, total - stock.consumed - stock.reserved) })}
      blocked={blocked}
      onClose={onClose}
      save={(reason) =>
        setStock(goodsId, { skuCode: stock.skuCode, change: change ?? 0, note: note.trim(), ...reason })
      }
    >
      <div className="field">
        <label className="label" htmlFor={ids.change}>
          {t('sales.stock.change')}
        </label>
        <InputNumber
          id={ids.change}
          value={change}
          min={-mostPieces}
          max={mostPieces}
          precision={0}
          onChange={setChange}
          aria-describedby={`${ids.change}-rule`}
          style={{ width: 180 }}
          data-testid="stock-change"
        />
        <span id={`${ids.change}-rule`} className="soft">
          {t('sales.stock.changeRule', { total: stock.total, consumed: stock.consumed, reserved: stock.reserved })}
        </span>
      </div>
      <div className="field">
        <label className="label" htmlFor={ids.note}>
          {t('sales.stock.note')}
        </label>
        <Input
          id={ids.note}
          value={note}
          maxLength={200}
          onChange={(event) => setNote(event.target.value)}
          data-testid="stock-note"
        />
      </div>
    </SettingDialog>
  );
}
