import { api, type BodyIn } from '@sluice/shared/http-api';
import { Button, Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { useChange } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useAccountRules } from './account-rules.ts';
import { EntryFrame } from './entry-frame.tsx';
import { placeAfterSignIn } from './place-after-sign-in.ts';
import { useWorkspaceState } from './session.ts';

type SignIn = BodyIn<typeof api.access.signIn>;

export function SignInPage() {
  const { t } = useTranslation('access');
  const [search] = useSearchParams();
  const rules = useAccountRules();
  const state = useWorkspaceState();
  const signIn = useChange(api.access.signIn, [api.access.state]);
  if (state.data?.needsSetup) return <Navigate to="/setup" replace />;
  if (state.data?.account) return <Navigate to={placeAfterSignIn(search.get('next'))} replace />;
  return (
    <EntryFrame title={t('signIn.title')}>
      <Form<SignIn>
        layout="vertical"
        requiredMark={false}
        validateTrigger="onBlur"
        onFinish={(body) => signIn.mutate({ body })}
      >
        <Form.Item name="email" label={t('fields.email')} rules={[rules.required('email')]}>
          <Input type="email" autoComplete="username" autoFocus maxLength={254} />
        </Form.Item>
        <Form.Item name="password" label={t('fields.password')} rules={[rules.required('password')]}>
          <Input.Password autoComplete="current-password" maxLength={200} />
        </Form.Item>
        {signIn.error && (
          <Form.Item>
            <ErrorPanel error={signIn.error} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" block loading={signIn.isPending}>
          {t('signIn.submit')}
        </Button>
      </Form>
    </EntryFrame>
  );
}
