import { api, type QuarantinedValue } from '@sluice/shared/http-api';
import { Button, Modal, Select, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useAttributeNames } from '../../audiences/use-attribute-names.ts';
import { useHasRole } from '../../access/session.ts';
import { usePages, useReply } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { ListSurface } from '../../ui/list-surface.tsx';
import { LoadMore } from '../../ui/load-more.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { AttributeValueText } from '../attribute-value-text.tsx';
import styles from './dictionary-page.module.css';
import { useDecision } from './use-decision.ts';

/** Narrower, the table scrolls and no column is squeezed away. */
const LEAST_WIDTH = 976;

/** Values that were not written, and what is to become of them. */
export function QuarantineTab() {
  const { t } = useTranslation(['governance', 'ui']);
  const canDecide = useHasRole('administrator', 'operator', 'developer');
  const [attribute, setAttribute] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const [isDropping, setDropping] = useState(false);
  const counts = useReply(api.quality.countQuarantine, {});
  const values = usePages(api.quality.listQuarantine, { query: { ...(attribute !== null && { attribute }) } });
  const columns = useColumns();
  const nameOf = useAttributeNames();
  const decision = useDecision(() => {
    setChosen([]);
    setDropping(false);
  });
  const choice = attribute !== null && chosen.length === 0 ? { attribute } : { ids: chosen };
  const canAct = canDecide && (attribute !== null || chosen.length > 0);
  const words = (of: 'release' | 'drop') =>
    choice.attribute !== undefined
      ? t(`quarantine.${of}All`, { name: nameOf(choice.attribute) })
      : t(`quarantine.${of}`);
  if (counts.data?.items.length === 0)
    return <EmptyState title={t('quarantine.empty')} text={t('quarantine.emptyText')} />;
  return (
    <div className={styles.tab}>
      <Toolbar>
        <Select
          className={styles.wide ?? ''}
          aria-label={t('quarantine.attribute')}
          value={attribute ?? ''}
          popupMatchSelectWidth={false}
          options={[
            { value: '', label: t('quarantine.all') },
            ...(counts.data?.items ?? []).map(({ attribute: name, count }) => ({
              value: name,
              label: `${nameOf(name)} (${count})`,
            })),
          ]}
          onChange={(name) => {
            setAttribute(name === '' ? null : name);
            setChosen([]);
          }}
        />
        {canAct && (
          <>
            <Button
              type="primary"
              loading={decision.isPending}
              onClick={() => decision.decide(api.quality.releaseQuarantine, choice)}
            >
              {words('release')}
            </Button>
            <Button danger disabled={decision.isPending} onClick={() => setDropping(true)}>
              {words('drop')}
            </Button>
          </>
        )}
        {chosen.length > 0 && <span>{t('quarantine.chosen', { count: chosen.length })}</span>}
        {decision.isPending && decision.done > 0 && <span>{t('quarantine.deciding', { done: decision.done })}</span>}
      </Toolbar>
      {decision.error && <ErrorPanel error={decision.error} />}
      <ListSurface list={values}>
        <Table<QuarantinedValue>
          rowKey="id"
          columns={columns}
          dataSource={values.items}
          pagination={false}
          scroll={{ x: LEAST_WIDTH }}
          sticky
          {...(canDecide && {
            rowSelection: { selectedRowKeys: chosen, onChange: (keys) => setChosen(keys.map(String)) },
          })}
        />
        <LoadMore pages={values} />
      </ListSurface>
      <Modal
        open={isDropping}
        title={t('quarantine.dropTitle')}
        okText={words('drop')}
        cancelText={t('ui:cancel')}
        okButtonProps={{ danger: true, loading: decision.isPending }}
        onOk={() => decision.decide(api.quality.dropQuarantine, choice)}
        onCancel={() => setDropping(false)}
      >
        <p>{t('quarantine.dropText')}</p>
      </Modal>
    </div>
  );
}

function useColumns(): TableColumnsType<QuarantinedValue> {
  const { t } = useTranslation('governance');
  const nameOf = useAttributeNames();
  return [
    {
      title: t('quarantine.attribute'),
      key: 'attribute',
      width: 160,
      ellipsis: true,
      render: (_, row) => nameOf(row.attribute),
    },
    {
      title: t('quarantine.profile'),
      key: 'profile',
      width: 176,
      ellipsis: true,
      render: (_, row) => <Link to={`/data/profiles/${row.profileId}`}>{row.userId ?? row.profileId}</Link>,
    },
    {
      title: t('quarantine.value'),
      key: 'value',
      ellipsis: true,
      render: (_, row) => <AttributeValueText value={row.value} />,
    },
    {
      title: t('quarantine.current'),
      key: 'current',
      ellipsis: true,
      render: (_, row) => <AttributeValueText value={row.current} />,
    },
    { title: t('quarantine.reason'), key: 'reason', width: 160, render: (_, row) => t(`breaches.${row.breach}`) },
    { title: t('quarantine.source'), key: 'source', width: 104, render: (_, row) => t(`sources.${row.source}`) },
    { title: t('quarantine.at'), key: 'at', width: 128, render: (_, row) => <Moment at={row.at} /> },
  ];
}
