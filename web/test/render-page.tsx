import { api } from '@sluice/shared/http-api';
import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { createQueryClient } from '../src/http/query-client.ts';
import { keyOf } from '../src/http/use-route.ts';
import type { Language } from '../src/i18n/language.ts';
import { LocaleProvider } from '../src/i18n/locale-provider.tsx';
import { showLanguage, showPageTexts } from '../src/i18n/switch-language.ts';
import { ThemeProvider } from '../src/theme/theme-provider.tsx';
import { ReplyServer } from './serve-replies.ts';

declare global {
  interface Window {
    happyDOM: { setURL(url: string): void; settings: { device: { prefersReducedMotion: string } } };
  }
}

export const ADMINISTRATOR = {
  id: 'a1',
  email: 'ada@example.test',
  name: 'Ada',
  role: 'administrator',
  createdAt: '2026-01-02T03:04:05.000Z',
} as const;

export const SIGNED_IN = {
  needsSetup: false,
  account: ADMINISTRATOR,
  version: '0.0.0-test',
  timeZone: 'Asia/Shanghai',
  storage: 'embedded',
} as const;

/** Starts one server per test file and points the page's relative addresses at it. */
export function useReplyServer(): { server: () => ReplyServer } {
  let server: ReplyServer | undefined;
  let address = '';
  beforeAll(async () => {
    server = new ReplyServer();
    address = await server.start();
    window.happyDOM.setURL(`${address}/`);
  });
  afterEach(() => {
    server?.reset();
    window.happyDOM.setURL(`${address}/`);
  });
  afterAll(() => server?.stop());
  return {
    server: () => {
      if (!server) throw new Error('The reply server runs only inside a test');
      return server;
    },
  };
}

interface Place {
  /** Route pattern of the page, with its parameters. */
  path?: string;
  at?: string;
  language?: Language;
}

/** Shows a page with everything around it that it needs; other addresses are blank. */
export async function renderPage(page: ReactNode, { path = '/', at = path, language = 'en-US' }: Place = {}) {
  const locale = await showLanguage(language);
  await showPageTexts();
  const client = createQueryClient((client) => void client.invalidateQueries({ queryKey: keyOf(api.access.state) }));
  client.setDefaultOptions({ queries: { ...client.getDefaultOptions().queries, retry: false } });
  const router = createMemoryRouter(
    [
      { path, element: page },
      { path: '*', element: null },
    ],
    { initialEntries: [at] },
  );
  const view = render(
    <QueryClientProvider client={client}>
      <LocaleProvider initial={locale}>
        <ThemeProvider>
          <RouterProvider router={router} />
        </ThemeProvider>
      </LocaleProvider>
    </QueryClientProvider>,
  );
  return { ...view, router, client };
}
