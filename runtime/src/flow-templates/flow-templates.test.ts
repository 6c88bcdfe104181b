import { compareVersions } from '@sluice/shared/flow-template';
import type { ExposedParam, Graph } from '@sluice/shared/graph';
import {
  api,
  type BodyIn,
  type Flow,
  type FlowTemplate,
  type FlowTemplateForm,
  type RouteContract,
} from '@sluice/shared/http-api';
import { readyFlows } from '@sluice/templates/flows';
import { manifests } from '@sluice/templates/manifests';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { flows, flowVersions } from '../flows/flow-record.ts';
import { createFlowParts, OPERATOR, recordActivation, soundGraph } from '../flows/flows.fixture.ts';
import type { RouteInput, Serve } from '../http/serve.ts';
import { createTemplateFlows } from './template-flows.ts';
import { createTemplatePublisher, type TemplateCases } from './template-publisher.ts';
import { templateVersions } from './template-record.ts';
import { registerTemplateRoutes } from './template-routes.ts';
import { createTemplateStore, type TemplateStore } from './template-store.ts';

let store: TestDatabase;
let parts: ReturnType<typeof createFlowParts>;
let templates: TemplateStore;
let cases: TemplateCases = { list: async () => [], run: async () => [] };
let ask: <T>(route: RouteContract, input: object) => Promise<T>;

beforeAll(async () => {
  store = await openTestDatabase([flows, flowVersions, templateVersions]);
  const { database } = store;
  parts = createFlowParts(database, recordActivation());
  templates = createTemplateStore(database);
  await Promise.all([templates.seed(new Date(0)), templates.seed(new Date(1))]);
  const dictionary = {
    checkingFacts: async () => ({ attributes: new Map<string, string>(), events: new Set<string>() }),
  };
  const clock = { now: () => Date.parse('2026-11-22T08:00:00.000Z') };
  const deps = { ...parts, database, templates, manifests, dictionary, clock };
  const handlers = new Map<unknown, (input: RouteInput<never>) => Promise<unknown>>();
  const serve: Serve = (route, handle) => void handlers.set(route, handle as never);
  registerTemplateRoutes(serve, {
    ...deps,
    publisher: createTemplatePublisher({
      ...deps,
      cases: { list: (id) => cases.list(id), run: (id, graph) => cases.run(id, graph) },
    }),
    templateFlows: createTemplateFlows(deps),
  });
  ask = async (route, input) => {
    const caller = { kind: 'account', account: { ...OPERATOR, role: 'administrator' } };
    const reply = await handlers.get(route)?.({ params: {}, query: {}, body: {}, caller, ...input } as never);
    const misfits = [...Value.Errors(route.reply, reply)];
    if (misfits.length > 0) throw new Error(`${route.path} breaks its contract: ${JSON.stringify(misfits[0])}`);
    return reply as never;
  };
});
afterAll(() => store.close());

const text = (name: string) => ({ name, description: name, why: '', forWhom: '', toSet: '' });
const texts = (name: string) => ({ 'en-US': text(name), 'zh-CN': text(name) });
const REASON: ExposedParam = {
  id: 'reason',
  label: { 'en-US': 'Reason', 'zh-CN': '原因' },
  places: [{ node: 'end', pointer: '/reason' }],
};
const asking = (reason = 'done'): Graph => ({ ...soundGraph(reason), exposed: [REASON] });

async function draftOf(graph: Graph, version = '1.0.0'): Promise<BodyIn<typeof api.flowTemplates.publishTemplate>> {
  const flow = await parts.drafts.create({ name: 'Any', graph }, OPERATOR);
  return { flowId: flow._id, baseRevision: flow.revision, version, texts: texts('Own'), icon: 'mail', note: '' };
}
const create = async (id: string, graph: Graph) =>
  ask<FlowTemplate>(api.flowTemplates.createTemplate, { body: { id, ...(await draftOf(graph)) } });
const make = (templateId: string, answers: Record<string, unknown> = {}) =>
  ask<Flow>(api.flowTemplates.makeFlow, {
    params: { templateId },
    body: { name: 'Made', locale: 'zh-CN', answers },
  });
const reasonOf = (graph: Graph) => graph.nodes.find(({ id }) => id === 'end')?.params['reason'];

describe('[TPL-6] the ready-made flows', () => {
  test('are templates once each, however often the product starts', async () => {
    const { items } = await ask<{ items: { id: string; isBuiltIn: boolean; picture: string }[] }>(
      api.flowTemplates.listTemplates,
      { query: { locale: 'zh-CN' } },
    );
    expect(items.filter(({ isBuiltIn }) => isBuiltIn).map(({ id }) => id)).toEqual(readyFlows.map(({ id }) => id));
    for (const { picture } of items) expect(picture).toMatch(/^<svg /);
  });

  test('are not changed here', async () => {
    const publication = await draftOf(asking(), '9.0.0');
    const changed = ask(api.flowTemplates.publishTemplate, { params: { templateId: 'welcome' }, body: publication });
    await expect(changed).rejects.toMatchObject({ code: 'template-built-in' });
    await expect(create('welcome', asking())).rejects.toMatchObject({ code: 'name-taken' });
  });

  test('stay archived when the product brings a later version', async () => {
    const stored = store.database.collection(templateVersions);
    const { _id, ...newest } = await templates.get('survey');
    await stored.insertOne({ ...newest, _id: 'survey@0.9.0', version: '0.9.0', order: 90_000, isArchived: true });
    await stored.deleteOne({ _id });
    await templates.seed(new Date(2));
    expect(await templates.get('survey')).toMatchObject({ version: newest.version, isArchived: true });
    await templates.setArchived('survey', false);
  });
});

describe('[TPL-3] versions of a template', () => {
  test('are each later than all before, and stay as they are', async () => {
    await create('versions', asking('one'));
    const params = { templateId: 'versions' };
    for (const version of ['1.0.0', '0.9.0'])
      await expect(
        ask(api.flowTemplates.publishTemplate, { params, body: await draftOf(asking('two'), version) }),
      ).rejects.toMatchObject({ code: 'template-version', details: { newest: '1.0.0' } });
    await ask(api.flowTemplates.publishTemplate, { params, body: await draftOf(asking('ten'), '1.10.0') });
    await ask(api.flowTemplates.publishTemplate, { params, body: await draftOf(asking('last'), '2.0.0') });
    const newest = await ask<FlowTemplate>(api.flowTemplates.getTemplate, { params });
    expect(newest.versions.map(({ version }) => version)).toEqual(['2.0.0', '1.10.0', '1.0.0']);
    expect(
      newest.versions
        .map(({ version }) => version)
        .toSorted(compareVersions)
        .at(-1),
    ).toBe(newest.version);
    const first = await ask<FlowTemplate>(api.flowTemplates.getTemplate, { params, query: { version: '1.0.0' } });
    expect(reasonOf(first.graph)).toBe('one');
  });

  test('say from which flow they were made, so that the next can be made from it, too', async () => {
    const first = await draftOf(asking('one'));
    const made = await ask<FlowTemplate>(api.flowTemplates.createTemplate, { body: { id: 'source', ...first } });
    expect(made.sourceFlow).toBe(first.flowId);
    const other = await draftOf(asking('two'), '1.1.0');
    await ask(api.flowTemplates.publishTemplate, { params: { templateId: 'source' }, body: other });
    const { items } = await ask<{ items: FlowTemplate[] }>(api.flowTemplates.listTemplates, {});
    expect(items.find(({ id }) => id === 'source')?.sourceFlow).toBe(other.flowId);
    expect(items.find(({ id }) => id === 'welcome')).not.toHaveProperty('sourceFlow');
  });

  test('a problem keeps a draft from becoming one, unless it is asked for', async () => {
    const open: Graph = { ...soundGraph(), edges: [] };
    await expect(create('open', open)).rejects.toMatchObject({ code: 'flow-template-invalid' });
    const service: Graph = {
      ...soundGraph(),
      nodes: [
        ...soundGraph().nodes,
        {
          id: 'risk',
          kind: 'service',
          kindVersion: 1,
          params: { service: '', cases: [], withinMs: 1000 },
          position: { x: 0, y: 0 },
        },
      ],
      edges: [
        { id: 'e1', from: 'start', port: 'next', to: 'risk' },
        { id: 'e2', from: 'risk', port: 'other', to: 'end' },
        { id: 'e3', from: 'risk', port: 'fallback', to: 'end' },
      ],
    };
    await expect(create('service', service)).rejects.toMatchObject({ code: 'flow-template-invalid' });
    const exposed: ExposedParam[] = [{ ...REASON, id: 'risk', places: [{ node: 'risk', pointer: '/service' }] }];
    await create('service', { ...service, exposed });
    const gone: ExposedParam[] = [{ ...REASON, places: [{ node: 'nowhere', pointer: '/x' }] }];
    await expect(create('gone', { ...soundGraph(), exposed: gone })).rejects.toMatchObject({
      code: 'flow-template-invalid',
      details: { problem: { 'zh-CN': expect.stringContaining('原因') } },
    });
  });

  test('failing cases keep a draft from becoming one', async () => {
    const usual = cases;
    cases = { ...usual, run: async () => [{ caseId: 'c', name: 'C', isPassed: false, checks: [], covered: {} }] };
    await expect(create('failing', asking())).rejects.toMatchObject({ code: 'cases-failing' });
    cases = usual;
    await create('failing', asking());
  });
});

describe('[TPL-5] answers', () => {
  test('come to stand in the flow, which remembers where it is from', async () => {
    await create('answers', asking('default'));
    const flow = await make('answers', { reason: 'given' });
    expect(reasonOf(flow.graph)).toBe('given');
    expect(flow.graph.origin).toEqual({
      template: 'answers',
      version: '1.0.0',
      locale: 'zh-CN',
      answers: { reason: 'given' },
    });
    expect(reasonOf((await make('answers')).graph)).toBe('default');
  });

  test.each([
    [{ reason: 12 }, '原因'],
    [{ nothing: 1 }, 'nothing'],
  ])('%j is refused by name', async (answers, names) => {
    await expect(make('answers', answers)).rejects.toMatchObject({ code: 'template-answers', details: { names } });
  });
});

describe('[TPL-4] an upgrade', () => {
  test('brings what changed into the draft and keeps what operators changed', async () => {
    await create('upgrades', asking('first'));
    const flow = await make('upgrades');
    const params = { flowId: flow.id };
    const graph: Graph = {
      ...flow.graph,
      nodes: flow.graph.nodes.map((node) => (node.id === 'start' ? { ...node, name: 'Our people' } : node)),
    };
    await parts.drafts.save(flow.id, { name: 'Made', graph, baseRevision: 1 }, OPERATOR);
    const template = { params: { templateId: 'upgrades' } };
    await ask(api.flowTemplates.publishTemplate, { ...template, body: await draftOf(asking('second'), '1.1.0') });

    expect(reasonOf((await ask<Flow>(api.flowTemplates.planUpgrade, { params })).graph)).toBe('second');
    expect(reasonOf(JSON.parse((await parts.drafts.get(flow.id)).graphText))).toBe('first');
    const body = { version: '1.1.0', baseRevision: 2, choices: {} };
    const saved = await ask<{ revision: number }>(api.flowTemplates.upgradeFlow, { params, body });
    // Asking again after a lost answer changes nothing more.
    expect(await ask(api.flowTemplates.upgradeFlow, { params, body })).toEqual(saved);

    const upgraded = JSON.parse((await parts.drafts.get(flow.id)).graphText) as Graph;
    expect(reasonOf(upgraded)).toBe('second');
    expect(upgraded.nodes.find(({ id }) => id === 'start')?.name).toBe('Our people');
    expect(upgraded.origin?.version).toBe('1.1.0');
    const { items } = await ask<{ items: object[] }>(api.flowTemplates.listFlowsOfTemplate, template);
    expect(items).toMatchObject([{ id: flow.id, version: '1.1.0' }]);
  });

  test('of a place that both changed is named, and goes as it is chosen', async () => {
    await create('conflicts', asking('first'));
    const flow = await make('conflicts');
    const params = { flowId: flow.id };
    const nodes = flow.graph.nodes.map((node) =>
      node.id === 'end' ? { ...node, params: { reason: 'operator' } } : node,
    );
    await parts.drafts.save(flow.id, { name: 'Made', graph: { ...flow.graph, nodes }, baseRevision: 1 }, OPERATOR);
    await ask(api.flowTemplates.publishTemplate, {
      params: { templateId: 'conflicts' },
      body: await draftOf(asking('second'), '2.0.0'),
    });
    const planned = await ask<{ graph: Graph; conflicts: { id: string }[] }>(api.flowTemplates.planUpgrade, { params });
    expect(reasonOf(planned.graph)).toBe('operator');
    expect(planned.conflicts.map(({ id }) => id)).toEqual(['node/end/params/reason']);
    const choices = { 'node/end/params/reason': 'theirs' };
    const late = { params, body: { version: '2.0.0', baseRevision: 1, choices } };
    await expect(ask(api.flowTemplates.upgradeFlow, late)).rejects.toMatchObject({ code: 'draft-conflict' });
    await ask(api.flowTemplates.upgradeFlow, { params, body: { version: '2.0.0', baseRevision: 2, choices } });
    expect(reasonOf(JSON.parse((await parts.drafts.get(flow.id)).graphText))).toBe('second');
  });

  test('is refused for a flow that was made from no template', async () => {
    const flow = await parts.drafts.create({ name: 'Own', graph: soundGraph() }, OPERATOR);
    const planned = ask(api.flowTemplates.planUpgrade, { params: { flowId: flow._id } });
    await expect(planned).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('[TPL-7] the form of a template, opened again', () => {
  const form = (flowId: string) => ask<FlowTemplateForm>(api.flowTemplates.readTemplateForm, { params: { flowId } });
  const fill = (flowId: string, baseRevision: number, answers: object) =>
    ask<{ revision: number }>(api.flowTemplates.saveTemplateForm, {
      params: { flowId },
      body: { baseRevision, answers },
    });

  test('holds what the draft says now, and changes only what is answered otherwise', async () => {
    await create('again', asking('first'));
    const { id, graph } = await make('again', { reason: 'given' });
    const nodes = graph.nodes.map((node) =>
      node.id === 'end' ? { ...node, params: { reason: 'by hand' } } : { ...node, name: 'Our people' },
    );
    await parts.drafts.save(id, { name: 'Made', graph: { ...graph, nodes }, baseRevision: 1 }, OPERATOR);
    expect(await form(id)).toMatchObject({
      revision: 2,
      answers: { reason: 'by hand' },
      changed: ['reason'],
      gone: [],
    });
    const saved = await fill(id, 2, { reason: 'new' });
    // Asking again after a lost answer changes nothing more.
    expect(await fill(id, 2, { reason: 'new' })).toEqual(saved);
    const filled = JSON.parse((await parts.drafts.get(id)).graphText) as Graph;
    expect(reasonOf(filled)).toBe('new');
    expect(filled.nodes.find((node) => node.id === 'start')?.name).toBe('Our people');
    expect(filled.origin?.answers).toEqual({ reason: 'new' });
  });

  test('refuses what its params cannot hold, and a draft that has moved on', async () => {
    const { id } = await make('again', {});
    await expect(fill(id, 1, { reason: 12 })).rejects.toMatchObject({ code: 'template-answers' });
    await expect(fill(id, 1, { nothing: 1 })).rejects.toMatchObject({ code: 'template-answers' });
    await expect(fill(id, 7, { reason: 'x' })).rejects.toMatchObject({ code: 'draft-conflict' });
  });
});

test('a template that was put away is taken out again', async () => {
  await create('archive', asking());
  const params = { templateId: 'archive' };
  const archived = await ask<FlowTemplate>(api.flowTemplates.archiveTemplate, { params, body: { isArchived: true } });
  expect(archived.isArchived).toBe(true);
  const back = await ask<FlowTemplate>(api.flowTemplates.archiveTemplate, { params, body: { isArchived: false } });
  expect(back.isArchived).toBe(false);
});
