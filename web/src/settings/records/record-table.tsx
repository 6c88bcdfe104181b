import { Table, type TableColumnsType } from 'antd';
import type { ComponentProps, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { LoadMore } from '../../ui/load-more.tsx';

interface RecordTableProps<Item> {
  records: ComponentProps<typeof ListSurface>['list'] & ComponentProps<typeof LoadMore>['pages'] & { items: Item[] };
  columns: TableColumnsType<Item>;
  isNarrowed: boolean;
  /** What stands there as long as there is no record at all. */
  none: { icon: ReactNode; title: string; text: string };
}

/** The records of a log, page by page; of which none fits its filters says so, and not that there never was one. */
export function RecordTable<Item extends { id: string }>({
  records,
  columns,
  isNarrowed,
  none,
}: RecordTableProps<Item>) {
  const { t } = useTranslation('governance');
  const found = isNarrowed ? { title: t('records.noneSuch'), text: t('records.noneSuchText') } : {};
  return (
    <ListSurface list={records}>
      {records.items.length === 0 ? (
        <EmptyState {...none} {...found} />
      ) : (
        <Table<Item>
          rowKey="id"
          columns={columns}
          dataSource={records.items}
          pagination={false}
          scroll={{ x: 'max-content' }}
          sticky
        />
      )}
      <LoadMore pages={records} />
    </ListSurface>
  );
}
