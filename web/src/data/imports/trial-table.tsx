import type { ImportMapping } from '@sluice/shared/http-api';
import type { Attributes } from '@sluice/shared/model';
import { Alert, Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Moment } from '../../ui/moment.tsx';
import { AttributeValueText } from '../attribute-value-text.tsx';
import { RejectionText } from './rejection-text.tsx';
import styles from './trial-table.module.css';
import type { Trial } from './use-trial.ts';

interface Row {
  userId: string;
  attributes: Attributes;
  event?: { name: string; at: string };
}

const WIDTH = 160;
const CELL_WIDTH = 140;

/** The first rows as profiles or events, and what would be rejected among them. */
export function TrialTable({ trial, mapping }: { trial: Trial; mapping: ImportMapping }) {
  const { t } = useTranslation('data');
  const numeric = new Set<string>();
  const names: string[] = [];
  for (const entry of [...mapping.columns.filter((column) => !column.skip), ...mapping.computed]) {
    if (entry.attribute === '' || names.includes(entry.attribute)) continue;
    names.push(entry.attribute);
    if (entry.type === 'number') numeric.add(entry.attribute);
  }
  const ofEvents: TableColumnsType<Row> = [
    { title: t('event.name'), width: WIDTH, ellipsis: true, render: (_, { event }) => event?.name },
    { title: t('event.time'), width: WIDTH, render: (_, { event }) => event && <Moment at={event.at} /> },
  ];
  const columns: TableColumnsType<Row> = [
    { title: t('mapping.userId'), dataIndex: 'userId', fixed: 'left', width: WIDTH, ellipsis: true },
    ...(mapping.event ? ofEvents : []),
    ...names.map((name) => ({
      title: name,
      key: name,
      width: CELL_WIDTH,
      ellipsis: true,
      align: numeric.has(name) ? ('right' as const) : ('left' as const),
      render: (_: unknown, row: Row) => <AttributeValueText value={row.attributes[name]} />,
    })),
  ];
  const rejections = trial.data?.rejections ?? [];
  // One user has several events.
  const rows = (trial.data?.profiles ?? []).map((row, index) => ({ ...row, key: index }));
  return (
    <>
      {trial.error && <ErrorPanel error={trial.error} onRetry={() => void trial.refetch()} />}
      {rejections.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t('mapping.trialRejected', { count: rejections.length })}
          description={
            <ul className={styles.rejections}>
              {rejections.slice(0, 5).map((rejection) => (
                <li key={`${rejection.line} ${rejection.column ?? ''}`}>
                  <RejectionText rejection={rejection} />
                </li>
              ))}
            </ul>
          }
        />
      )}
      <Table<Row>
        rowKey="key"
        size="small"
        columns={columns}
        dataSource={rows}
        loading={trial.isFetching}
        pagination={false}
        scroll={{ x: WIDTH * (mapping.event ? 3 : 1) + names.length * CELL_WIDTH, y: 320 }}
      />
    </>
  );
}
