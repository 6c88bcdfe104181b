import { api, type ImportMapping, type ImportPreview } from '@sluice/shared/http-api';
import type { ValueType } from '@sluice/shared/model';
import { Checkbox, Input, Select, Table, type TableColumnsType, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDatasets } from '../../audiences/use-datasets.ts';
import { useReply } from '../../http/use-route.ts';
import { Section } from '../../ui/section.tsx';
import { TypeSelect } from '../type-select.tsx';
import styles from './columns-table.module.css';
import { FieldProblem } from './field-problem.tsx';
import { type MappingProblem, setColumn } from './mapping-draft.ts';

interface ColumnsTableProps {
  mapping: ImportMapping;
  preview: ImportPreview;
  problems: ReadonlyMap<number, MappingProblem>;
  onChange: (mapping: ImportMapping) => void;
}

interface Row {
  index: number;
  column: string;
  samples: string[];
}

/** What each column of the file becomes: an attribute with a type, or nothing. */
export function ColumnsTable({ mapping, preview, problems, onChange }: ColumnsTableProps) {
  const { t } = useTranslation('data');
  const isOfEvents = mapping.event !== undefined;
  const dataset = useDatasets().get(mapping.dataset ?? '');
  const attributes = useReply(api.data.listAttributes, {}).data?.items ?? [];
  const known = new Map(
    isOfEvents || mapping.dataset !== undefined ? [] : attributes.map(({ name, type }) => [name, type]),
  );
  const targets = (dataset?.columns ?? []).filter(({ joined }) => joined === undefined);
  const samplesOf = new Map(preview.columns.map((column) => [column.name, column.samples]));
  const rows = mapping.columns.map(
    ({ column }, index): Row => ({ index, column, samples: samplesOf.get(column) ?? [] }),
  );
  const change = (index: number, part: Partial<ImportMapping['columns'][number]>) =>
    onChange(setColumn(mapping, index, part));
  const columns: TableColumnsType<Row> = [
    {
      title: t('mapping.keep'),
      width: 88,
      render: (_, { index, column }) => (
        <Checkbox
          aria-label={t('mapping.keepColumn', { column })}
          checked={!mapping.columns[index]?.skip}
          onChange={(event) => change(index, { skip: !event.target.checked })}
        />
      ),
    },
    {
      title: t('mapping.column'),
      width: '18%',
      ellipsis: true,
      render: (_, { index, column }) => <span data-skipped={mapping.columns[index]?.skip ?? false}>{column}</span>,
    },
    {
      title: t('mapping.samples'),
      ellipsis: true,
      render: (_, { samples }) => (
        <Typography.Text type="secondary" ellipsis title={samples.join(' · ')}>
          {samples.slice(0, 5).join(' · ')}
        </Typography.Text>
      ),
    },
    {
      title: t(isOfEvents ? 'event.property' : dataset ? 'mapping.datasetColumn' : 'mapping.attribute'),
      width: '26%',
      render: (_, { index, column }) => (
        <>
          {dataset ? (
            <Select
              className={styles.wide ?? ''}
              aria-label={t('mapping.attributeOf', { column })}
              value={mapping.columns[index]?.skip ? null : (mapping.columns[index]?.attribute ?? null)}
              disabled={mapping.columns[index]?.skip ?? false}
              {...(problems.has(index) ? { status: 'error' as const } : {})}
              options={targets.map(({ name, displayName }) => ({ value: name, label: displayName || name }))}
              onChange={(name) => {
                const target = targets.find((each) => each.name === name);
                if (target) change(index, { attribute: target.name, type: target.type });
              }}
            />
          ) : (
            <Input
              aria-label={t('mapping.attributeOf', { column })}
              value={mapping.columns[index]?.attribute ?? ''}
              disabled={mapping.columns[index]?.skip ?? false}
              {...(problems.has(index) ? { status: 'error' as const } : {})}
              onChange={(event) => change(index, { attribute: event.target.value })}
            />
          )}
          <FieldProblem problem={problems.get(index)} />
          <TypeWarning mapping={mapping.columns[index]} known={known} />
        </>
      ),
    },
    {
      title: t('mapping.type'),
      width: 140,
      render: (_, { index, column }) => (
        <TypeSelect
          label={t('mapping.typeOf', { column })}
          value={mapping.columns[index]?.type ?? 'string'}
          isDisabled={(mapping.columns[index]?.skip ?? false) || dataset !== undefined}
          onChange={(type) => change(index, { type })}
        />
      ),
    },
  ];
  return (
    <Section title={t(isOfEvents ? 'event.properties' : 'mapping.columns')}>
      <Table<Row>
        rowKey="index"
        size="small"
        className={styles.table ?? ''}
        columns={columns}
        dataSource={rows}
        pagination={rows.length > 50 ? { pageSize: 50, showSizeChanger: false } : false}
      />
    </Section>
  );
}

/** The dictionary knows the attribute by another type: conditions that ask for that would not find these values. */
function TypeWarning({
  mapping,
  known,
}: {
  mapping: ImportMapping['columns'][number] | undefined;
  known: ReadonlyMap<string, ValueType>;
}) {
  const { t } = useTranslation('data');
  const type = mapping && !mapping.skip ? known.get(mapping.attribute) : undefined;
  if (type === undefined || type === mapping?.type) return null;
  return (
    <span role="note" className={styles.warning}>
      {t('mapping.otherType', { type: t(`types.${type}`) })}
    </span>
  );
}
