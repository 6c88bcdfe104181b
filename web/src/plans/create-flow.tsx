import { api } from '@sluice/shared/http-api';
import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { EMPTY_CANVAS, EMPTY_FORM, FlowChoice } from './flow-choice.tsx';

/** Asks for a name and what to start from, then opens the canvas, the form view or the form of the template. */
export function CreateFlow({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('plans');
  const navigate = useNavigate();
  const [form] = Form.useForm<{ name: string }>();
  const [templateId, setTemplateId] = useState(EMPTY_CANVAS);
  const creation = useChange(api.flows.createFlow, [api.flows.listFlows]);
  const isTemplate = templateId !== EMPTY_CANVAS && templateId !== EMPTY_FORM;

  async function create({ name }: { name: string }): Promise<void> {
    if (isTemplate) {
      await navigate(`/templates/${templateId}/use`, { state: { name: name.trim() } });
      return;
    }
    const flow = await creation.mutateAsync({ body: { name: name.trim() } });
    await navigate(templateId === EMPTY_FORM ? `/flows/${flow.id}?mode=edit&view=form` : `/flows/${flow.id}`);
  }

  return (
    <Modal
      open
      centered
      width="min(760px, 92vw)"
      title={t('create.title')}
      okText={t(isTemplate ? 'create.fill' : 'create.create')}
      confirmLoading={creation.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {/* A failure stands in the dialog: `error` holds it. */}
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => void create(values).catch(() => {})}
      >
        <Form.Item
          name="name"
          label={t('create.name')}
          rules={[{ required: true, whitespace: true, message: t('create.nameMissing') }]}
        >
          <Input autoFocus maxLength={120} placeholder={t('create.placeholder')} />
        </Form.Item>
        <Form.Item label={t('create.from')}>
          <FlowChoice value={templateId} onChange={setTemplateId} />
        </Form.Item>
        {creation.error && <ErrorPanel error={creation.error} />}
      </Form>
    </Modal>
  );
}
