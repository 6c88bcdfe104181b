import { DownloadOutlined } from '@ant-design/icons';
import { addressOf, api, type Audience, type FileSeal } from '@sluice/shared/http-api';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Form, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { keyOf } from '../http/use-route.ts';
import { ExportAttributes } from './export-attributes.tsx';
import { isSound, SealFields, type SealWay, sealOf } from './seal-fields.tsx';
import { useSealedDownload } from './use-sealed-download.ts';

/** By then a download that the browser makes has begun, and its record is there. */
const RECORDED_MS = 1500;

/** Chooses what the file of the members holds beside their user ids, and whether it is encrypted. */
export function ExportMembers({ audience }: { audience: Audience }) {
  const { t } = useTranslation(['audiences', 'ui']);
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string[]>([]);
  const [way, setWay] = useState<SealWay>('open');
  const [secret, setSecret] = useState('');
  const [isAsked, setAsked] = useState(false);
  const download = useSealedDownload(audience);
  const close = () => {
    setOpen(false);
    setSecret('');
    setAsked(false);
    download.reset();
  };
  const client = useQueryClient();
  const closeLater = () => {
    close();
    setTimeout(() => void client.invalidateQueries({ queryKey: keyOf(api.exports.listExports) }), RECORDED_MS);
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
        footer={[
          <Button key="cancel" onClick={close}>
            {t(download.isSuccess ? 'export.close' : 'ui:cancel')}
          </Button>,
          seal ? (
            <Button
              key="download"
              type="primary"
              icon={<DownloadOutlined aria-hidden />}
              loading={download.isPending}
              onClick={() => save(seal)}
            >
              {t('export.sealed')}
            </Button>
          ) : (
            <Button
              key="download"
              type="primary"
              icon={<DownloadOutlined aria-hidden />}
              href={addressOf('/api/audiences/:audienceId/members.csv', { audienceId: audience.id }, query)}
              download
              onClick={closeLater}
            >
              {t('export.download')}
            </Button>
          ),
        ]}
      >
        <Form layout="vertical">
          <Form.Item
            label={t('export.attributes')}
            htmlFor="export-attributes"
            extra={t('export.help', { count: audience.size })}
          >
            <ExportAttributes id="export-attributes" isOpenFile={way === 'open'} value={chosen} onChange={setChosen} />
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
