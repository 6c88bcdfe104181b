import { AppstoreOutlined } from '@ant-design/icons';
import { api, type NodeTemplate } from '@sluice/shared/http-api';
import { Table, type TableColumnsType } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { NodeIcon } from '../editing/node-icon.tsx';
import { useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { CopyBlock } from '../ui/copy-block.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { LinkButton } from '../ui/link-button.tsx';
import { ListSurface } from '../ui/list-surface.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import styles from './node-templates.module.css';
import { TemplateStateTag } from './template-state-tag.tsx';

const BEGIN = 'sluice template init my-node\ncd my-node\nsluice template test\nsluice template publish';

/** Everything that developers have published; what waits for a review stands first. */
export function NodeTemplatesPage() {
  const { t } = useTranslation('nodeTemplates');
  const navigate = useNavigate();
  const columns = useColumns();
  const templates = useReply(api.nodeTemplates.listTemplates, {});
  const items = (templates.data?.items ?? []).toSorted((a, b) => waitingIn(b) - waitingIn(a));
  const waiting = items.reduce((sum, template) => sum + waitingIn(template), 0);
  const isEmpty = templates.isSuccess && items.length === 0;
  return (
    <Page
      title={t('title')}
      status={waiting > 0 && <span className={styles.hint}>{t('waiting', { count: waiting })}</span>}
      hint={t('hint')}
    >
      <ListSurface list={templates}>
        {isEmpty ? (
          <>
            <EmptyState
              icon={<AppstoreOutlined aria-hidden />}
              title={t('empty')}
              text={t('emptyText')}
              action={<LinkButton to="/settings/access-tokens">{t('tokens')}</LinkButton>}
            />
            <div className={styles.begin}>
              <p>{t('begin')}</p>
              <CopyBlock label={t('begin')} text={BEGIN} />
            </div>
          </>
        ) : (
          <Table<NodeTemplate>
            rowKey="name"
            columns={columns}
            dataSource={items}
            pagination={false}
            onRow={({ name }) => ({ onClick: () => void navigate(`/node-templates/${name}`), className: 'clickable' })}
          />
        )}
      </ListSurface>
    </Page>
  );
}

function waitingIn({ versions }: NodeTemplate): number {
  return versions.filter(({ state }) => state === 'submitted').length;
}

function useColumns(): TableColumnsType<NodeTemplate> {
  const { t } = useTranslation('nodeTemplates');
  const language = useLanguage();
  return [
    {
      key: 'name',
      title: t('name'),
      render: (_, { name, versions: [newest] }) => (
        <Link to={`/node-templates/${name}`} className={styles.name} onClick={(event) => event.stopPropagation()}>
          <NodeIcon name={newest?.manifest.icon} />
          {newest?.manifest.texts[language].title}
          <code className={styles.id}>{name}</code>
        </Link>
      ),
    },
    { key: 'newest', title: t('newest'), width: 112, render: (_, { versions: [newest] }) => newest?.manifest.version },
    {
      key: 'state',
      title: t('state'),
      width: 128,
      render: (_, { versions: [newest] }) => newest && <TemplateStateTag state={newest.state} />,
    },
    {
      key: 'count',
      title: t('versions'),
      width: 104,
      align: 'right',
      responsive: ['md'],
      render: (_, { versions }) => versions.length,
    },
    {
      key: 'at',
      title: t('published'),
      width: 176,
      responsive: ['md'],
      render: (_, { versions: [newest] }) => newest?.moves[0] && <Moment at={newest.moves[0].at} />,
    },
  ];
}
