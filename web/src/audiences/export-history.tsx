import { api, type Audience, type MemberExport } from '@sluice/shared/http-api';
import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { usePages } from '../http/use-route.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { LoadMore } from '../ui/load-more.tsx';
import { Moment } from '../ui/moment.tsx';
import { Section } from '../ui/section.tsx';
import { StatusTag } from '../ui/status-tag.tsx';
import { useAttributeNames } from './use-attribute-names.ts';

const SHOWN = 3;
const TONES = { begun: 'waiting', complete: 'good', broken: 'bad' } as const;

/** Who took the members away as a file; nothing as long as nobody did, or for whom it is none of their business. */
export function ExportHistory({ audience: { id: audienceId } }: { audience: Audience }) {
  const mayRead = useHasRole('administrator', 'operator', 'developer');
  return mayRead ? <Records audienceId={audienceId} /> : null;
}

function Records({ audienceId }: { audienceId: string }) {
  const { t } = useTranslation('audiences');
  const columns = useColumns();
  const records = usePages(api.exports.listExports, { query: { audienceId, limit: SHOWN } });
  if (records.items.length === 0) return null;
  return (
    <Section title={t('exports.title')}>
      <Table<MemberExport>
        rowKey="id"
        size="small"
        columns={columns}
        dataSource={records.items}
        pagination={false}
        scroll={{ x: 'max-content' }}
      />
      <LoadMore pages={records} />
    </Section>
  );
}

function useColumns(): TableColumnsType<MemberExport> {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const nameOf = useAttributeNames();
  return [
    { key: 'at', title: t('exports.at'), render: (_, { at }) => <Moment at={at} /> },
    { key: 'by', title: t('exports.by'), dataIndex: 'by' },
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
