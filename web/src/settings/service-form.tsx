import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { api, type Service } from '@sluice/shared/http-api';
import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { FRESH_FIELDS, FRESH_SERVICE, fieldsOf, type ServiceFormFields, serviceOf } from './service-fields.ts';
import styles from './service-form.module.css';

/** The name of the header in every language. */
const USUAL_HEADER = 'Authorization';

const METHODS = ['POST', 'PUT', 'PATCH', 'GET', 'DELETE'] as const;
const FORMATS = ['json', 'form', 'text'] as const;
const KINDS = ['generic', 'risk', 'recommendation'] as const;
const TYPES = ['string', 'number', 'boolean', 'date', 'list'] as const;

/** Registers a service, or changes a stored one. */
export function ServiceForm({ service, onSaved }: { service: Service | null; onSaved: (service: Service) => void }) {
  const { t } = useTranslation(['settings', 'data']);
  const [form] = Form.useForm<ServiceFormFields>();
  const fields = Form.useWatch('fields', form) ?? [];
  const stale = [api.calls.listServices];
  const create = useChange(api.calls.createService, stale);
  const change = useChange(api.calls.changeService, stale);
  const { isPending, error } = service ? change : create;
  const required = [{ required: true, message: t('services.missing') }];
  const save = (filled: ServiceFormFields) => {
    const body = serviceOf(filled);
    if (service) change.mutate({ params: { id: service.id }, body }, { onSuccess: onSaved });
    else create.mutate({ body }, { onSuccess: onSaved });
  };
  return (
    <Form<ServiceFormFields>
      form={form}
      layout="vertical"
      requiredMark={false}
      validateTrigger="onBlur"
      initialValues={service ? fieldsOf(service) : FRESH_SERVICE}
      onFinish={save}
    >
      <div className={styles.row}>
        <Form.Item name="name" label={t('services.name')} className={styles.grow ?? ''} rules={required}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="kind" label={t('services.kind')}>
          <Select
            disabled={service !== null}
            popupMatchSelectWidth={false}
            options={KINDS.map((value) => ({ value, label: t(`services.kinds.${value}`) }))}
            onChange={(kind: Service['kind']) => form.setFieldsValue(FRESH_FIELDS[kind])}
          />
        </Form.Item>
      </div>
      <div className={styles.row}>
        <Form.Item name={['request', 'method']} label={t('services.method')}>
          <Select options={METHODS.map((value) => ({ value, label: value }))} popupMatchSelectWidth={false} />
        </Form.Item>
        <Form.Item
          name={['request', 'url']}
          label={t('services.url')}
          extra={t('services.urlHelp', { place: '{{ user_id }}' })}
          className={styles.grow ?? ''}
          rules={required}
        >
          <Input maxLength={2000} spellCheck={false} placeholder="https://example.com/check" />
        </Form.Item>
        <Form.Item name={['request', 'format']} label={t('services.format')}>
          <Select
            popupMatchSelectWidth={false}
            options={FORMATS.map((value) => ({ value, label: t(`services.formats.${value}`) }))}
          />
        </Form.Item>
      </div>
      <Form.Item name={['request', 'headers']} hidden>
        <Input />
      </Form.Item>
      <Form.Item name={['request', 'body']} label={t('services.body')} extra={t('services.bodyHelp')}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} spellCheck={false} />
      </Form.Item>
      <div className={styles.row}>
        <Form.Item
          name="secretHeader"
          label={t('services.secretHeader')}
          extra={t('services.secretHeaderHelp')}
          className={styles.grow ?? ''}
        >
          <Input maxLength={100} spellCheck={false} placeholder={USUAL_HEADER} />
        </Form.Item>
        <Form.Item
          name="secret"
          label={t('services.secret')}
          extra={service?.hasSecret && t('services.secretKept')}
          className={styles.grow ?? ''}
        >
          <Input.Password autoComplete="new-password" maxLength={2000} />
        </Form.Item>
      </div>
      <Form.Item label={t('services.fields')} extra={t('services.fieldsHelp')}>
        <Form.List name="fields">
          {(rows, { add, remove }) => (
            <>
              {rows.map(({ key, name }) => (
                <div key={key} className={styles.row}>
                  <Form.Item
                    name={[name, 'name']}
                    label={t('services.fieldName')}
                    className={styles.grow ?? ''}
                    rules={required}
                  >
                    <Input maxLength={128} />
                  </Form.Item>
                  <Form.Item
                    name={[name, 'path']}
                    label={t('services.fieldPath')}
                    className={styles.grow ?? ''}
                    rules={required}
                  >
                    <Input placeholder="data.score" maxLength={200} />
                  </Form.Item>
                  <Form.Item name={[name, 'type']} label={t('services.fieldType')} className={styles.narrow ?? ''}>
                    <Select options={TYPES.map((value) => ({ value, label: t(`data:types.${value}`) }))} />
                  </Form.Item>
                  <Form.Item name={[name, 'isRequired']} valuePropName="checked" className={styles.unlabelled ?? ''}>
                    <Checkbox>{t('services.fieldRequired')}</Checkbox>
                  </Form.Item>
                  <Button
                    className={styles.unlabelled ?? ''}
                    type="text"
                    icon={<DeleteOutlined aria-hidden />}
                    aria-label={t('services.removeField', { index: name + 1 })}
                    disabled={rows.length === 1}
                    onClick={() => remove(name)}
                  />
                </div>
              ))}
              <Button
                type="dashed"
                icon={<PlusOutlined aria-hidden />}
                onClick={() => add({ name: '', path: '', type: 'string', isRequired: false })}
              >
                {t('services.addField')}
              </Button>
            </>
          )}
        </Form.List>
      </Form.Item>
      <div className={styles.row}>
        <Form.Item name="decides" label={t('services.decides')} className={styles.grow ?? ''} rules={required}>
          <Select
            options={fields.flatMap((field) => (field?.name ? [{ value: field.name, label: field.name }] : []))}
          />
        </Form.Item>
        <Form.Item name="timeoutMs" label={t('services.timeout')} rules={required}>
          <InputNumber className={styles.narrow ?? ''} min={50} max={30_000} suffix={t('services.milliseconds')} />
        </Form.Item>
        <Form.Item name="maxAttempts" label={t('services.attempts')} rules={required}>
          <InputNumber min={1} max={5} />
        </Form.Item>
      </div>
      {error && (
        <Form.Item>
          <ErrorPanel error={error} />
        </Form.Item>
      )}
      <Button type="primary" htmlType="submit" loading={isPending}>
        {t('services.save')}
      </Button>
    </Form>
  );
}
