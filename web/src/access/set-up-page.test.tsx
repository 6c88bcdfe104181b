import { api } from '@sluice/shared/http-api';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { ADMINISTRATOR, renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { SetUpPage } from './set-up-page.tsx';

const { server } = useReplyServer();
const UNSET = { ...SIGNED_IN, needsSetup: true, account: null };

describe('the set-up page', () => {
  it('creates the administrator with the token of the link and goes Home', async () => {
    const user = userEvent.setup();
    server().reply(api.access.state, () => (server().callsOf(api.access.setup).length > 0 ? SIGNED_IN : UNSET));
    server().reply(api.access.setup, ADMINISTRATOR);
    const { router } = await renderPage(<SetUpPage />, { path: '/setup', at: '/setup?token=one-time' });
    expect(await screen.findByLabelText('One-time token')).toHaveValue('one-time');
    await user.type(screen.getByLabelText('Name'), 'Ada');
    await user.type(screen.getByLabelText('E-mail address'), 'ada@example.test');
    await user.type(screen.getByLabelText('Password'), 'a long sentence');
    await user.click(screen.getByRole('button', { name: 'Create the administrator' }));
    await waitFor(() => expect(router.state.location.pathname).toBe('/'));
    expect(server().callsOf(api.access.setup)[0]?.body).toEqual({
      token: 'one-time',
      name: 'Ada',
      email: 'ada@example.test',
      password: 'a long sentence',
    });
  });

  it('says what is missing before it asks the server', async () => {
    const user = userEvent.setup();
    server().reply(api.access.state, UNSET);
    await renderPage(<SetUpPage />, { path: '/setup' });
    await user.type(await screen.findByLabelText('Password'), 'short');
    await user.click(screen.getByRole('button', { name: 'Create the administrator' }));
    expect(await screen.findByText('The password needs at least 10 characters.')).toBeInTheDocument();
    expect(screen.getByText('Copy the token from the terminal in which Sluice was started.')).toBeInTheDocument();
    expect(server().callsOf(api.access.setup)).toEqual([]);
  });

  it('shows a refusal in the language on screen', async () => {
    const user = userEvent.setup();
    server().reply(api.access.state, UNSET);
    server().refuse(api.access.setup, 403, { code: 'setup-token-wrong', message: 'English words of the server' });
    await renderPage(<SetUpPage />, { path: '/setup', at: '/setup?token=old', language: 'zh-CN' });
    await user.type(await screen.findByLabelText('姓名'), '王');
    await user.type(screen.getByLabelText('邮箱'), 'wang@example.test');
    await user.type(screen.getByLabelText('密码'), '一二三四五六七八九十');
    await user.click(screen.getByRole('button', { name: '创建管理员' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent(/此初始化链接无效/);
    expect(alert).not.toHaveTextContent('English');
  });
});
