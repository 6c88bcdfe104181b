import { type Account, api } from '@sluice/shared/http-api';
import { Button, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspaceState } from '../access/session.ts';
import { useReply } from '../http/use-route.ts';
import { ListSurface } from '../ui/list-surface.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { CreateAccount } from './create-account.tsx';

export function AccountsPage() {
  const { t } = useTranslation(['settings', 'access']);
  const me = useWorkspaceState().data?.account?.id;
  const accounts = useReply(api.access.listAccounts, {});
  const [isCreating, setCreating] = useState(false);
  const columns: TableColumnsType<Account> = [
    {
      title: t('access:fields.name'),
      key: 'name',
      ellipsis: true,
      render: (_, account) => (account.id === me ? `${account.name} (${t('accounts.you')})` : account.name),
    },
    { title: t('access:fields.email'), dataIndex: 'email', ellipsis: true },
    {
      title: t('access:fields.role'),
      key: 'role',
      width: 176,
      render: (_, account) => t(`access:roles.${account.role}`),
    },
    {
      title: t('accounts.created'),
      key: 'created',
      width: 176,
      render: (_, account) => <Moment at={account.createdAt} />,
    },
  ];
  return (
    <Page
      title={t('accounts.title')}
      hint={t('accounts.hint')}
      actions={
        <Button type="primary" onClick={() => setCreating(true)}>
          {t('accounts.create')}
        </Button>
      }
    >
      <ListSurface list={accounts}>
        <Table<Account> rowKey="id" columns={columns} dataSource={accounts.data?.items ?? []} pagination={false} />
      </ListSurface>
      <CreateAccount isOpen={isCreating} onClose={() => setCreating(false)} />
    </Page>
  );
}
