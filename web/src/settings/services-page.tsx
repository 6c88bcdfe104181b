import { CloudServerOutlined } from '@ant-design/icons';
import { api, type Service } from '@sluice/shared/http-api';
import { Button, Drawer, Modal, Table, type TableColumnsType } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { ListSurface } from '../ui/list-surface.tsx';
import { Moment } from '../ui/moment.tsx';
import { Page } from '../ui/page.tsx';
import { ServiceForm } from './service-form.tsx';
import { ServiceTrial } from './service-trial.tsx';

/** The HTTP services that flows may ask. */
export function ServicesPage() {
  const { t } = useTranslation('settings');
  const canChange = useHasRole('administrator', 'developer');
  const services = useReply(api.calls.listServices, {});
  const [opened, setOpened] = useState<Service | 'new' | null>(null);
  const [removing, setRemoving] = useState<Service | null>(null);
  const columns = useColumns(canChange, setOpened, setRemoving);
  const isEmpty = services.data?.items.length === 0;
  const button = canChange && (
    <Button type="primary" onClick={() => setOpened('new')}>
      {t('services.create')}
    </Button>
  );
  return (
    <Page title={t('services.title')} hint={t('services.hint')} actions={!isEmpty && button}>
      <ListSurface list={services}>
        {isEmpty ? (
          <EmptyState
            icon={<CloudServerOutlined aria-hidden />}
            title={t('services.empty')}
            text={t('services.emptyText')}
            action={button}
          />
        ) : (
          <Table<Service> rowKey="id" columns={columns} dataSource={services.data?.items ?? []} pagination={false} />
        )}
      </ListSurface>
      <Drawer
        open={opened !== null}
        size="min(880px, 92vw)"
        title={opened === 'new' ? t('services.create') : opened?.name}
        onClose={() => setOpened(null)}
        destroyOnHidden
      >
        {opened && <ServiceForm service={opened === 'new' ? null : opened} onSaved={setOpened} />}
        {opened && opened !== 'new' && <ServiceTrial service={opened} />}
      </Drawer>
      {removing && <RemoveDialog service={removing} onClose={() => setRemoving(null)} />}
    </Page>
  );
}

function RemoveDialog({ service, onClose }: { service: Service; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'ui']);
  const remove = useChange(api.calls.deleteService, [api.calls.listServices]);
  return (
    <Modal
      open
      title={t('services.removeTitle', { name: service.name })}
      okText={t('services.remove')}
      cancelText={t('ui:cancel')}
      okButtonProps={{ danger: true, loading: remove.isPending }}
      onOk={() => remove.mutate({ params: { id: service.id } }, { onSuccess: onClose })}
      onCancel={onClose}
    >
      <p>{t('services.removeText')}</p>
      {remove.error && <ErrorPanel error={remove.error} />}
    </Modal>
  );
}

function useColumns(
  canChange: boolean,
  onOpen: (service: Service) => void,
  onRemove: (service: Service) => void,
): TableColumnsType<Service> {
  const { t } = useTranslation('settings');
  return [
    { title: t('services.name'), dataIndex: 'name', ellipsis: true },
    { title: t('services.kind'), key: 'kind', width: 176, render: (_, { kind }) => t(`services.kinds.${kind}`) },
    { title: t('services.url'), key: 'url', ellipsis: true, render: (_, { request }) => <code>{request.url}</code> },
    {
      title: t('services.changed'),
      key: 'changed',
      width: 176,
      render: (_, { updatedAt }) => <Moment at={updatedAt} />,
    },
    {
      key: 'actions',
      width: 200,
      align: 'right',
      render: (_, service) =>
        canChange && (
          <>
            <Button type="text" size="small" onClick={() => onOpen(service)}>
              {t('services.open')}
            </Button>
            <Button type="text" size="small" danger onClick={() => onRemove(service)}>
              {t('services.remove')}
            </Button>
          </>
        ),
    },
  ];
}
