import { api, type QualityAlert, type QualityMeasure, type QualityRow, type QueueName } from '@sluice/shared/http-api';
import { Form, Input, InputNumber, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../http/use-route.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';

type Kind = QualityAlert['kind'];

const MEASURES: Record<Kind, readonly QualityMeasure[]> = {
  attribute: ['stale-hours', 'completeness', 'conformity', 'swing'],
  event: ['stale-hours', 'swing', 'lag-minutes'],
  queue: ['wait-minutes'],
};
const QUEUES: readonly QueueName[] = ['events', 'runs', 'messages', 'calls'];
const FIRST_BOUND: Record<QualityMeasure, number> = {
  'stale-hours': 24,
  completeness: 80,
  conformity: 95,
  swing: 50,
  'lag-minutes': 10,
  'wait-minutes': 10,
};

interface AlertFields {
  /** `kind/name`. */
  target?: string;
  measure: QualityMeasure;
  bound: number;
  email?: string;
  webhook?: string;
}

interface CreateAlertProps {
  isOpen: boolean;
  rows: readonly QualityRow[];
  onClose: () => void;
}

/** Draws a line for one attribute, event or queue, and says who hears of it. */
export function CreateAlert({ isOpen, rows, onClose }: CreateAlertProps) {
  const { t } = useTranslation(['governance', 'ui']);
  const [form] = Form.useForm<AlertFields>();
  const { target = '', measure = 'stale-hours' } = Form.useWatch([], form) ?? {};
  const create = useChange(api.quality.createAlert, [api.quality.listAlerts]);
  const kind = kindOf(target);
  const save = (fields: AlertFields) => {
    const [of = 'attribute', ...name] = (fields.target ?? '').split('/');
    const { bound, email, webhook } = fields;
    create.mutate(
      {
        body: {
          kind: of as Kind,
          name: name.join('/'),
          measure: fields.measure,
          bound,
          ...(email && { email }),
          ...(webhook && { webhook }),
        },
      },
      { onSuccess: onClose },
    );
  };
  return (
    <Modal
      open={isOpen}
      title={t('quality.createAlert')}
      okText={t('quality.createAlert')}
      cancelText={t('ui:cancel')}
      confirmLoading={create.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => form.resetFields()}
    >
      <Form<AlertFields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ measure: 'stale-hours', bound: FIRST_BOUND['stale-hours'] }}
        onFinish={save}
      >
        <Form.Item
          name="target"
          label={t('quality.target')}
          rules={[{ required: true, message: t('quality.targetMissing') }]}
        >
          <Select
            showSearch
            options={[
              ...(['attribute', 'event'] as const).map((of) => ({
                label: t(`quality.kinds.${of}`),
                options: rows
                  .filter((row) => row.kind === of)
                  .map(({ name }) => ({ value: `${of}/${name}`, label: name })),
              })),
              {
                label: t('quality.queues.title'),
                options: QUEUES.map((name) => ({ value: `queue/${name}`, label: t(`quality.queues.names.${name}`) })),
              },
            ]}
            onChange={(chosen: string) => {
              const [first = 'stale-hours', ...others] = MEASURES[kindOf(chosen)];
              if (![first, ...others].includes(measure))
                form.setFieldsValue({ measure: first, bound: FIRST_BOUND[first] });
            }}
          />
        </Form.Item>
        <Form.Item name="measure" label={t('quality.measure')}>
          <Select
            options={MEASURES[kind].map((value) => ({ value, label: t(`quality.measures.${value}`) }))}
            onChange={(chosen: QualityMeasure) => form.setFieldsValue({ bound: FIRST_BOUND[chosen] })}
          />
        </Form.Item>
        <Form.Item
          name="bound"
          label={t('quality.bound')}
          rules={[{ required: true, message: t('quality.boundMissing') }]}
        >
          <InputNumber min={0} max={100_000} suffix={t(`quality.units.${measure}`)} />
        </Form.Item>
        <Form.Item name="email" label={t('quality.email')} extra={t('quality.tellHelp')}>
          <Input type="email" maxLength={254} />
        </Form.Item>
        <Form.Item name="webhook" label={t('quality.webhook')}>
          <Input maxLength={2000} spellCheck={false} placeholder="https://example.com/alerts" />
        </Form.Item>
        {create.error && <ErrorPanel error={create.error} />}
      </Form>
    </Modal>
  );
}

function kindOf(target: string): Kind {
  const [kind] = target.split('/');
  return kind === 'event' || kind === 'queue' ? kind : 'attribute';
}
