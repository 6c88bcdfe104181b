import { KeyOutlined } from '@ant-design/icons';
import { type AccessToken, api, type ReplyOf } from '@sluice/shared/http-api';
import { Button, Modal, Table, type TableColumnsType, Tag } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspaceState } from '../access/session.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { CopyBlock } from '../ui/copy-block.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { ListSurface } from '../ui/list-surface.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { CreateAccessToken } from './create-access-token.tsx';
import { ShownOnceDialog } from './shown-once-dialog.tsx';

type Created = ReplyOf<typeof api.access.createAccessToken>;

/** Tokens with which programs act as an account; an administrator sees those of all accounts. */
export function AccessTokensPage() {
  const { t } = useTranslation('settings');
  const tokens = useReply(api.access.listAccessTokens, {});
  const [isCreating, setCreating] = useState(false);
  const [created, setCreated] = useState<Created | null>(null);
  const [revoking, setRevoking] = useState<AccessToken | null>(null);
  const columns = useColumns(setRevoking);
  const isEmpty = tokens.data?.items.length === 0;
  const button = (
    <Button type="primary" onClick={() => setCreating(true)}>
      {t('accessTokens.create')}
    </Button>
  );
  return (
    <Page title={t('accessTokens.title')} hint={t('accessTokens.hint')} actions={!isEmpty && button}>
      <ListSurface list={tokens}>
        {isEmpty ? (
          <EmptyState
            icon={<KeyOutlined aria-hidden />}
            title={t('accessTokens.empty')}
            text={t('accessTokens.emptyText')}
            action={button}
          />
        ) : (
          <Table<AccessToken> rowKey="id" columns={columns} dataSource={tokens.data?.items ?? []} pagination={false} />
        )}
      </ListSurface>
      <CreateAccessToken
        isOpen={isCreating}
        onClose={() => setCreating(false)}
        onCreated={(reply) => {
          setCreating(false);
          setCreated(reply);
        }}
      />
      {created && <NewTokenDialog created={created} onClose={() => setCreated(null)} />}
      {revoking && <RevokeDialog token={revoking} onClose={() => setRevoking(null)} />}
    </Page>
  );
}

/** Shows a new token this once, with the lines that give it to the command line. */
function NewTokenDialog({ created, onClose }: { created: Created; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const setUp = `export SLUICE_URL=${window.location.origin}\nexport SLUICE_TOKEN=${created.token}`;
  return (
    <ShownOnceDialog title={t('accessTokens.shownTitle')} onClose={onClose}>
      <p>{t('accessTokens.shownText')}</p>
      <CopyBlock label={t('accessTokens.token', { name: created.accessToken.name })} text={created.token} />
      <p>{t('accessTokens.setUp')}</p>
      <CopyBlock label={t('accessTokens.setUp')} text={setUp} />
    </ShownOnceDialog>
  );
}

function RevokeDialog({ token, onClose }: { token: AccessToken; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'ui']);
  const revoke = useChange(api.access.revokeAccessToken, [api.access.listAccessTokens]);
  return (
    <Modal
      open
      title={t('writeKeys.revokeTitle', { name: token.name })}
      okText={t('accessTokens.revokeConfirm')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ danger: true, loading: revoke.isPending }}
      onOk={() => revoke.mutate({ params: { id: token.id } }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <p>{t('writeKeys.revokeText')}</p>
      {revoke.error && <ErrorPanel error={revoke.error} />}
    </Modal>
  );
}

function useColumns(onRevoke: (token: AccessToken) => void): TableColumnsType<AccessToken> {
  const { t } = useTranslation('settings');
  const isAdministrator = useWorkspaceState().data?.account?.role === 'administrator';
  const isOver = ({ expiresAt }: AccessToken) => Date.parse(expiresAt) <= Date.now();
  return [
    { title: t('writeKeys.name'), dataIndex: 'name', ellipsis: true },
    ...(isAdministrator ? [{ title: t('accessTokens.owner'), dataIndex: ['owner', 'name'], ellipsis: true }] : []),
    { title: t('writeKeys.prefix'), key: 'prefix', width: 176, render: (_, token) => <code>{token.prefix}…</code> },
    {
      title: t('accessTokens.expires'),
      key: 'expires',
      width: 176,
      render: (_, token) =>
        isOver(token) ? <Tag color="warning">{t('accessTokens.expired')}</Tag> : <Moment at={token.expiresAt} />,
    },
    {
      title: t('writeKeys.lastUsed'),
      key: 'used',
      width: 176,
      render: (_, token) => (token.lastUsedAt ? <Moment at={token.lastUsedAt} /> : t('writeKeys.never')),
    },
    {
      key: 'actions',
      width: 112,
      align: 'right',
      render: (_, token) => (
        <Button type="text" size="small" danger onClick={() => onRevoke(token)}>
          {t('writeKeys.revoke')}
        </Button>
      ),
    },
  ];
}
