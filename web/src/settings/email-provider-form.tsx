import { api, type EmailProvider } from '@sluice/shared/http-api';
import { Alert, Button, Collapse, Form, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { UnsavedGuard } from '../ui/unsaved-guard.tsx';
import styles from './email-provider-form.module.css';
import { EMPTY_SMTP, providerOf, type ProviderFields } from './provider-fields.ts';

export function EmailProviderForm({ provider, isReadOnly }: { provider: EmailProvider; isReadOnly: boolean }) {
  const { t } = useTranslation('settings');
  const [form] = Form.useForm<ProviderFields>();
  const kind = Form.useWatch('kind', form) ?? provider.kind;
  const [isUnsaved, setUnsaved] = useState(false);
  const save = useChange(api.content.setEmailProvider, [api.content.getEmailProvider]);
  const hasPassword = provider.kind === 'smtp' && provider.hasPassword === true;
  return (
    <Form<ProviderFields>
      form={form}
      layout="vertical"
      className={styles.form ?? ''}
      validateTrigger="onBlur"
      requiredMark={false}
      disabled={isReadOnly}
      initialValues={{ ...EMPTY_SMTP, ...provider }}
      onValuesChange={() => setUnsaved(true)}
      onFinish={(fields) => save.mutate({ body: providerOf(fields) }, { onSuccess: () => setUnsaved(false) })}
    >
      <UnsavedGuard isUnsaved={isUnsaved} />
      <Form.Item name="kind" label={t('email.kind')} extra={kind === 'outbox' && t('email.outboxHelp')}>
        <Radio.Group
          options={[
            { value: 'outbox', label: t('email.kinds.outbox') },
            { value: 'smtp', label: t('email.kinds.smtp') },
          ]}
        />
      </Form.Item>
      {kind === 'smtp' && <SmtpFields hasPassword={hasPassword} />}
      {save.error && (
        <Form.Item>
          <ErrorPanel error={save.error} />
        </Form.Item>
      )}
      {save.isSuccess && (
        <Form.Item>
          <Alert type="success" showIcon title={t('email.saved')} />
        </Form.Item>
      )}
      {!isReadOnly && (
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t('email.save')}
        </Button>
      )}
    </Form>
  );
}

function SmtpFields({ hasPassword }: { hasPassword: boolean }) {
  const { t } = useTranslation('settings');
  return (
    <>
      <div className={styles.server}>
        <Form.Item
          name="host"
          label={t('email.host')}
          rules={[{ required: true, whitespace: true, message: t('email.missing.host') }]}
        >
          <Input placeholder="smtp.example.com" maxLength={255} spellCheck={false} />
        </Form.Item>
        <Form.Item
          name="port"
          label={t('email.port')}
          rules={[{ required: true, type: 'integer', min: 1, max: 65_535, message: t('email.missing.port') }]}
        >
          <InputNumber className={styles.wide ?? ''} controls={false} />
        </Form.Item>
        <Form.Item name="security" label={t('email.security')}>
          <Select
            options={(['none', 'starttls', 'tls'] as const).map((value) => ({
              value,
              label: t(`email.securities.${value}`),
            }))}
          />
        </Form.Item>
      </div>
      <Form.Item name="username" label={t('email.username')}>
        <Input autoComplete="off" maxLength={255} />
      </Form.Item>
      <Form.Item name="password" label={t('email.password')} extra={hasPassword && t('email.passwordKept')}>
        <Input.Password autoComplete="new-password" maxLength={500} />
      </Form.Item>
      <Form.Item
        name="from"
        label={t('email.from')}
        extra={t('email.fromHelp')}
        rules={[{ required: true, whitespace: true, min: 3, message: t('email.missing.from') }]}
      >
        <Input maxLength={320} />
      </Form.Item>
      <Collapse
        ghost
        styles={{ header: { paddingInline: 0 }, body: { paddingInline: 0 } }}
        items={[
          {
            key: 'advanced',
            label: t('email.advanced'),
            forceRender: true,
            children: (
              <Form.Item
                name="maxConnections"
                label={t('email.maxConnections')}
                extra={t('email.maxConnectionsHelp')}
                rules={[{ required: true, type: 'integer', min: 1, max: 50 }]}
              >
                <InputNumber min={1} max={50} />
              </Form.Item>
            ),
          },
        ]}
      />
    </>
  );
}
