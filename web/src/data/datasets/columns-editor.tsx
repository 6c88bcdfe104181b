import { LinkOutlined, PlusOutlined } from '@ant-design/icons';
import { api } from '@sluice/shared/http-api';
import { Button, Checkbox, Input, Radio, Select, Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useReply } from '../../http/use-route.ts';
import { RemoveButton } from '../../ui/remove-button.tsx';
import { TypeSelect } from '../type-select.tsx';
import { addColumn, type DatasetDraft, joinAttribute, removeColumn, setColumn } from './dataset-draft.ts';
import styles from './datasets.module.css';

const SENSITIVITIES = ['public', 'internal', 'sensitive', 'secret'] as const;

interface ColumnsEditorProps {
  draft: DatasetDraft;
  /** Columns whose type, and their place in the key, are settled. */
  settled: ReadonlySet<string>;
  isNew: boolean;
  onChange: (draft: DatasetDraft) => void;
}

interface Row {
  index: number;
}

/** What the rows hold, whose they are, and what tells one from another. */
export function ColumnsEditor({ draft, settled, isNew, onChange }: ColumnsEditorProps) {
  const { t } = useTranslation(['datasets', 'data', 'governance']);
  const attributes = (useReply(api.data.listAttributes, {}).data?.items ?? []).filter(({ rights }) => rights.mayUse);
  const at = (index: number) => draft.columns[index] as DatasetDraft['columns'][number];
  const isSettled = (index: number) => !isNew && settled.has(at(index).name);
  const labelOf = (
    key: 'nameOf' | 'displayNameOf' | 'typeOf' | 'sensitivityOf' | 'userOf' | 'keyOf' | 'removeOf',
    index: number,
  ) => t(`editor.${key}`, { column: at(index).name || index + 1 });
  const setKey = (name: string, isKey: boolean) =>
    onChange({
      ...draft,
      keyColumns: isKey ? [...draft.keyColumns, name] : draft.keyColumns.filter((each) => each !== name),
    });
  const columns: TableColumnsType<Row> = [
    {
      title: t('column'),
      render: (_, { index }) => (
        <Input
          aria-label={labelOf('nameOf', index)}
          value={at(index).name}
          maxLength={128}
          placeholder="policy_number"
          disabled={isSettled(index)}
          onChange={({ target }) => onChange(setColumn(draft, index, { name: target.value }))}
        />
      ),
    },
    {
      title: t('displayName'),
      render: (_, { index }) => (
        <Input
          aria-label={labelOf('displayNameOf', index)}
          value={at(index).displayName ?? ''}
          maxLength={120}
          onChange={({ target }) => onChange(setColumn(draft, index, { displayName: target.value }))}
        />
      ),
    },
    {
      title: t('type'),
      width: 128,
      render: (_, { index }) => (
        <TypeSelect
          label={labelOf('typeOf', index)}
          value={at(index).type}
          isDisabled={isSettled(index) || at(index).joined !== undefined}
          onChange={(type) => onChange(setColumn(draft, index, { type }))}
        />
      ),
    },
    {
      title: t('governance:sensitivity.title'),
      width: 184,
      render: (_, { index }) => {
        const { joined, sensitivity } = at(index);
        if (joined !== undefined)
          return (
            <span className={styles.joined}>
              <LinkOutlined aria-hidden /> {t('joinedFrom', { attribute: joined })}
            </span>
          );
        return (
          <Select
            className={styles.wide ?? ''}
            aria-label={labelOf('sensitivityOf', index)}
            value={sensitivity}
            options={SENSITIVITIES.map((value) => ({ value, label: t(`governance:sensitivity.levels.${value}`) }))}
            onChange={(value) => onChange(setColumn(draft, index, { sensitivity: value }))}
          />
        );
      },
    },
    {
      title: t('userColumn'),
      width: 88,
      align: 'center',
      render: (_, { index }) => {
        const { name, joined, type } = at(index);
        if (joined !== undefined) return null;
        return (
          <Radio
            aria-label={labelOf('userOf', index)}
            checked={draft.userColumn === name}
            disabled={!isNew || (type !== 'string' && type !== 'number')}
            onChange={() => onChange({ ...draft, userColumn: name })}
          />
        );
      },
    },
    {
      title: t('keyColumn'),
      width: 88,
      align: 'center',
      render: (_, { index }) => {
        const { name, joined, type } = at(index);
        if (joined !== undefined) return null;
        return (
          <Checkbox
            aria-label={labelOf('keyOf', index)}
            checked={draft.keyColumns.includes(name)}
            disabled={!isNew || type === 'list'}
            onChange={({ target }) => setKey(name, target.checked)}
          />
        );
      },
    },
    {
      width: 56,
      render: (_, { index }) => {
        const { name } = at(index);
        if (name === draft.userColumn || draft.keyColumns.includes(name)) return null;
        return <RemoveButton label={labelOf('removeOf', index)} onClick={() => onChange(removeColumn(draft, index))} />;
      },
    },
  ];
  return (
    <div className={styles.stack}>
      <Table<Row>
        rowKey="index"
        size="small"
        columns={columns}
        dataSource={draft.columns.map((_, index) => ({ index }))}
        pagination={false}
        scroll={{ x: 960 }}
      />
      <div className={styles.adding}>
        <Button icon={<PlusOutlined aria-hidden />} onClick={() => onChange(addColumn(draft))}>
          {t('editor.add')}
        </Button>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          className={styles.join ?? ''}
          prefix={<LinkOutlined aria-hidden />}
          value={null}
          placeholder={t('editor.join')}
          aria-label={t('editor.join')}
          options={attributes
            .filter(({ name }) => !draft.columns.some(({ joined }) => joined === name))
            .map(({ name, displayName }) => ({ value: name, label: displayName || name }))}
          onSelect={(name: string | null) => {
            const attribute = attributes.find((each) => each.name === name);
            if (attribute) onChange(joinAttribute(draft, attribute));
          }}
        />
      </div>
    </div>
  );
}
