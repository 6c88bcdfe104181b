import { api, type ReplyOf } from '@sluice/shared/http-api';
import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';

interface CreateAccessTokenProps {
  isOpen: boolean;
  onClose: () => void;
  onCreated: (reply: ReplyOf<typeof api.access.createAccessToken>) => void;
}

const LIVES = [7, 30, 90, 366];

interface Fields {
  name: string;
  days: number;
}

export function CreateAccessToken({ isOpen, onClose, onCreated }: CreateAccessTokenProps) {
  const { t } = useTranslation(['settings', 'ui']);
  const [form] = Form.useForm<Fields>();
  const create = useChange(api.access.createAccessToken, [api.access.listAccessTokens]);
  return (
    <Modal
      open={isOpen}
      title={t('accessTokens.create')}
      okText={t('accessTokens.create')}
      cancelText={t('ui:cancel')}
      confirmLoading={create.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => {
        form.resetFields();
        create.reset();
      }}
    >
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ days: 90 }}
        onFinish={(body) => create.mutate({ body }, { onSuccess: onCreated })}
      >
        <Form.Item
          name="name"
          label={t('writeKeys.name')}
          extra={t('accessTokens.nameHelp')}
          rules={[{ required: true, whitespace: true, message: t('writeKeys.nameMissing') }]}
        >
          <Input autoFocus maxLength={120} />
        </Form.Item>
        <Form.Item name="days" label={t('accessTokens.life')} extra={t('accessTokens.lifeHelp')}>
          <Select options={LIVES.map((days) => ({ value: days, label: t('accessTokens.days', { days }) }))} />
        </Form.Item>
        {create.error && <ErrorPanel error={create.error} />}
      </Form>
    </Modal>
  );
}
