import type { RouteObject } from 'react-router';
import { RouteFailure } from '../ui/error-boundary.tsx';
import { Loading } from '../ui/loading.tsx';

/** Every page is its own chunk: the sign-in page does not carry the canvas. */
export const routes: RouteObject[] = [
  {
    errorElement: <RouteFailure />,
    hydrateFallbackElement: <Loading />,
    children: [
      { path: '/setup', lazy: async () => ({ Component: (await import('../access/set-up-page.tsx')).SetUpPage }) },
      { path: '/sign-in', lazy: async () => ({ Component: (await import('../access/sign-in-page.tsx')).SignInPage }) },
      {
        lazy: async () => ({ Component: (await import('./signed-in-shell.tsx')).SignedInShell }),
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
                path: '/failures',
                lazy: async () => ({ Component: (await import('../plans/failures-page.tsx')).FailuresPage }),
              },
              {
                path: '/flows/:flowId',
                lazy: async () => ({ Component: (await import('../plans/flow-page.tsx')).FlowPage }),
              },
              {
                path: '/audiences',
                lazy: async () => ({ Component: (await import('../audiences/audiences-page.tsx')).AudiencesPage }),
              },
              {
                path: '/audiences/new',
                lazy: async () => ({ Component: (await import('../audiences/create-audience.tsx')).CreateAudience }),
              },
              {
                path: '/audiences/:audienceId',
                lazy: async () => ({ Component: (await import('../audiences/audience-page.tsx')).AudiencePage }),
              },
              {
                path: '/audiences/:audienceId/edit',
                lazy: async () => ({ Component: (await import('../audiences/edit-audience.tsx')).EditAudience }),
              },
              {
                path: '/models',
                lazy: async () => ({ Component: (await import('../models/models-page.tsx')).ModelsPage }),
              },
              {
                path: '/models/new',
                lazy: async () => ({ Component: (await import('../models/create-model.tsx')).CreateModel }),
              },
              {
                path: '/models/:modelId',
                lazy: async () => ({ Component: (await import('../models/model-page.tsx')).ModelPage }),
              },
              {
                path: '/data/profiles',
                lazy: async () => ({ Component: (await import('../data/profiles/profiles-page.tsx')).ProfilesPage }),
              },
              {
                path: '/data/profiles/:profileId',
                lazy: async () => ({ Component: (await import('../data/profiles/profile-page.tsx')).ProfilePage }),
              },
              {
                path: '/data/imports',
                lazy: async () => ({ Component: (await import('../data/imports/imports-page.tsx')).ImportsPage }),
              },
              {
                path: '/data/imports/new',
                lazy: async () => ({ Component: (await import('../data/imports/upload-page.tsx')).UploadPage }),
              },
              {
                path: '/data/imports/:importId',
                lazy: async () => ({ Component: (await import('../data/imports/import-page.tsx')).ImportPage }),
              },
              {
                path: '/data/dictionary',
                lazy: async () => ({
                  Component: (await import('../data/dictionary/dictionary-page.tsx')).DictionaryPage,
                }),
              },
              {
                path: '/data/rfm/:name',
                lazy: async () => ({ Component: (await import('../data/derived/rfm-page.tsx')).RfmPage }),
              },
              {
                path: '/content/outbox',
                lazy: async () => ({ Component: (await import('../content/outbox/outbox-page.tsx')).OutboxPage }),
              },
              {
                path: '/settings/email',
                lazy: async () => ({
                  Component: (await import('../settings/email-provider-page.tsx')).EmailProviderPage,
                }),
              },
              {
                path: '/settings/services',
                lazy: async () => ({ Component: (await import('../settings/services-page.tsx')).ServicesPage }),
              },
              {
                path: '/settings/write-keys',
                lazy: async () => ({ Component: (await import('../settings/write-keys-page.tsx')).WriteKeysPage }),
              },
              {
                path: '/settings/accounts',
                lazy: async () => ({ Component: (await import('../settings/accounts-page.tsx')).AccountsPage }),
              },
              { path: '*', lazy: async () => ({ Component: (await import('./not-found-page.tsx')).NotFoundPage }) },
            ],
          },
        ],
      },
    ],
  },
];
