import { DownloadOutlined } from '@ant-design/icons';
import { api, describeRejection, type ImportJob, type Rejection } from '@sluice/shared/http-api';
import { Button, Table, type TableColumnsType, Typography } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../http/use-route.ts';
import { useLanguage } from '../../i18n/locale-provider.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { LoadMore } from '../../ui/load-more.tsx';
import { Section } from '../../ui/section.tsx';

/** Every rejected row with its line, its reason and its text, and all of them as a file. */
export function RejectionsTable({ job }: { job: ImportJob }) {
  const { t } = useTranslation('data');
  const format = useFormat();
  const language = useLanguage();
  const rejections = usePages(api.data.listRejections, { params: { importId: job.id }, query: { limit: 50 } });
  const columns: TableColumnsType<Rejection> = [
    { title: t('result.line'), key: 'line', width: 88, align: 'right', render: (_, row) => format.count(row.line) },
    { title: t('result.reason'), key: 'reason', width: '34%', render: (_, row) => describeRejection(row, language) },
    { title: t('result.column'), dataIndex: 'column', width: 160, ellipsis: true },
    { title: t('result.value'), dataIndex: 'value', width: 160, ellipsis: true },
    {
      title: t('result.raw'),
      key: 'raw',
      ellipsis: true,
      render: (_, row) => (
        <Typography.Text code ellipsis={{ tooltip: row.raw }}>
          {row.raw}
        </Typography.Text>
      ),
    },
  ];
  return (
    <Section
      title={t('result.rejections')}
      actions={
        <Button
          icon={<DownloadOutlined aria-hidden />}
          href={`/api/imports/${job.id}/rejections.csv?language=${language}`}
          download
        >
          {t('result.download')}
        </Button>
      }
    >
      <ListSurface list={rejections}>
        <Table<Rejection>
          rowKey={(row) => `${row.line} ${row.column ?? ''} ${row.code}`}
          size="small"
          columns={columns}
          dataSource={rejections.items}
          pagination={false}
          scroll={{ y: 480 }}
        />
        <LoadMore pages={rejections} />
      </ListSurface>
    </Section>
  );
}
