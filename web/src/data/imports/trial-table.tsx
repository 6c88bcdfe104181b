import type { ImportMapping } from '@sluice/shared/http-api';
import type { Attributes } from '@sluice/shared/model';
import { Alert, Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { AttributeValueText } from '../attribute-value-text.tsx';
import { RejectionText } from './rejection-text.tsx';
import styles from './trial-table.module.css';
import type { Trial } from './use-trial.ts';

interface Row {
  userId: string;
  attributes: Attributes;
}

/** The first rows as profiles, and what would be rejected among them. */
export function TrialTable({ trial, mapping }: { trial: Trial; mapping: ImportMapping }) {
  const { t } = useTranslation('data');
  const numeric = new Set<string>();
  const names: string[] = [];
  for (const entry of [...mapping.columns.filter((column) => !column.skip), ...mapping.computed]) {
    if (entry.attribute === '' || names.includes(entry.attribute)) continue;
    names.push(entry.attribute);
    if (entry.type === 'number') numeric.add(entry.attribute);
  }
  const columns: TableColumnsType<Row> = [
    { title: t('mapping.userId'), dataIndex: 'userId', fixed: 'left', width: 160, ellipsis: true },
    ...names.map((name) => ({
      title: name,
      key: name,
      width: 140,
      ellipsis: true,
      align: numeric.has(name) ? ('right' as const) : ('left' as const),
      render: (_: unknown, row: Row) => <AttributeValueText value={row.attributes[name]} />,
    })),
  ];
  const rejections = trial.data?.rejections ?? [];
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
        rowKey="userId"
        size="small"
        columns={columns}
        dataSource={trial.data?.profiles ?? []}
        loading={trial.isFetching}
        pagination={false}
        scroll={{ x: 160 + names.length * 140, y: 320 }}
      />
    </>
  );
}
