import { api, type BodyIn } from '@sluice/shared/http-api';
import { Form, Input, Modal, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAccountRules } from '../access/account-rules.ts';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import styles from './create-account.module.css';

type NewAccount = BodyIn<typeof api.access.createAccount>;
const ROLES = ['operator', 'developer', 'tester', 'analyst', 'administrator'] as const;

export function CreateAccount({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation(['settings', 'access', 'ui']);
  const [form] = Form.useForm<NewAccount>();
  const rules = useAccountRules();
  const create = useChange(api.access.createAccount, [api.access.listAccounts]);
  return (
    <Modal
      open={isOpen}
      title={t('accounts.createTitle')}
      okText={t('accounts.submit')}
      cancelText={t('ui:cancel')}
      confirmLoading={create.isPending}
      onOk={() => form.submit()}
      onCancel={onClose}
      afterClose={() => form.resetFields()}
    >
      <Form<NewAccount>
        form={form}
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        initialValues={{ role: 'operator' }}
        onFinish={(body) => create.mutate({ body }, { onSuccess: onClose })}
      >
        <Form.Item name="name" label={t('access:fields.name')} rules={[rules.required('name')]}>
          <Input autoFocus maxLength={120} autoComplete="off" />
        </Form.Item>
        <Form.Item name="email" label={t('access:fields.email')} rules={[rules.required('email'), rules.email]}>
          <Input type="email" maxLength={254} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('access:fields.password')}
          extra={t('access:fields.passwordHelp')}
          rules={[rules.required('password'), rules.passwordLength]}
        >
          <Input.Password maxLength={200} autoComplete="new-password" />
        </Form.Item>
        <Form.Item name="role" label={t('access:fields.role')}>
          <Radio.Group
            className={styles.roles ?? ''}
            options={ROLES.map((role) => ({
              value: role,
              label: (
                <>
                  {t(`access:roles.${role}`)} <span className={styles.help}>{t(`accounts.roleHelp.${role}`)}</span>
                </>
              ),
            }))}
          />
        </Form.Item>
        {create.error && <ErrorPanel error={create.error} />}
      </Form>
    </Modal>
  );
}
