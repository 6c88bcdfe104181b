import { QueryClientProvider } from '@tanstack/react-query';
import { api } from '@sluice/shared/http-api';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { createQueryClient } from './http/query-client.ts';
import { keyOf } from './http/use-route.ts';
import { readLanguage } from './i18n/language.ts';
import { LocaleProvider } from './i18n/locale-provider.tsx';
import { showLanguage } from './i18n/switch-language.ts';
import { sendFirstRequests } from './shell/first-requests.ts';
import { reloadOnNewBuild } from './shell/reload-on-new-build.ts';
import { routes } from './shell/routes.tsx';
import { ThemeProvider } from './theme/theme-provider.tsx';

reloadOnNewBuild();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element with the id "root"');

const queryClient = createQueryClient((client) => void client.invalidateQueries({ queryKey: keyOf(api.access.state) }));
sendFirstRequests(queryClient, window.location.pathname);
const router = createBrowserRouter(routes);
const locale = await showLanguage(readLanguage());

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <LocaleProvider initial={locale}>
        <ThemeProvider>
          <RouterProvider router={router} />
        </ThemeProvider>
      </LocaleProvider>
    </QueryClientProvider>
  </StrictMode>,
);
