import { TeamOutlined } from '@ant-design/icons';
import { api, type PeopleList } from '@sluice/shared/http-api';
import { Button, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useHasRole } from '../access/session.ts';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';

/** Keeps the people of a list, as they are now, as a manual audience. */
export function SaveAsAudience({ list, suggestedName = '' }: { list: PeopleList; suggestedName?: string }) {
  const { t } = useTranslation('audiences');
  const navigate = useNavigate();
  const maySave = useHasRole('administrator', 'operator', 'developer');
  const [name, setName] = useState<string>();
  const saving = useChange(api.audienceSources.createFromList, [api.audiences.listAudiences]);
  if (!maySave) return null;
  const save = () => {
    if (name === undefined || name.trim() === '') return;
    saving.mutate({ body: { name, list } }, { onSuccess: ({ id }) => void navigate(`/audiences/${id}`) });
  };
  return (
    <>
      <Button icon={<TeamOutlined aria-hidden />} onClick={() => setName(suggestedName.slice(0, 120))}>
        {t('saveList.open')}
      </Button>
      <Modal
        open={name !== undefined}
        title={t('saveList.title')}
        okText={t('form.create')}
        okButtonProps={{ loading: saving.isPending, disabled: name?.trim() === '' }}
        onOk={save}
        onCancel={() => setName(undefined)}
      >
        <Form layout="vertical" onFinish={save}>
          <Form.Item label={t('form.name')} htmlFor="save-list-name" extra={t('saveList.help')}>
            <Input
              id="save-list-name"
              autoFocus
              maxLength={120}
              value={name ?? ''}
              onChange={({ target }) => setName(target.value)}
            />
          </Form.Item>
        </Form>
        {saving.error && <ErrorPanel error={saving.error} />}
      </Modal>
    </>
  );
}
