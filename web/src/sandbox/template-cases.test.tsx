import { api, type FlowTemplate } from '@sluice/shared/http-api';
import { readyFlows } from '@sluice/templates/flows';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { AT } from '../../test/small-flow.ts';
import { TemplateCases } from './template-cases.tsx';

const { server } = useReplyServer();
const ready = readyFlows.find(({ id }) => id === 'win-back');
if (!ready) throw new Error('The ready-made flow is gone');
const cases = [...ready.cases['en-US']];
const template: FlowTemplate = {
  id: 'win-back',
  version: '1.0.0',
  icon: ready.icon,
  texts: ready.texts,
  isBuiltIn: true,
  isArchived: false,
  nodes: 1,
  flows: 1,
  publishedAt: AT,
  publishedBy: 'Sluice',
  note: '',
  graph: ready.graph['en-US'],
  cases,
  versions: [],
};
const origin = { template: 'win-back', version: '1.0.0', locale: 'en-US', answers: {} } as const;
const [first, ...others] = cases;

beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.flowTemplates.getTemplate, template);
  server().reply(api.cases.createCase, ({ body }) => ({
    ...(body as (typeof cases)[number]),
    id: 'c',
    flowId: 'f1',
    updatedAt: AT,
    updatedBy: 'Ada',
  }));
});

test('the cases that a flow has not yet are taken over from its template', async () => {
  await renderPage(<TemplateCases flowId="f1" origin={origin} known={[first?.name ?? '']} />, { path: '/', at: '/' });
  await userEvent.click(
    await screen.findByRole('button', { name: `Take over ${others.length} cases of its template` }),
  );
  await waitFor(() => expect(server().callsOf(api.cases.createCase)).toHaveLength(others.length));
  expect(
    server()
      .callsOf(api.cases.createCase)
      .map(({ body }) => body),
  ).toEqual(others);
});

test('with all of them there is nothing to take over', async () => {
  const known = cases.map(({ name }) => name);
  await renderPage(<TemplateCases flowId="f1" origin={origin} known={known} />, { path: '/', at: '/' });
  await waitFor(() => expect(server().callsOf(api.flowTemplates.getTemplate)).toHaveLength(1));
  expect(screen.queryByRole('button')).toBeNull();
});
