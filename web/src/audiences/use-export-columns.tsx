import type { MemberExport } from '@sluice/shared/http-api';
import type { TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/format/use-format.ts';
import { Moment } from '../ui/moment.tsx';
import { StatusTag } from '../ui/status-tag.tsx';
import { useAttributeNames } from './use-attribute-names.ts';

const TONES = { begun: 'waiting', complete: 'good', broken: 'bad' } as const;

/** When, who and what of exports; `between` stands behind who took them away. */
export function useExportColumns(
  between: TableColumnsType<MemberExport> = [],
  renderBy: (record: MemberExport) => React.ReactNode = ({ by }) => by,
): TableColumnsType<MemberExport> {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const nameOf = useAttributeNames();
  return [
    { key: 'at', title: t('exports.at'), render: (_, { at }) => <Moment at={at} /> },
    { key: 'by', title: t('exports.by'), render: (_, record) => renderBy(record) },
    ...between,
    {
      key: 'members',
      title: t('exports.members'),
      align: 'right',
      render: (_, { members }) => (members === null ? '–' : format.count(members)),
    },
    {
      key: 'protection',
      title: t('exports.protection'),
      render: (_, record) => t(`exports.kinds.${record.protection}`),
    },
    {
      key: 'attributes',
      title: t('exports.attributes'),
      render: (_, { attributes, hidden }) =>
        [...attributes.map(nameOf), ...(hidden > 0 ? [t('exports.hidden', { count: hidden })] : [])].join(', ') || '–',
    },
    {
      key: 'status',
      title: t('exports.status'),
      render: (_, { status }) => <StatusTag tone={TONES[status]} text={t(`exports.statuses.${status}`)} />,
    },
  ];
}
