import { api, type Dataset, type Trace } from '@sluice/shared/http-api';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { AT, draftOf, EVERYONE, nodeNamed, row } from '../../test/small-flow.ts';
import { createEditor } from '../editor/editor.ts';
import { documentOf } from '../editor/flow-document.ts';
import { nodeKinds } from '../plans/node-kinds.ts';
import { blankScenario } from './scenario-draft.ts';
import { TestWorkspace } from './test-workspace.tsx';

const { server } = useReplyServer();
const START = Date.parse(AT);

const graph = row(
  EVERYONE,
  nodeNamed('Rich', 'rich', 'filter', {
    condition: { op: 'attribute', name: 'history', is: { operator: 'greaterThan', value: 100 } },
  }),
);
const flow = draftOf(graph);
const RIGHTS = { read: 'plain', mayReveal: false, mayUse: true } as const;
const POLICIES: Dataset = {
  name: 'policies',
  displayName: 'Policies',
  columns: [
    { name: 'number', type: 'string', sensitivity: 'internal', rights: RIGHTS },
    { name: 'premium', type: 'number', sensitivity: 'internal', rights: RIGHTS },
  ],
  userColumn: 'user',
  keyColumns: ['number'],
  lookups: [],
  rows: 0,
  isFilling: false,
  updatedAt: AT,
};
const seen = { cause: 'enter', reads: [], effects: [], run: 0 } as const;
const trace: Trace = {
  startAt: START,
  endAt: START,
  runs: [
    {
      id: 'r',
      flowId: 'f1',
      flowName: 'Spring sale',
      version: 1,
      status: 'ended',
      enteredAt: START,
      endedAt: START,
      endReason: { code: 'path-ends', values: {} },
      variants: {},
      standsAt: [],
    },
  ],
  entries: [
    {
      kind: 'visit',
      at: START,
      seq: 0,
      node: 'begin',
      outcome: 'advance',
      ports: ['next'],
      ...seen,
      reads: [],
      effects: [],
    },
    {
      kind: 'visit',
      at: START,
      seq: 1,
      node: 'rich',
      outcome: 'advance',
      ports: ['no'],
      ...seen,
      reads: [
        {
          kind: 'condition',
          isMatch: false,
          reason: {
            code: 'condition:attribute-fails',
            values: { attribute: 'history', is: '{"operator":"greaterThan","value":100}', actual: 7 },
          },
        },
      ],
      effects: [],
    },
  ],
  attributes: {},
  isCut: false,
};

beforeEach(() => {
  sessionStorage.clear();
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, {
    items: [
      {
        name: 'history',
        type: 'number',
        samples: ['7'],
        lastSeenAt: AT,
        sensitivity: 'internal',
        rights: { read: 'plain', mayReveal: false, mayUse: true },
      },
    ],
    next: null,
  });
  server().reply(api.data.listEvents, { items: [], next: null });
  server().reply(api.data.listProfiles, { items: [], next: null });
  server().reply(api.audiences.listAudiences, { items: [], next: null });
  server().reply(api.datasets.listDatasets, { items: [POLICIES] });
  server().reply(api.sandbox.dryRun, trace);
});

function open() {
  const editor = createEditor({
    document: documentOf(flow.name, graph),
    catalog: nodeKinds,
    createId: (prefix) => prefix,
    isReadOnly: true,
  });
  return renderPage(<TestWorkspace flow={flow} editor={editor} />);
}

test('a persona with what the flow looks at is offered at once; running it lights up its way and says what decided', async () => {
  const user = userEvent.setup();
  await open();
  const history = await screen.findByRole('spinbutton', { name: 'Value of history' });
  expect(history).toHaveValue('7');
  await user.click(screen.getByRole('button', { name: 'Run' }));
  await waitFor(() => expect(server().callsOf(api.sandbox.dryRun)).toHaveLength(1));
  expect(server().callsOf(api.sandbox.dryRun)[0]?.body).toMatchObject({
    graph,
    scenario: {
      subject: { kind: 'persona', persona: { attributes: { history: 7 } } },
      trigger: 'begin',
      isForced: false,
    },
  });
  const list = await screen.findByRole('list', { name: 'Timeline' });
  expect(within(list).getByText('Does not hold.')).toBeInTheDocument();
  expect(within(list).getAllByText(/history is greater than 100.* 7/)).not.toHaveLength(0);
  await user.click(screen.getByRole('button', { name: 'One step back' }));
  expect(within(list).queryByText('Does not hold.')).not.toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Inject' }));
  expect(await screen.findByRole('group', { name: 'Happening 1' })).toBeInTheDocument();
});

test('rows of a dataset are given to a persona in the form; what is not filled in yet is not sent', async () => {
  const user = userEvent.setup();
  await open();
  const addRow = await screen.findByRole('button', { name: 'Row' });
  await user.click(addRow);
  const row = screen.getByRole('group', { name: 'Row 1 Policies' });
  await user.click(within(row).getByRole('button', { name: 'Column' }));
  fireEvent.change(within(row).getByRole('combobox', { name: 'Name' }), { target: { value: 'premium' } });
  fireEvent.change(within(row).getByRole('spinbutton', { name: 'Value of premium' }), { target: { value: '640' } });
  await user.click(within(row).getByRole('button', { name: 'Column' }));
  await user.click(screen.getByRole('button', { name: 'Run' }));
  await waitFor(() => expect(server().callsOf(api.sandbox.dryRun)).toHaveLength(1));
  expect(JSON.stringify(server().callsOf(api.sandbox.dryRun)[0]?.body)).toContain(
    '"rows":[{"dataset":"policies","values":{"premium":640}}]',
  );
  await user.click(await screen.findByRole('tab', { name: 'Set-up' }));
  await user.click(await screen.findByRole('button', { name: 'Remove row 1' }));
  await user.click(screen.getByRole('button', { name: 'Run' }));
  await waitFor(() => expect(server().callsOf(api.sandbox.dryRun)).toHaveLength(2));
  expect(JSON.stringify(server().callsOf(api.sandbox.dryRun)[1]?.body)).not.toContain('policies');
});

test('[CASE-1] a dry run is kept as a case with what came of it, and running the cases shows what they do not exercise', async () => {
  const user = userEvent.setup();
  server().reply(api.cases.listCases, { items: [], next: null });
  await open();
  await user.click(await screen.findByRole('button', { name: 'Run' }));
  await screen.findByRole('list', { name: 'Timeline' });
  await user.click(screen.getByRole('tab', { name: 'Cases' }));
  await user.click(await screen.findByRole('button', { name: 'Save the set-up as a case' }));
  fireEvent.change(screen.getByRole('textbox', { name: 'Name of the case' }), {
    target: { value: 'The poor stay out' },
  });
  const one = {
    id: 'c1',
    flowId: 'f1',
    name: 'The poor stay out',
    scenario: blankScenario(graph, nodeKinds, [], { startAt: AT, personaId: 'p' }),
    assertions: [{ kind: 'reaches' as const, node: 'rich' }],
    updatedAt: AT,
    updatedBy: 'Ada',
  };
  server().reply(api.cases.createCase, one);
  server().reply(api.cases.listCases, { items: [one], next: null });
  await user.click(screen.getByRole('button', { name: 'Save the case' }));
  await waitFor(() => expect(server().callsOf(api.cases.createCase)).toHaveLength(1));
  expect(server().callsOf(api.cases.createCase)[0]?.body).toMatchObject({
    name: 'The poor stay out',
    assertions: [{ kind: 'reaches', node: 'rich' }, { kind: 'ends' }],
  });
  server().reply(api.cases.runCases, {
    results: [
      {
        caseId: 'c1',
        name: one.name,
        isPassed: false,
        checks: [{ assertion: { kind: 'reaches', node: 'lost' }, outcome: 'gone' }],
        covered: { begin: ['next'], rich: ['no'] },
      },
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Run 1 case' }));
  expect(await screen.findByText('failed')).toBeInTheDocument();
  expect(screen.getByText(/is no longer in the flow/)).toBeInTheDocument();
  const coverage = screen.getByRole('region', { name: 'What the cases exercise' });
  expect(coverage).toHaveTextContent('2 of 3 ways out');
  expect(within(coverage).getByText('Rich → Yes')).toBeInTheDocument();
  server().reply(api.sandbox.suggestPersona, { scenario: null, stuckAt: 'rich', tries: 3 });
  await user.click(within(coverage).getByRole('button', { name: 'Suggest a persona' }));
  expect(await within(coverage).findByText(/none comes past “Rich”/)).toBeInTheDocument();
});
