import { Grid, Table } from 'antd';
import type { HTMLAttributes, KeyboardEvent, ReactNode } from 'react';

export interface Column<T> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: T) => ReactNode;
  readonly align?: 'right';
}

interface RowsProps<T> {
  readonly name: string;
  readonly rows: readonly T[];
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string;
  readonly testId: string;
  /** what a row opens to in place */
  readonly expand?: (row: T) => ReactNode;
}

/**
 * A list: a dense table where there is room, one card a row on a narrow screen. Up and down move between the rows'
 * links, so that the keyboard works through a list without passing every control.
 */
export function Rows<T>({ name, rows, columns, rowKey, testId, expand }: RowsProps<T>) {
  const wide = Grid.useBreakpoint().md ?? true;
  return (
    <section onKeyDown={moveBetweenRows} aria-label={name}>
      {wide ? (
        <Table
          size="small"
          rowKey={rowKey}
          dataSource={[...rows]}
          pagination={false}
          scroll={{ x: 'max-content' }}
          onRow={(row) => rowAttributes(testId, rowKey(row))}
          columns={columns.map((column) => ({
            key: column.key,
            title: column.title,
            ...(column.align === undefined ? {} : { align: column.align }),
            render: (_: unknown, row: T) => column.render(row),
          }))}
          {...(expand === undefined ? {} : { expandable: { expandedRowRender: expand } })}
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
            </article>
          ))}
        </div>
      )}
    </section>
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

function moveBetweenRows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row] a[href]')];
  const firstOfEachRow = links.filter(
    (link, index) => link.closest('[data-row]') !== links[index - 1]?.closest('[data-row]'),
  );
  const row = event.target instanceof Element ? event.target.closest('[data-row]') : null;
  if (step === 0 || row === null) return;
  const here = firstOfEachRow.findIndex((link) => link.closest('[data-row]') === row);
  const next = firstOfEachRow[here + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
