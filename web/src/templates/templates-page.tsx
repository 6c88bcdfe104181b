import { BlockOutlined } from '@ant-design/icons';
import { api, type FlowTemplateSummary } from '@sluice/shared/http-api';
import { Checkbox } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { Page } from '../ui/page.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Toolbar } from '../ui/toolbar.tsx';
import { FlowPicture } from './flow-picture.tsx';
import styles from './templates-page.module.css';

/** Every template with its picture, those that were made here first. */
export function TemplatesPage() {
  const { t } = useTranslation('templates');
  const locale = useLanguage();
  const [search, setSearch] = useState('');
  const [hasArchived, setHasArchived] = useState(false);
  const templates = useReply(api.flowTemplates.listTemplates, { query: { locale } });
  const all = templates.data?.items ?? [];
  const word = search.trim().toLocaleLowerCase();
  const shown = all.filter(({ isArchived, texts }) => {
    const { name, description, forWhom } = texts[locale];
    return (hasArchived || !isArchived) && `${name} ${description} ${forWhom}`.toLocaleLowerCase().includes(word);
  });
  return (
    <Page title={t('list.title')} hint={t('list.hint')}>
      <Toolbar>
        <SearchField label={t('list.search')} value={search} onChange={setSearch} />
        {all.some(({ isArchived }) => isArchived) && (
          <Checkbox checked={hasArchived} onChange={(event) => setHasArchived(event.target.checked)}>
            {t('list.showArchived')}
          </Checkbox>
        )}
      </Toolbar>
      {templates.error && <ErrorPanel error={templates.error} onRetry={() => void templates.refetch()} />}
      {templates.isPending && <Loading />}
      {templates.isSuccess && shown.length === 0 && (
        <EmptyState
          icon={<BlockOutlined aria-hidden />}
          title={t('list.notFound', { search })}
          text={t('list.notFoundText')}
        />
      )}
      <ul className={styles.cards}>
        {shown.map((template) => (
          <li key={template.id}>
            <Card template={template} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Card({ template }: { template: FlowTemplateSummary }) {
  const { t } = useTranslation('templates');
  const { name, description } = template.texts[useLanguage()];
  return (
    <Link to={`/templates/${template.id}`} className={styles.card ?? ''}>
      <span className={styles.picture}>
        <FlowPicture svg={template.picture} />
      </span>
      <span className={styles.name}>{name}</span>
      <span className={styles.text}>{description}</span>
      <span className={styles.foot}>
        {template.isArchived ? t('list.archived') : template.isBuiltIn ? t('list.builtIn') : t('list.own')}
        {' · '}
        {t('list.version', { version: template.version })}
        {' · '}
        {template.flows > 0 ? t('list.flows', { count: template.flows }) : t('list.unused')}
      </span>
    </Link>
  );
}
