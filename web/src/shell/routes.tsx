import type { RouteObject } from 'react-router';
import { RequireSession } from '../access/require-session.tsx';
import { RouteFailure } from '../ui/error-boundary.tsx';
import { Loading } from '../ui/loading.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { Shell } from './shell.tsx';

/** Every page is its own chunk: the sign-in page does not carry the canvas. */
export const routes: RouteObject[] = [
  {
    errorElement: <RouteFailure />,
    hydrateFallbackElement: <Loading />,
    children: [
      { path: '/set-up', lazy: async () => ({ Component: (await import('../access/set-up-page.tsx')).SetUpPage }) },
      { path: '/sign-in', lazy: async () => ({ Component: (await import('../access/sign-in-page.tsx')).SignInPage }) },
      {
        element: (
          <RequireSession>
            <Shell />
          </RequireSession>
        ),
        children: [
          {
            errorElement: <RouteFailure />,
            children: [
              { path: '/', lazy: async () => ({ Component: (await import('../home/home-page.tsx')).HomePage }) },
              {
                path: '/flows',
                lazy: async () => ({ Component: (await import('../plans/flows-page.tsx')).FlowsPage }),
              },
              {
                path: '/flows/:flowId',
                lazy: async () => ({ Component: (await import('../plans/flow-page.tsx')).FlowPage }),
              },
              { path: '*', element: <NotFoundPage /> },
            ],
          },
        ],
      },
    ],
  },
];
