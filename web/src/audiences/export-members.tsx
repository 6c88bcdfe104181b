import { DownloadOutlined } from '@ant-design/icons';
import { api, type Audience } from '@sluice/shared/http-api';
import { Button, Form, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReply } from '../http/use-route.ts';

/** Chooses the attributes that the file of the members holds beside their user ids. */
export function ExportMembers({ audience }: { audience: Audience }) {
  const { t } = useTranslation('audiences');
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const attributes = useReply(api.data.listAttributes, {}, { enabled: isOpen }).data?.items ?? [];
  const query = new URLSearchParams({ attributes: JSON.stringify(chosen) }).toString();
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('export.open')}
      </Button>
      <Modal
        open={isOpen}
        title={t('export.title', { name: audience.name })}
        onCancel={() => setOpen(false)}
        footer={
          <Button
            type="primary"
            icon={<DownloadOutlined aria-hidden />}
            href={`/api/audiences/${audience.id}/members.csv?${query}`}
            download
            onClick={() => setOpen(false)}
          >
            {t('export.download')}
          </Button>
        }
      >
        <Form layout="vertical">
          <Form.Item label={t('export.attributes')} htmlFor="export-attributes" extra={t('export.help')}>
            <Select
              id="export-attributes"
              mode="multiple"
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('export.choose')}
              value={chosen}
              options={attributes.map(({ name, displayName }) => ({ value: name, label: displayName ?? name }))}
              onChange={setChosen}
            />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
