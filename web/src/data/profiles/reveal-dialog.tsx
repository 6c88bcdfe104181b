import { api } from '@sluice/shared/http-api';
import { Form, Input, Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { AttributeValueText } from '../attribute-value-text.tsx';
import type { RevealValueProps } from './reveal-value.tsx';

/** Asks what for, then shows the value once. */
export function RevealDialog({ profileId, attribute, onClose }: RevealValueProps & { onClose: () => void }) {
  const { t } = useTranslation(['governance', 'ui']);
  const [form] = Form.useForm<{ purpose: string }>();
  const reveal = useChange(api.data.revealAttribute);
  const isShown = reveal.data !== undefined;
  return (
    <Modal
      open
      title={t('reveal.title', { name: attribute })}
      okText={t(isShown ? 'reveal.done' : 'reveal.confirm')}
      cancelText={t('ui:cancel')}
      confirmLoading={reveal.isPending}
      onOk={() => (isShown ? onClose() : form.submit())}
      onCancel={onClose}
      {...(isShown && { cancelButtonProps: { hidden: true } })}
    >
      {isShown ? (
        <p>
          <AttributeValueText value={reveal.data.value} />
        </p>
      ) : (
        <Form<{ purpose: string }>
          form={form}
          layout="vertical"
          requiredMark={false}
          onFinish={({ purpose }) => reveal.mutate({ params: { profileId }, body: { attribute, purpose } })}
        >
          <Form.Item
            name="purpose"
            label={t('reveal.purpose')}
            extra={t('reveal.text')}
            rules={[{ required: true, whitespace: true, message: t('reveal.purposeMissing') }]}
          >
            <Input autoFocus maxLength={200} />
          </Form.Item>
        </Form>
      )}
      {reveal.error && <ErrorPanel error={reveal.error} />}
    </Modal>
  );
}
