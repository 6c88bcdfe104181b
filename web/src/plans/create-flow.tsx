import { api } from '@sluice/shared/http-api';
import type { Graph } from '@sluice/shared/graph';
import { readyFlows } from '@sluice/templates/flows';
import { Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useChange } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { EMPTY_CANVAS, FlowChoice } from './flow-choice.tsx';

/** Asks for a name and what to start from, then opens the canvas. */
export function CreateFlow({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const navigate = useNavigate();
  const [form] = Form.useForm<{ name: string }>();
  const [templateId, setTemplateId] = useState(EMPTY_CANVAS);
  const creation = useChange(api.flows.createFlow, [api.flows.listFlows]);
  const template = readyFlows.find(({ id }) => id === templateId);

  async function create({ name }: { name: string }): Promise<void> {
    const graph: Graph | undefined = template?.graph[language];
    const flow = await creation.mutateAsync({ body: { name: name.trim(), ...(graph && { graph }) } });
    await navigate(`/flows/${flow.id}`);
  }

  return (
    <Modal
      open
      centered
      width="min(760px, 92vw)"
      title={t('create.title')}
      okText={t('create.create')}
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
