import type { Dataset } from '@sluice/shared/http-api';
import { Table, type TableColumnsType, Tag } from 'antd';
import { useTranslation } from 'react-i18next';
import { CopyBlock } from '../../ui/copy-block.tsx';
import { Section } from '../../ui/section.tsx';
import styles from './datasets.module.css';

type Column = Dataset['columns'][number];

/** What the columns hold, and how rows are sent in. */
export function DatasetColumns({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation(['datasets', 'data', 'governance']);
  const { name, userColumn, keyColumns } = dataset;
  const columns: TableColumnsType<Column> = [
    {
      key: 'name',
      title: t('column'),
      render: (_, column) => (
        <span className={styles.column}>
          {column.displayName || column.name}
          {column.displayName && <code className={styles.technical}>{column.name}</code>}
          {column.name === userColumn && <Tag>{t('userColumn')}</Tag>}
          {keyColumns.includes(column.name) && <Tag>{t('keyColumn')}</Tag>}
        </span>
      ),
    },
    { key: 'type', title: t('type'), width: 120, render: (_, { type }) => t(`data:types.${type}`) },
    {
      key: 'source',
      title: t('source'),
      width: '26%',
      render: (_, { joined }) => (joined ? t('joinedFrom', { attribute: joined }) : t('ownColumn')),
    },
    {
      key: 'sensitivity',
      title: t('governance:sensitivity.title'),
      width: 160,
      render: (_, { sensitivity, joined }) =>
        joined ? t('asAttribute') : t(`governance:sensitivity.levels.${sensitivity}`),
    },
  ];
  return (
    <div className={styles.stack}>
      <Table<Column> rowKey="name" size="small" columns={columns} dataSource={dataset.columns} pagination={false} />
      <Section title={t('api.title')} hint={t('api.hint')}>
        <CopyBlock label={t('api.title')} text={exampleCall(name, dataset.columns)} />
      </Section>
    </div>
  );
}

const EXAMPLES = { string: 'A-1001', number: 120, boolean: true, date: '2026-12-31', list: ['a', 'b'] } as const;

function exampleCall(name: string, columns: readonly Column[]): string {
  const row = Object.fromEntries(
    columns.flatMap((column) => (column.joined ? [] : [[column.name, EXAMPLES[column.type]]])),
  );
  return [
    `curl ${window.location.origin}/v1/datasets/${name}/rows \\`,
    "  -H 'authorization: Bearer WRITE_KEY' -H 'content-type: application/json' \\",
    `  -d '${JSON.stringify({ rows: [row] })}'`,
  ].join('\n');
}
