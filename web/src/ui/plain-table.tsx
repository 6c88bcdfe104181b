import type { ReactNode } from 'react';
import styles from './plain-table.module.css';
import { ScrollArea } from './scroll-area.tsx';

export interface PlainColumn<Row> {
  key: string;
  title: string;
  isNumeric?: boolean;
  render: (row: Row) => ReactNode;
}

interface PlainTableProps<Row> {
  label: string;
  columns: readonly PlainColumn<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** A click anywhere in the row; the row must also hold a link, for keyboards. */
  onOpen?: (row: Row) => void;
}

/** A short table without paging or sorting. Home uses it so that its first load does without antd's Table (80 kB). */
export function PlainTable<Row>({ label, columns, rows, keyOf, onOpen }: PlainTableProps<Row>) {
  return (
    <ScrollArea label={label} className={styles.scroll}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.key} scope="col" data-numeric={column.isNumeric ?? false}>
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the link inside serves the keyboard
            <tr key={keyOf(row)} className={onOpen ? 'clickable' : undefined} onClick={() => onOpen?.(row)}>
              {columns.map((column) => (
                <td key={column.key} data-numeric={column.isNumeric ?? false}>
                  {column.render(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}
