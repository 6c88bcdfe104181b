import { LinkOutlined } from '@ant-design/icons';
import type { Dataset, DatasetRowView } from '@sluice/shared/http-api';
import { type TableColumnsType, Tooltip } from 'antd';
import type { TFunction } from 'i18next';
import { AttributeValueText } from '../attribute-value-text.tsx';

export const CELL_WIDTH = 152;

/** The columns of a dataset as columns of a table; joined ones say whose they are. */
export function rowColumns(dataset: Dataset, t: TFunction<'datasets'>): TableColumnsType<DatasetRowView> {
  return dataset.columns.map(({ name, displayName, type, joined }) => ({
    key: name,
    title: joined ? (
      <Tooltip title={t('joinedFrom', { attribute: joined })}>
        {displayName || name} <LinkOutlined aria-label={t('joinedFrom', { attribute: joined })} />
      </Tooltip>
    ) : (
      displayName || name
    ),
    width: CELL_WIDTH,
    ellipsis: true,
    align: type === 'number' ? ('right' as const) : ('left' as const),
    render: (_: unknown, { values }: DatasetRowView) => <AttributeValueText value={values[name]} />,
  }));
}
