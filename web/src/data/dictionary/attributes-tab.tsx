import { api } from '@sluice/shared/http-api';
import type { AttributeDefinition } from '@sluice/shared/model';
import { Button, Table, type TableColumnsType, Typography } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReply } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { Moment } from '../../ui/moment.tsx';
import { SearchField } from '../../ui/search-field.tsx';
import styles from './dictionary-page.module.css';
import { useRuleText } from './use-rule-text.ts';

/** Narrower, the table scrolls and no column is squeezed away. */
const LEAST_WIDTH = 976;

const AttributeDrawer = lazy(async () => ({ default: (await import('./attribute-drawer.tsx')).AttributeDrawer }));

export function AttributesTab() {
  const { t } = useTranslation(['data', 'governance']);
  const ruleText = useRuleText();
  const [filter, setFilter] = useState('');
  const [opened, setOpened] = useState<AttributeDefinition | null>(null);
  const [wasOpened, setWasOpened] = useState(false);
  if (opened && !wasOpened) setWasOpened(true);
  const attributes = useReply(api.data.listAttributes, {});
  const wanted = filter.trim().toLowerCase();
  const rows = (attributes.data?.items ?? []).filter(({ name, displayName = '' }) =>
    [name, displayName].some((text) => text.toLowerCase().includes(wanted)),
  );
  const columns: TableColumnsType<AttributeDefinition> = [
    {
      title: t('dictionary.name'),
      key: 'name',
      width: 216,
      render: (_, row) => (
        <Button type="link" size="small" className={styles.open ?? ''} onClick={() => setOpened(row)}>
          <span>
            <span className={styles.name}>{row.displayName ?? row.name}</span>
            {row.displayName !== undefined && <span className={styles.technical}>{row.name}</span>}
          </span>
        </Button>
      ),
    },
    { title: t('dictionary.type'), key: 'type', width: 88, render: (_, row) => t(`types.${row.type}`) },
    {
      title: t('governance:sensitivity.title'),
      key: 'sensitivity',
      width: 112,
      render: (_, row) => t(`governance:sensitivity.levels.${row.sensitivity}`),
    },
    {
      title: t('governance:rules.title'),
      key: 'rule',
      width: 232,
      ellipsis: true,
      render: (_, row) => ruleText(row.rule),
    },
    {
      title: t('dictionary.samples'),
      key: 'samples',
      ellipsis: true,
      render: (_, row) => (
        <Typography.Text type="secondary" ellipsis={{ tooltip: row.samples.join(' · ') }}>
          {row.rights.read === 'plain' ? row.samples.slice(0, 8).join(' · ') : t('governance:reveal.masked')}
        </Typography.Text>
      ),
    },
    { title: t('dictionary.lastSeen'), key: 'seen', width: 128, render: (_, row) => <Moment at={row.lastSeenAt} /> },
  ];
  if (attributes.data?.items.length === 0) {
    return (
      <EmptyState
        title={t('dictionary.noAttributes')}
        text={t('profiles.emptyText')}
        action={
          <LinkButton to="/data/imports/new" type="primary">
            {t('imports.start')}
          </LinkButton>
        }
      />
    );
  }
  return (
    <div className={styles.tab}>
      <SearchField label={t('dictionary.filter')} value={filter} onChange={setFilter} />
      <ListSurface list={attributes}>
        <Table<AttributeDefinition>
          rowKey="name"
          columns={columns}
          dataSource={rows}
          pagination={false}
          scroll={{ x: LEAST_WIDTH }}
          sticky
          locale={{ emptyText: t('dictionary.nothing', { search: filter.trim() }) }}
        />
      </ListSurface>
      {wasOpened && (
        <Suspense fallback={null}>
          <AttributeDrawer attribute={opened} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </div>
  );
}
