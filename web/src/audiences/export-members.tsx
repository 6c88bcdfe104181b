import { DownloadOutlined } from '@ant-design/icons';
import { addressOf, api, type Audience, type FileSeal } from '@sluice/shared/http-api';
import { Button, Form, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useReply } from '../http/use-route.ts';
import { isSound, SealFields, type SealWay, sealOf } from './seal-fields.tsx';
import { useSealedDownload } from './use-sealed-download.ts';

/** Chooses what the file of the members holds beside their user ids, and whether it is encrypted. */
export function ExportMembers({ audience }: { audience: Audience }) {
  const { t } = useTranslation('audiences');
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const [way, setWay] = useState<SealWay>('open');
  const [secret, setSecret] = useState('');
  const [isAsked, setAsked] = useState(false);
  const attributes = useReply(api.data.listAttributes, {}, { enabled: isOpen }).data?.items ?? [];
  const download = useSealedDownload(audience);
  const close = () => {
    setOpen(false);
    setSecret('');
    setAsked(false);
    download.reset();
  };
  const seal = sealOf(way, secret);
  const save = (into: FileSeal) => {
    setAsked(true);
    if (isSound(into)) download.mutate({ attributes: chosen, seal: into });
  };
  const query = { attributes: JSON.stringify(chosen) };
  return (
    <>
      <Button icon={<DownloadOutlined aria-hidden />} onClick={() => setOpen(true)}>
        {t('export.open')}
      </Button>
      <Modal
        open={isOpen}
        title={t('export.title', { name: audience.name })}
        onCancel={close}
        footer={
          seal ? (
            <Button
              type="primary"
              icon={<DownloadOutlined aria-hidden />}
              loading={download.isPending}
              onClick={() => save(seal)}
            >
              {t('export.sealed')}
            </Button>
          ) : (
            <Button
              type="primary"
              icon={<DownloadOutlined aria-hidden />}
              href={addressOf('/api/audiences/:audienceId/members.csv', { audienceId: audience.id }, query)}
              download
              onClick={close}
            >
              {t('export.download')}
            </Button>
          )
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
          <Form.Item label={t('export.seal')} extra={t(`export.sealHelp.${way}`)}>
            <Radio.Group
              aria-label={t('export.seal')}
              optionType="button"
              value={way}
              options={(['open', 'recipients', 'passphrase'] as const).map((each) => ({
                value: each,
                label: t(`export.ways.${each}`),
              }))}
              onChange={({ target }) => {
                setWay(target.value as SealWay);
                setSecret('');
                setAsked(false);
                download.reset();
              }}
            />
          </Form.Item>
          {way !== 'open' && (
            <SealFields way={way} secret={secret} isAsked={isAsked} audienceName={audience.name} onChange={setSecret} />
          )}
        </Form>
        {download.error && <ErrorPanel error={download.error} />}
        <p role="status">{download.isSuccess && t('export.done')}</p>
      </Modal>
    </>
  );
}
