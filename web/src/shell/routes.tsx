import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import { showPageTexts } from '../i18n/switch-language.ts';
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
                lazy: page(async () => (await import('../plans/flows-page.tsx')).FlowsPage),
              },
              {
                path: '/templates',
                lazy: page(async () => (await import('../templates/templates-page.tsx')).TemplatesPage),
              },
              {
                path: '/templates/:templateId',
                lazy: page(async () => (await import('../templates/template-page.tsx')).TemplatePage),
              },
              {
                path: '/templates/:templateId/use',
                lazy: page(async () => (await import('../templates/use-template-page.tsx')).UseTemplatePage),
              },
              {
                path: '/approvals',
                lazy: page(async () => (await import('../approvals/approvals-page.tsx')).ApprovalsPage),
              },
              {
                path: '/approvals/:approvalId',
                lazy: page(async () => (await import('../approvals/approval-page.tsx')).ApprovalPage),
              },
              {
                path: '/failures',
                lazy: page(async () => (await import('../plans/failures-page.tsx')).FailuresPage),
              },
              {
                path: '/flows/:flowId',
                lazy: page(async () => (await import('../plans/flow-page.tsx')).FlowPage),
              },
              {
                path: '/flows/:flowId/form',
                lazy: page(async () => (await import('../templates/template-form-page.tsx')).TemplateFormPage),
              },
              {
                path: '/audiences',
                lazy: page(async () => (await import('../audiences/audiences-page.tsx')).AudiencesPage),
              },
              {
                path: '/audiences/new',
                lazy: page(async () => (await import('../audiences/create-audience.tsx')).CreateAudience),
              },
              {
                path: '/audiences/combine',
                lazy: page(async () => (await import('../audiences/combine-page.tsx')).CombinePage),
              },
              {
                path: '/audiences/:audienceId',
                lazy: page(async () => (await import('../audiences/audience-page.tsx')).AudiencePage),
              },
              {
                path: '/audiences/:audienceId/edit',
                lazy: page(async () => (await import('../audiences/edit-audience.tsx')).EditAudience),
              },
              { path: '/sql', lazy: page(async () => (await import('../sql/sql-page.tsx')).SqlPage) },
              {
                path: '/models',
                lazy: page(async () => (await import('../models/models-page.tsx')).ModelsPage),
              },
              {
                path: '/models/new',
                lazy: page(async () => (await import('../models/create-model.tsx')).CreateModel),
              },
              {
                path: '/models/:modelId',
                lazy: page(async () => (await import('../models/model-page.tsx')).ModelPage),
              },
              {
                path: '/data/profiles',
                lazy: page(async () => (await import('../data/profiles/profiles-page.tsx')).ProfilesPage),
              },
              {
                path: '/data/profiles/:profileId',
                lazy: page(async () => (await import('../data/profiles/profile-page.tsx')).ProfilePage),
              },
              {
                path: '/data/datasets',
                lazy: page(async () => (await import('../data/datasets/datasets-page.tsx')).DatasetsPage),
              },
              {
                path: '/data/datasets/new',
                lazy: page(async () => (await import('../data/datasets/declare-dataset.tsx')).DeclareDataset),
              },
              {
                path: '/data/datasets/:dataset',
                lazy: page(async () => (await import('../data/datasets/dataset-page.tsx')).DatasetPage),
              },
              {
                path: '/data/datasets/:dataset/edit',
                lazy: page(async () => (await import('../data/datasets/declare-dataset.tsx')).EditDataset),
              },
              {
                path: '/data/imports',
                lazy: page(async () => (await import('../data/imports/imports-page.tsx')).ImportsPage),
              },
              {
                path: '/data/imports/new',
                lazy: page(async () => (await import('../data/imports/upload-page.tsx')).UploadPage),
              },
              {
                path: '/data/imports/:importId',
                lazy: page(async () => (await import('../data/imports/import-page.tsx')).ImportPage),
              },
              {
                path: '/data/dictionary',
                lazy: page(async () => (await import('../data/dictionary/dictionary-page.tsx')).DictionaryPage),
              },
              {
                path: '/data/quality',
                lazy: page(async () => (await import('../data/quality/quality-page.tsx')).QualityPage),
              },
              {
                path: '/data/rfm/:name',
                lazy: page(async () => (await import('../data/derived/rfm-page.tsx')).RfmPage),
              },
              {
                path: '/content/outbox',
                lazy: page(async () => (await import('../content/outbox/outbox-page.tsx')).OutboxPage),
              },
              {
                path: '/node-templates',
                lazy: page(async () => (await import('../node-templates/node-templates-page.tsx')).NodeTemplatesPage),
              },
              {
                path: '/node-templates/:name',
                lazy: page(async () => (await import('../node-templates/node-template-page.tsx')).NodeTemplatePage),
              },
              {
                path: '/settings/email',
                lazy: page(async () => (await import('../settings/email-provider-page.tsx')).EmailProviderPage),
              },
              {
                path: '/settings/services',
                lazy: page(async () => (await import('../settings/services-page.tsx')).ServicesPage),
              },
              {
                path: '/settings/write-keys',
                lazy: page(async () => (await import('../settings/write-keys-page.tsx')).WriteKeysPage),
              },
              {
                path: '/settings/access-tokens',
                lazy: page(async () => (await import('../settings/access-tokens-page.tsx')).AccessTokensPage),
              },
              {
                path: '/settings/accounts',
                lazy: page(async () => (await import('../settings/accounts-page.tsx')).AccountsPage),
              },
              {
                path: '/settings/data-access',
                lazy: page(async () => (await import('../settings/records/records-page.tsx')).RecordsPage),
              },
              { path: '*', lazy: async () => ({ Component: (await import('./not-found-page.tsx')).NotFoundPage }) },
            ],
          },
        ],
      },
    ],
  },
];

/** A page and what it says travel side by side; neither is of use without the other. */
function page(load: () => Promise<ComponentType>): () => Promise<{ Component: ComponentType }> {
  return async () => {
    const [Component] = await Promise.all([load(), showPageTexts()]);
    return { Component };
  };
}
