import { VerticalAlignBottomOutlined } from '@ant-design/icons';
import { Button, Checkbox } from 'antd';
import { type ClipboardEvent, type KeyboardEvent, memo, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftSku, DraftSpecification } from '../../api/publication-types.ts';
import { useText } from '../../i18n/text.ts';
import { cleanPrice, isPrice } from './brackets.ts';
import { useEditor, useFieldState } from './editor-context.ts';
import { faultsWithin } from './faults.ts';
import { FaultLines } from './field.tsx';
import {
  axesOf,
  type CellAt,
  cellsOf,
  fillDown,
  isLastOfValue,
  type MatrixRow,
  offer,
  type PriceColumn,
  paste,
  priceKey,
  rowsOf,
  setUnitPrice,
  unitPriceAt,
} from './matrix.ts';
import { useCellName, useColumnName } from './words.ts';

const decimals = { list: 4, usage: 10 } as const;
const mostShown = 5;

interface MatrixTableProps {
  readonly index: number;
  readonly specification: DraftSpecification;
  readonly columns: readonly PriceColumn[];
  readonly onChange: (next: (skus: readonly DraftSku[]) => DraftSku[]) => void;
}

/**
 * The price of every combination: typed, pasted as a block from a spreadsheet, or filled down. Arrow keys and Enter move
 * between the cells as in a spreadsheet; Ctrl+D fills down.
 */
export function MatrixTable({ index, specification, columns, onChange }: MatrixTableProps) {
  const { t } = useTranslation();
  const { skus, chargingMode } = specification;
  const axes = axesOf(skus);
  const rows = useMemo(() => rowsOf(skus), [skus]);
  const cells = useMemo(() => cellsOf(columns), [columns]);
  const [said, setSaid] = useState('');
  const offered = rows.filter(({ sku }) => sku !== null);
  const most = chargingMode === 'ON_DEMAND' ? decimals.usage : decimals.list;
  // handlers that rows keep, so that a key stroke draws one row and not a hundred
  const acts = useRef<Acts>(noActs);
  acts.current = {
    put: (row, cell, text) => {
      const target = cells[cell];
      if (target === undefined) return;
      onChange((all) =>
        all.map((sku, place) => (place === row.index ? setUnitPrice(sku, target.column, target.bracket, text) : sku)),
      );
    },
    paste: (row, cell, text) => {
      const at = atOf(row, cell);
      onChange((all) => paste(all, columns, at, text).skus);
      setSaid(t('publication.pasted', { count: paste(skus, columns, at, text).filled }));
    },
    fill: (row, cell) => {
      onChange((all) => fillDown(all, columns, atOf(row, cell)));
      setSaid(t('publication.filled'));
    },
    offer: (row) => onChange((all) => offer(all, row)),
  };
  const atOf = (row: MatrixRow, cell: number): CellAt => ({
    row: offered.findIndex(({ key }) => key === row.key),
    cell,
  });
  const first = offered[0];
  return (
    <div className="stack stack--tight">
      {offered.length > 1 && <p className="soft">{t('publication.matrixHelp')}</p>}
      <section className="matrix-scroll" aria-label={t('publication.matrix')}>
        <table className="matrix" data-testid="matrix">
          <MatrixHead
            axes={axes.map(({ code, name }) => ({ code, name }))}
            columns={columns}
            canFill={offered.length > 1}
            onFill={(cell) => first !== undefined && acts.current.fill(first, cell)}
          />
          <tbody>
            {rows.map((row) => (
              <MatrixLine
                key={row.key}
                row={row}
                path={`specifications.${index}.skus.${row.index}`}
                columns={columns}
                decimals={most}
                choice={axes.length === 0 ? 'none' : isLastOfValue(skus, row) ? 'last' : 'free'}
                acts={acts}
              />
            ))}
          </tbody>
        </table>
      </section>
      <p className="soft group-faults" aria-live="polite">
        {said}
      </p>
      <MatrixFaults path={`specifications.${index}.skus`} />
    </div>
  );
}

interface Acts {
  readonly put: (row: MatrixRow, cell: number, text: string) => void;
  readonly paste: (row: MatrixRow, cell: number, text: string) => void;
  readonly fill: (row: MatrixRow, cell: number) => void;
  readonly offer: (row: MatrixRow) => void;
}
const nothing = (): void => {};
const noActs: Acts = { put: nothing, paste: nothing, fill: nothing, offer: nothing };

interface MatrixHeadProps {
  readonly axes: readonly { readonly code: string; readonly name: { readonly zh: string; readonly en: string } }[];
  readonly columns: readonly PriceColumn[];
  readonly canFill: boolean;
  readonly onFill: (cell: number) => void;
}

function MatrixHead({ axes, columns, canFill, onFill }: MatrixHeadProps) {
  const { t } = useTranslation();
  const text = useText();
  const columnName = useColumnName();
  const cellName = useCellName();
  const cells = cellsOf(columns);
  const ranged = columns.some(({ shape }) => shape.limits.length > 0);
  return (
    <thead>
      <tr>
        {axes.length > 0 && <th rowSpan={2}>{t('publication.offered')}</th>}
        {axes.map(({ code, name }) => (
          <th key={code} rowSpan={2}>
            {text(name)}
          </th>
        ))}
        {columns.map((column) => (
          <th key={column.key} colSpan={column.shape.limits.length + 1} className="matrix-group">
            {columnName(column)}
          </th>
        ))}
      </tr>
      <tr>
        {cells.map(({ column, bracket }, cell) => {
          const name = cellName(column, bracket);
          return (
            <th key={`${column.key} ${bracket}`}>
              <span className="num soft">{ranged && column.shape.limits.length > 0 ? name : ''}</span>
              {canFill && (
                <Button
                  type="text"
                  size="small"
                  icon={<VerticalAlignBottomOutlined />}
                  aria-label={t('publication.fillDown', { name: `${columnName(column)} ${name}` })}
                  title={t('publication.fillDownHelp')}
                  onClick={() => onFill(cell)}
                  data-testid={`fill-${cell}`}
                />
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface MatrixLineProps {
  readonly row: MatrixRow;
  readonly path: string;
  readonly columns: readonly PriceColumn[];
  readonly decimals: number;
  /** may be taken out of the offer; none = there is only this one */
  readonly choice: 'free' | 'last' | 'none';
  readonly acts: { readonly current: Acts };
}

const MatrixLine = memo(function MatrixLine({ row, path, columns, decimals: most, choice, acts }: MatrixLineProps) {
  const { t } = useTranslation();
  const text = useText();
  const columnName = useColumnName();
  const cellName = useCellName();
  const words = row.values.map((value) => text(value));
  const { sku } = row;
  return (
    <tr data-testid="matrix-row" className={sku === null ? 'matrix-out' : ''}>
      {choice !== 'none' && (
        <td>
          <Checkbox
            checked={sku !== null}
            disabled={choice === 'last'}
            aria-label={t('publication.offer', { name: words.join(' ') })}
            title={choice === 'last' ? t('publication.lastOfValue') : t('publication.offer', { name: words.join(' ') })}
            onChange={() => acts.current.offer(row)}
          />
        </td>
      )}
      {words.map((word, index) => {
        const place = `${row.key} ${index}`;
        return (
          <th key={place} scope="row">
            {word}
          </th>
        );
      })}
      {cellsOf(columns).map(({ column, bracket }, cell) => {
        if (sku === null)
          return (
            <td key={`${column.key} ${bracket}`} className="soft">
              —
            </td>
          );
        const price = sku.prices.findIndex((one) => priceKey(one) === column.key);
        const label = [...words, columnName(column), cellName(column, bracket)]
          .filter((word) => word !== '')
          .join(' · ');
        return (
          <td key={`${column.key} ${bracket}`}>
            <PriceCell
              path={`${path}.prices.${price}.brackets.${bracket}.unitPrice`}
              label={label}
              value={unitPriceAt(sku, column, bracket)}
              decimals={most}
              onPut={(next) => acts.current.put(row, cell, next)}
              onPaste={(block) => acts.current.paste(row, cell, block)}
              onFill={() => acts.current.fill(row, cell)}
            />
          </td>
        );
      })}
    </tr>
  );
});

interface PriceCellProps {
  readonly path: string;
  readonly label: string;
  readonly value: string;
  readonly decimals: number;
  readonly onPut: (text: string) => void;
  readonly onPaste: (block: string) => void;
  readonly onFill: () => void;
}

function PriceCell({ path, label, value, decimals: most, onPut, onPaste, onFill }: PriceCellProps) {
  const text = useText();
  const { touch } = useEditor();
  const { faults } = useFieldState(path);
  const wrong = value === '' ? faults.length > 0 : !isPrice(value, most);
  const take = (event: ClipboardEvent): void => {
    const block = event.clipboardData.getData('text/plain');
    if (!/[\t\n]/.test(block.trimEnd())) return;
    event.preventDefault();
    onPaste(block);
  };
  const move = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key.toLowerCase() === 'd' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onFill();
      return;
    }
    const next = neighbour(event.currentTarget, event.key, event.shiftKey);
    if (next === null) return;
    event.preventDefault();
    next.focus();
    next.select();
  };
  return (
    <input
      className="matrix-input num"
      inputMode="decimal"
      autoComplete="off"
      value={value}
      maxLength={40}
      aria-label={label}
      aria-invalid={wrong}
      title={faults.map(({ message }) => text(message)).join(' ')}
      data-path={path}
      onChange={(event) => onPut(event.target.value)}
      onBlur={() => {
        touch(path);
        if (cleanPrice(value) !== value) onPut(cleanPrice(value));
      }}
      onPaste={take}
      onKeyDown={move}
      data-testid="matrix-cell"
    />
  );
}

/** The cell that a key leads to; null = the key belongs to the text. Left and right move where the text ends. */
function neighbour(input: HTMLInputElement, key: string, back: boolean): HTMLInputElement | null {
  const { selectionStart: start, selectionEnd: end, value } = input;
  const across =
    key === 'ArrowLeft' && start === 0 && end === 0 ? -1 : key === 'ArrowRight' && end === value.length ? 1 : 0;
  const down = key === 'ArrowDown' || (key === 'Enter' && !back) ? 1 : key === 'ArrowUp' || key === 'Enter' ? -1 : 0;
  if (across === 0 && down === 0) return null;
  const lines = [...(input.closest('tbody')?.querySelectorAll('tr') ?? [])]
    .map((line) => [...line.querySelectorAll<HTMLInputElement>('.matrix-input')])
    .filter((line) => line.length > 0);
  const line = lines.findIndex((one) => one.includes(input));
  const place = lines[line]?.indexOf(input) ?? -1;
  return lines[line + down]?.[place + across] ?? null;
}

/** What is wrong in the table in words; a cell alone only shows that something is. */
function MatrixFaults({ path }: { path: string }) {
  const { t } = useTranslation();
  const { faults, shows } = useEditor();
  const here = faultsWithin(faults, path).filter((fault) => fault.path !== path && shows(fault.path));
  const distinct = [...new Map(here.map((fault) => [`${fault.rule} ${fault.message.en}`, fault])).values()];
  return (
    <div className="group-faults">
      <FaultLines faults={distinct.slice(0, mostShown)} />
      {distinct.length > mostShown && (
        <span className="fault">{t('publication.moreFaults', { count: distinct.length - mostShown })}</span>
      )}
    </div>
  );
}
