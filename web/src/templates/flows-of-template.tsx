import { api, type FlowOfTemplate } from '@sluice/shared/http-api';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { usePages } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { LoadMore } from '../ui/load-more.tsx';
import { Moment } from '../ui/moment.tsx';
import { PlainTable } from '../ui/plain-table.tsx';

/** The flows that were made from a template, and which of them are behind its newest version. */
export function FlowsOfTemplate({ templateId, newest }: { templateId: string; newest: string }) {
  const { t } = useTranslation('templates');
  const flows = usePages(api.flowTemplates.listFlowsOfTemplate, { params: { templateId }, query: { limit: 20 } });
  if (flows.error) return <ErrorPanel error={flows.error} onRetry={() => void flows.refetch()} />;
  if (flows.isSuccess && flows.items.length === 0) return <p>{t('page.noFlows')}</p>;
  return (
    <>
      <PlainTable<FlowOfTemplate>
        label={t('page.flows')}
        rows={flows.items}
        keyOf={({ id }) => id}
        columns={[
          { key: 'name', title: t('page.name'), render: ({ id, name }) => <Link to={`/flows/${id}`}>{name}</Link> },
          { key: 'version', title: t('page.version'), render: ({ version }) => version },
          { key: 'at', title: t('page.updatedAt'), render: ({ updatedAt }) => <Moment at={updatedAt} /> },
          {
            key: 'form',
            title: '',
            render: ({ id }) => <Link to={`/flows/${id}/form`}>{t('page.form')}</Link>,
          },
          {
            key: 'upgrade',
            title: '',
            render: ({ id, version }) =>
              version === newest ? (
                t('page.current')
              ) : (
                <Link to={`/flows/${id}?mode=edit&upgrade=${newest}`}>{t('page.upgrade', { version: newest })}</Link>
              ),
          },
        ]}
      />
      <LoadMore pages={flows} />
    </>
  );
}
