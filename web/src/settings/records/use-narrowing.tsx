import { Button, Tag } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import styles from './records.module.css';

export type Narrowed = 'by' | 'audience' | 'attribute';

export interface Narrowing {
  /** What a filter asks for, if it is set. */
  valueOf(filter: Narrowed | 'protection'): string | undefined;
  set(filter: Narrowed | 'protection', value: string | undefined): void;
  /** A name in the table; pressed, only the records of that one are shown. */
  choice(filter: Narrowed, value: string, name: string): ReactNode;
  /** What is chosen, each to be taken away; names are read from the records that are shown. */
  chosen(names: Partial<Record<Narrowed, string>>): ReactNode;
}

/** Filters of a log, kept in the address so that a view of it can be passed on. */
export function useNarrowing(): Narrowing {
  const { t } = useTranslation('governance');
  const [search, setSearch] = useSearchParams();
  const valueOf: Narrowing['valueOf'] = (filter) => search.get(filter) ?? undefined;
  const set: Narrowing['set'] = (filter, value) =>
    setSearch(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === undefined) after.delete(filter);
        else after.set(filter, value);
        return after;
      },
      { replace: true },
    );
  return {
    valueOf,
    set,
    choice: (filter, value, name) =>
      valueOf(filter) === value ? (
        name
      ) : (
        <Button
          className={styles.choice ?? ''}
          type="link"
          size="small"
          title={t(filter === 'by' ? 'records.onlyBy' : 'records.onlyOf', { name })}
          onClick={() => set(filter, value)}
        >
          {name}
        </Button>
      ),
    chosen: (names) =>
      (['by', 'audience', 'attribute'] as const).map((filter) => {
        const value = valueOf(filter);
        return (
          value !== undefined && (
            <Tag key={filter} closable onClose={() => set(filter, undefined)}>
              {t(`records.narrowed.${filter}`, { name: names[filter] ?? value })}
            </Tag>
          )
        );
      }),
  };
}
