import { api, type ReplyOf } from '@sluice/shared/http-api';
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';

interface CreateWriteKeyProps {
  isOpen: boolean;
  onClose: () => void;
  onCreated: (reply: ReplyOf<typeof api.access.createWriteKey>) => void;
}

export function CreateWriteKey({ isOpen, onClose, onCreated }: CreateWriteKeyProps) {
  const { t } = useTranslation(['settings', 'ui']);
  const [form] = Form.useForm<{ name: string }>();
  const create = useChange(api.access.createWriteKey, [api.access.listWriteKeys]);
  return (
    <Modal
      open={isOpen}
      title={t('writeKeys.create')}
      okText={t('writeKeys.create')}
      cancelText={t('ui:cancel')}
      confirmLoading={create.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => form.resetFields()}
    >
      <Form<{ name: string }>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(body) => create.mutate({ body }, { onSuccess: onCreated })}
      >
        <Form.Item
          name="name"
          label={t('writeKeys.name')}
          extra={t('writeKeys.nameHelp')}
          rules={[{ required: true, whitespace: true, message: t('writeKeys.nameMissing') }]}
        >
          <Input autoFocus maxLength={120} />
        </Form.Item>
        {create.error && <ErrorPanel error={create.error} />}
      </Form>
    </Modal>
  );
}
