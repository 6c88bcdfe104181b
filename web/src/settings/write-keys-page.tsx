import { ApiOutlined } from '@ant-design/icons';
import { api, type ReplyOf, type WriteKey } from '@sluice/shared/http-api';
import { Button, Modal, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange, useReply } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { ListSurface } from '../ui/list-surface.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { CreateWriteKey } from './create-write-key.tsx';
import { NewKeyDialog } from './new-key-dialog.tsx';

type Created = ReplyOf<typeof api.access.createWriteKey>;

export function WriteKeysPage() {
  const { t } = useTranslation('settings');
  const keys = useReply(api.access.listWriteKeys, {});
  const [isCreating, setCreating] = useState(false);
  const [created, setCreated] = useState<Created | null>(null);
  const [revoking, setRevoking] = useState<WriteKey | null>(null);
  const columns = useColumns(setRevoking);
  const isEmpty = keys.data?.items.length === 0;
  const button = (
    <Button type="primary" onClick={() => setCreating(true)}>
      {t('writeKeys.create')}
    </Button>
  );
  return (
    <Page title={t('writeKeys.title')} hint={t('writeKeys.hint')} actions={!isEmpty && button}>
      <ListSurface list={keys}>
        {isEmpty ? (
          <EmptyState
            icon={<ApiOutlined aria-hidden />}
            title={t('writeKeys.empty')}
            text={t('writeKeys.emptyText')}
            action={button}
          />
        ) : (
          <Table<WriteKey> rowKey="id" columns={columns} dataSource={keys.data?.items ?? []} pagination={false} />
        )}
      </ListSurface>
      <CreateWriteKey
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        onCreated={(reply) => {
          setCreating(false);
          setCreated(reply);
        }}
      />
      {created && <NewKeyDialog created={created} onClose={() => setCreated(null)} />}
      {revoking && <RevokeDialog writeKey={revoking} onClose={() => setRevoking(null)} />}
    </Page>
  );
}

function RevokeDialog({ writeKey, onClose }: { writeKey: WriteKey; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'ui']);
  const revoke = useChange(api.access.revokeWriteKey, [api.access.listWriteKeys]);
  return (
    <Modal
      open
      title={t('writeKeys.revokeTitle', { name: writeKey.name })}
      okText={t('writeKeys.revokeConfirm')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ danger: true, loading: revoke.isPending }}
      onOk={() => revoke.mutate({ params: { id: writeKey.id } }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <p>{t('writeKeys.revokeText')}</p>
      {revoke.error && <ErrorPanel error={revoke.error} />}
    </Modal>
  );
}

function useColumns(onRevoke: (key: WriteKey) => void): TableColumnsType<WriteKey> {
  const { t } = useTranslation('settings');
  return [
    { title: t('writeKeys.name'), dataIndex: 'name', ellipsis: true },
    { title: t('writeKeys.prefix'), key: 'prefix', width: 176, render: (_, key) => <code>{key.prefix}…</code> },
    { title: t('writeKeys.created'), key: 'created', width: 176, render: (_, key) => <Moment at={key.createdAt} /> },
    {
      title: t('writeKeys.lastUsed'),
      key: 'used',
      width: 176,
      render: (_, key) => (key.lastUsedAt ? <Moment at={key.lastUsedAt} /> : t('writeKeys.never')),
    },
    {
      key: 'actions',
      width: 112,
      align: 'right',
      render: (_, key) => (
        <Button type="text" size="small" danger onClick={() => onRevoke(key)}>
          {t('writeKeys.revoke')}
        </Button>
      ),
    },
  ];
}
