/** Makes a flow of every template with its defaults, in both languages: its picture is there, its cases pass and it is published. Then makes each a template of its own and upgrades a flow of it: an operator's change stays, and the template's comes in. */
import { ApiClient } from '@sluice/e2e/api-client';
import { startApp } from '@sluice/e2e/start-app';
import { defaultOf } from '@sluice/shared/flow-template';
import type { Graph, GraphNode } from '@sluice/shared/graph';
import { api, type FlowTemplate, type ServiceDefinition } from '@sluice/shared/http-api';
import { LOCALES, type Locale } from '@sluice/shared/model';
import { Report } from './fixture/report.ts';

/** What each service that a template asks for answers by. */
const DECIDES: Readonly<Record<string, string>> = { risk: 'decision', recommender: 'product' };

const report = new Report();
const app = await startApp({ env: { LOG_LEVEL: 'error' } });
const client = new ApiClient(app.url);
const isChinese = (text: string) => /\p{Script=Han}/u.test(text);

try {
  await client.setUp(app.setupToken ?? '');
  const services = new Map<string, string>();
  for (const [name, decides] of Object.entries(DECIDES))
    services.set(
      name,
      (await client.call(api.calls.createService, { body: { definition: serviceOf(name, decides) } })).id,
    );

  const { items } = await client.call(api.flowTemplates.listTemplates, { query: {} });
  const wrong: string[] = [];
  const sum = { templates: items.length, flows: 0, cases: 0, upgrades: 0 };
  const expect = (what: string, isRight: boolean) => {
    if (!isRight) wrong.push(what);
  };
  for (const { id, texts } of items) {
    for (const locale of LOCALES) {
      const template = await client.call(api.flowTemplates.getTemplate, {
        params: { templateId: id },
        query: { locale },
      });
      const about = `${id} (${locale})`;
      expect(
        `${about}: words`,
        Object.values(texts[locale]).every((text) => text.trim() !== ''),
      );
      expect(`${about}: language`, isChinese(Object.values(texts[locale]).join('')) === (locale === 'zh-CN'));
      sum.cases += await playAndPublish(template, locale, about);
      sum.flows += 1;
    }
    await upgrade(id);
    sum.upgrades += 1;
  }
  for (const locale of LOCALES) {
    const shown = await client.call(api.flowTemplates.listTemplates, { query: { locale } });
    for (const { id, picture, nodes } of shown.items)
      expect(`${id} (${locale}): picture`, (picture.match(/<g[ >]/g) ?? []).length === nodes);
  }
  for (const one of wrong) console.log(`  ${one}`);
  report.note('sum', sum);
  report.expect('at least twelve templates', items.length >= 12, true);
  report.expect('a case for each', sum.cases >= sum.flows, true);
  report.expect('what is wrong', wrong.length, 0);

  /** Publishing waits for the cases; answers how many there were. */
  async function playAndPublish(template: FlowTemplate, locale: Locale, about: string): Promise<number> {
    const answers = answersOf(template.graph);
    const flow = await client.call(api.flowTemplates.makeFlow, {
      params: { templateId: template.id },
      body: { name: about, locale, answers },
    });
    const params = { flowId: flow.id };
    for (const body of template.cases) await client.call(api.cases.createCase, { params, body });
    const { results } = await client.call(api.cases.runCases, { params, body: {} });
    for (const { name, isPassed } of results) expect(`${about}: case ${name}`, isPassed);
    const { version } = await client.call(api.flows.publishFlow, {
      params,
      body: { baseRevision: flow.revision, note: '' },
    });
    expect(`${about}: published`, version === 1);
    expect(`${about}: has cases`, results.length > 0);
    return results.length;
  }

  /** Only what is asked for and has no default: the services. */
  function answersOf({ exposed = [], ...graph }: Graph): Record<string, unknown> {
    const open = exposed.filter((param) => defaultOf(param, graph) === '');
    return Object.fromEntries(open.map(({ id }) => [id, services.get(id)]));
  }

  async function upgrade(id: string): Promise<void> {
    const { graph, texts, icon } = await client.call(api.flowTemplates.getTemplate, {
      params: { templateId: id },
      query: {},
    });
    const source = await client.call(api.flows.createFlow, { body: { name: id, graph } });
    const about = { flowId: source.id, texts, icon, note: '' };
    const own = { params: { templateId: `own-${id}` } };
    const body = { ...about, id: own.params.templateId, version: '1.0.0', baseRevision: source.revision };
    await client.call(api.flowTemplates.createTemplate, { body });
    const made = await client.call(api.flowTemplates.makeFlow, {
      ...own,
      body: { name: id, locale: 'en-US', answers: answersOf(graph) },
    });
    const [first, ...others] = graph.nodes.map((node) => node.id);
    const last = others.at(-1) ?? '';
    const params = { flowId: made.id };
    await save(made.id, made.revision, rename(made.graph, first ?? '', 'By the operator'));
    await save(source.id, source.revision, rename(graph, last, 'By the template'));
    await client.call(api.flowTemplates.publishTemplate, {
      ...own,
      body: { ...about, version: '1.1.0', baseRevision: source.revision + 1 },
    });
    const untouched = await client.call(api.flows.getFlow, { params });
    expect(`${id}: not silently`, nameIn(untouched.graph, last) !== 'By the template');
    const plan = await client.call(api.flowTemplates.planUpgrade, { params, query: {} });
    expect(`${id}: no conflict`, plan.conflicts.length === 0);
    await client.call(api.flowTemplates.upgradeFlow, {
      params,
      body: { version: '1.1.0', baseRevision: plan.revision, choices: {} },
    });
    const upgraded = await client.call(api.flows.getFlow, { params });
    expect(`${id}: operator's change stays`, nameIn(upgraded.graph, first ?? '') === 'By the operator');
    expect(`${id}: template's change comes in`, nameIn(upgraded.graph, last) === 'By the template');
  }

  async function save(flowId: string, baseRevision: number, graph: Graph): Promise<void> {
    await client.call(api.flows.saveDraft, { params: { flowId }, body: { name: flowId, graph, baseRevision } });
  }
} finally {
  await app.stop();
}
report.end('templates');

function rename(graph: Graph, id: string, name: string): Graph {
  return { ...graph, nodes: graph.nodes.map((node): GraphNode => (node.id === id ? { ...node, name } : node)) };
}

function nameIn({ nodes }: Graph, id: string): string | undefined {
  return nodes.find((node) => node.id === id)?.name;
}

function serviceOf(name: string, decides: string): ServiceDefinition {
  return {
    name,
    kind: 'generic',
    request: { method: 'POST', url: `https://${name}.example.test/`, headers: [], format: 'json', body: '' },
    secretHeader: '',
    fields: [{ name: decides, path: decides, type: 'string', isRequired: true }],
    decides,
    timeoutMs: 1000,
    maxAttempts: 1,
  };
}
