import { api, type Audience, type MemberExport } from '@sluice/shared/http-api';
import { Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { usePages } from '../http/use-route.ts';
import { LoadMore } from '../ui/load-more.tsx';
import { Section } from '../ui/section.tsx';
import { useExportColumns } from './use-export-columns.tsx';

const SHOWN = 3;

/** Who took the members away as a file; nothing as long as nobody did, or for whom it is none of their business. */
export function ExportHistory({ audience: { id: audienceId } }: { audience: Audience }) {
  const mayRead = useHasRole('administrator', 'operator', 'developer');
  return mayRead ? <Records audienceId={audienceId} /> : null;
}

function Records({ audienceId }: { audienceId: string }) {
  const { t } = useTranslation('audiences');
  const columns = useExportColumns();
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
      <Link to={`/settings/data-access?audience=${audienceId}`}>{t('exports.all')}</Link>
    </Section>
  );
}
