import { Grid, Table } from 'antd';
import { type HTMLAttributes, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: T) => ReactNode;
  readonly align?: 'right';
}

interface RowsProps<T> {
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  readonly testId: string;
  /** what a row opens to in place */
  readonly expand?: (row: T) => ReactNode;
  /** it stands in a narrow column, however wide the screen is */
  readonly narrow?: boolean;
}

/**
 * A list: a dense table where there is room, one card a row on a narrow screen. Up and down move between the rows'
 * links, so that the keyboard works through a list without passing every control.
 */
export function Rows<T>({ rows, columns, rowKey, testId, expand, narrow }: RowsProps<T>) {
  const { t } = useTranslation();
  const wide = (Grid.useBreakpoint().md ?? true) && narrow !== true;
  return (
    <div ref={listenForArrows}>
      {wide ? (
        <Table
          size="small"
          rowKey={rowKey}
          dataSource={[...rows]}
          pagination={false}
          // as wide as the page, cells wrap; scrolls only where even that does not fit
          scroll={{ x: true }}
          onRow={(row) => rowAttributes(testId, rowKey(row))}
          columns={columns.map((column) => ({
            key: column.key,
            title: column.title,
            ...(column.align === undefined ? {} : { align: column.align }),
            render: (_: unknown, row: T) => column.render(row),
          }))}
          {...(expand === undefined
            ? {}
            : {
                expandable: {
                  expandedRowRender: expand,
                  columnTitle: <span className="visually-hidden">{t('list.details')}</span>,
                },
              })}
        />
      ) : (
        <div className="stack stack--tight">
          {rows.map((row) => (
            <article key={rowKey(row)} className="row-card" data-testid={testId} data-row={rowKey(row)}>
              <dl>
                {columns.map((column) => (
                  <Pair key={column.key} term={column.title} value={column.render(row)} />
                ))}
              </dl>
              {expand !== undefined && <Expansion content={() => expand(row)} />}
            </article>
          ))}
        </div>
      )}
    </div>
  );
}

/** What a card opens to; made when it is opened. */
function Expansion({ content }: { content: () => ReactNode }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('list.details')}</summary>
      {open && content()}
    </details>
  );
}

/** One fact of a `<dl>`. */
export function Pair({ term, value }: { term: string; value: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  );
}

function rowAttributes(testId: string, key: string): HTMLAttributes<HTMLElement> & Record<`data-${string}`, string> {
  return { 'data-testid': testId, 'data-row': key };
}

/** A ref: the list itself is no control, it only listens to what its links are told. */
function listenForArrows(list: HTMLElement | null): (() => void) | undefined {
  if (list === null) return undefined;
  const listener = (event: KeyboardEvent): void => moveBetweenRows(list, event);
  list.addEventListener('keydown', listener);
  return () => list.removeEventListener('keydown', listener);
}

function moveBetweenRows(list: HTMLElement, event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
  if (step === 0 || row === null) return;
  const rows = [...list.querySelectorAll('[data-row]')];
  const link = rows[rows.indexOf(row) + step]?.querySelector<HTMLElement>('a[href]');
  if (link == null) return;
  event.preventDefault();
  link.focus();
}
