import { EllipsisOutlined } from '@ant-design/icons';
import { api } from '@sluice/shared/http-api';
import { Button, Dropdown, Tabs } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams, useSearchParams } from 'react-router';
import { useHasRole } from '../../access/session.ts';
import { useReply } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { LinkButton } from '../../ui/link-button.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Page } from '../../ui/page.tsx';
import { StatusTag } from '../../ui/status-tag.tsx';
import { DatasetColumns } from './dataset-columns.tsx';
import { DatasetLookups } from './dataset-lookups.tsx';
import { DatasetRows } from './dataset-rows.tsx';
import { RemoveDataset } from './remove-dataset.tsx';

const POLL_MS = 2000;

/** One wide table: its rows, what its columns mean, and what messages take from it. */
export function DatasetPage() {
  const { t } = useTranslation('datasets');
  const format = useFormat();
  const { dataset: name = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const [isRemoving, setRemoving] = useState(false);
  const canDeclare = useHasRole('administrator', 'developer');
  const canImport = useHasRole('administrator', 'operator', 'developer');
  const canRemove = useHasRole('administrator');
  const dataset = useReply(
    api.datasets.getDataset,
    { params: { dataset: name } },
    {
      refetchInterval: ({ state }) => (state.data?.isFilling ? POLL_MS : false),
      // Who comes from an import is to see its rows, in the count as in the list.
      staleTime: 0,
    },
  );
  if (dataset.isPending) return <Loading />;
  if (!dataset.data)
    return (
      <Page title={t('title')}>
        <ErrorPanel error={dataset.error} onRetry={() => void dataset.refetch()} />
      </Page>
    );
  const { data } = dataset;
  return (
    <Page
      title={data.displayName}
      status={
        data.isFilling ? (
          <StatusTag tone="active" text={t('filling')} />
        ) : (
          <span>{t('rowCount', { count: data.rows, number: format.count(data.rows) })}</span>
        )
      }
      hint={data.description}
      actions={
        <>
          {canDeclare && <LinkButton to={`/data/datasets/${name}/edit`}>{t('edit')}</LinkButton>}
          {canRemove && (
            <Dropdown
              trigger={['click']}
              menu={{
                items: [{ key: 'remove', label: t('remove.open'), danger: true }],
                onClick: () => setRemoving(true),
              }}
            >
              <Button icon={<EllipsisOutlined aria-hidden />} aria-label={t('more')} />
            </Dropdown>
          )}
          {canImport && (
            <LinkButton type="primary" to={`/data/imports/new?to=dataset&dataset=${name}`}>
              {t('import')}
            </LinkButton>
          )}
        </>
      }
    >
      <Tabs
        activeKey={search.get('tab') ?? 'rows'}
        onChange={(tab) => setSearch({ tab }, { replace: true })}
        destroyOnHidden
        items={[
          { key: 'rows', label: t('rows'), children: <DatasetRows dataset={data} canImport={canImport} /> },
          { key: 'columns', label: t('columns'), children: <DatasetColumns dataset={data} /> },
          { key: 'lookups', label: t('lookups.title'), children: <DatasetLookups dataset={data} /> },
        ]}
      />
      {isRemoving && <RemoveDataset dataset={data} onClose={() => setRemoving(false)} />}
    </Page>
  );
}
