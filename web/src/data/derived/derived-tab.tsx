import { api, type DerivedAttribute } from '@sluice/shared/http-api';
import { Button, Drawer, Modal, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useHasRole } from '../../access/session.ts';
import { useChange, useReply } from '../../http/use-route.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { ListSurface } from '../../ui/list-surface.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Moment } from '../../ui/moment.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import styles from '../dictionary/dictionary-page.module.css';
import { UsersList } from '../users-list.tsx';
import { DerivedForm } from './derived-form.tsx';
import { useDerivationText } from './use-derivation-text.ts';

/** Narrower, the table scrolls and no column is squeezed away. */
const LEAST_WIDTH = 880;

const LOOK_MS = 1500;

/** Attributes that are worked out, and how far that has come. */
export function DerivedTab() {
  const { t } = useTranslation('governance');
  const canChange = useHasRole('administrator', 'operator', 'developer');
  const [opened, setOpened] = useState<DerivedAttribute | 'new' | null>(null);
  const [removing, setRemoving] = useState<DerivedAttribute | null>(null);
  const derived = useReply(api.derived.listDerived, {}, { refetchInterval: LOOK_MS });
  const columns = useColumns(canChange, setOpened, setRemoving);
  const button = canChange && (
    <Button type="primary" onClick={() => setOpened('new')}>
      {t('derived.create')}
    </Button>
  );
  return (
    <div className={styles.tab}>
      <ListSurface list={derived}>
        {derived.data?.items.length === 0 ? (
          <EmptyState title={t('derived.empty')} text={t('derived.emptyText')} action={button} />
        ) : (
          <>
            <Toolbar>{button}</Toolbar>
            <Table<DerivedAttribute>
              rowKey="name"
              columns={columns}
              dataSource={derived.data?.items ?? []}
              pagination={false}
              scroll={{ x: LEAST_WIDTH }}
            />
          </>
        )}
      </ListSurface>
      <Drawer
        open={opened !== null}
        size="min(880px, 92vw)"
        title={opened === 'new' ? t('derived.create') : opened?.name}
        onClose={() => setOpened(null)}
        destroyOnHidden
      >
        {opened && <DerivedForm derived={opened === 'new' ? null : opened} onSaved={() => setOpened(null)} />}
      </Drawer>
      {removing && <RemoveDialog derived={removing} onClose={() => setRemoving(null)} />}
    </div>
  );
}

function RemoveDialog({ derived: { name }, onClose }: { derived: DerivedAttribute; onClose: () => void }) {
  const { t } = useTranslation(['governance', 'ui']);
  const uses = useReply(api.derived.derivedUses, { params: { name } });
  const remove = useChange(api.derived.deleteDerived, [api.derived.listDerived]);
  const isUsed = uses.data !== undefined && Object.values(uses.data).some((users) => users.length > 0);
  return (
    <Modal
      open
      title={t('derived.removeTitle', { name })}
      okText={t('derived.remove')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ danger: true, loading: remove.isPending, disabled: isUsed || !uses.data }}
      onOk={() => remove.mutate({ params: { name } }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      {uses.isPending && <Loading />}
      {uses.error && <ErrorPanel error={uses.error} onRetry={() => void uses.refetch()} />}
      {uses.data && <p>{t(isUsed ? 'derived.removeUsed' : 'derived.removeText')}</p>}
      {uses.data && isUsed && <UsersList {...uses.data} />}
      {remove.error && <ErrorPanel error={remove.error} />}
    </Modal>
  );
}

function useColumns(
  canChange: boolean,
  onOpen: (derived: DerivedAttribute) => void,
  onRemove: (derived: DerivedAttribute) => void,
): TableColumnsType<DerivedAttribute> {
  const { t } = useTranslation('governance');
  const format = useFormat();
  const describe = useDerivationText();
  const refill = useChange(api.derived.fillDerived, [api.derived.listDerived]);
  return [
    {
      title: t('derived.name'),
      key: 'name',
      width: 200,
      render: (_, row) =>
        row.derivation.kind === 'rfm' ? (
          <Link to={`/data/rfm/${encodeURIComponent(row.name)}`}>{row.name}</Link>
        ) : (
          row.name
        ),
    },
    { title: t('derived.how'), key: 'how', ellipsis: true, render: (_, { derivation }) => describe(derivation) },
    {
      title: t('derived.filled'),
      key: 'filled',
      width: 160,
      render: (_, { fill }) =>
        fill.finishedAt ? (
          <Moment at={fill.finishedAt} />
        ) : (
          t('derived.filling', { percent: format.share(fill.progress, 1) })
        ),
    },
    {
      key: 'actions',
      width: 280,
      align: 'right',
      render: (_, row) =>
        canChange && (
          <>
            <Button type="text" size="small" onClick={() => onOpen(row)}>
              {t('derived.edit')}
            </Button>
            <Button
              type="text"
              size="small"
              disabled={row.fill.status === 'running'}
              onClick={() => refill.mutate({ params: { name: row.name } })}
            >
              {t('derived.refill')}
            </Button>
            <Button type="text" size="small" danger onClick={() => onRemove(row)}>
              {t('derived.remove')}
            </Button>
          </>
        ),
    },
  ];
}
