import { EllipsisOutlined } from '@ant-design/icons';
import { api, type Flow } from '@sluice/shared/http-api';
import { Button, Dropdown, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';

export interface MenuEntry {
  key: string;
  label: string;
  onClick: () => void;
}

/** The seldom wanted: what the page adds, and putting a flow away, with the number of those who are still in it. */
export function ArchiveMenu({ flow, entries = [] }: { flow: Flow; entries?: readonly MenuEntry[] }) {
  const { t } = useTranslation(['plans', 'ui']);
  const mayArchive = useHasRole('administrator', 'operator');
  const [isAsking, setAsking] = useState(false);
  const archiving = useChange(api.flows.archiveFlow, [api.flows.listFlows, api.flows.getFlow]);
  const counts = useReply(
    api.flows.counts,
    { params: { flowId: flow.id }, query: {} },
    { enabled: isAsking && flow.liveVersion !== null },
  ).data;
  const items = [
    ...entries.map(({ key, label, onClick }) => ({ key, label, onClick })),
    ...(mayArchive && flow.status !== 'archived'
      ? [{ key: 'archive', label: t('plans:page.archive'), danger: true, onClick: () => setAsking(true) }]
      : []),
  ];
  if (items.length === 0) return null;
  return (
    <>
      <Dropdown trigger={['click']} placement="bottomRight" menu={{ items }}>
        <Button icon={<EllipsisOutlined aria-hidden />} aria-label={t('plans:page.more')} />
      </Dropdown>
      <Modal
        open={isAsking}
        title={t('plans:archive.title', { name: flow.name })}
        okText={t('plans:archive.confirm')}
        okButtonProps={{ danger: true, loading: archiving.isPending }}
        onCancel={() => setAsking(false)}
        onOk={() => archiving.mutate({ params: { flowId: flow.id } }, { onSuccess: () => setAsking(false) })}
      >
        <p>{t('plans:archive.text', { count: counts?.waiting ?? 0 })}</p>
        {archiving.error && <ErrorPanel error={archiving.error} />}
      </Modal>
    </>
  );
}
