import { registerAccessRoutes, toCallerSource } from './access/access-routes.ts';
import { createAccessTokens } from './access/access-tokens.ts';
import { createAccounts } from './access/accounts.ts';
import { createReveals } from './access/reveals.ts';
import { createSessions } from './access/sessions.ts';
import { createSetup } from './access/setup.ts';
import { createSignInThrottle } from './access/sign-in-throttle.ts';
import { createWriteKeys } from './access/write-keys.ts';
import { createReachedListener } from './analytics/mark-reached.ts';
import { createFlowTotals } from './analytics/flow-totals.ts';
import { registerResultRoutes } from './analytics/result-routes.ts';
import { countStandingRuns } from './analytics/standing-runs.ts';
import { createApprovals } from './approvals/approvals.ts';
import { createApprovalNotices } from './approvals/approval-notices.ts';
import { registerApprovalRoutes } from './approvals/approval-routes.ts';
import { createApprovalList } from './approvals/list-approvals.ts';
import { createApprovalSettings } from './approvals/approval-setting.ts';
import { registerAttributeRoutes } from './attributes/attribute-routes.ts';
import { registerAudienceRoutes } from './audiences/audience-routes.ts';
import { registerExportRoutes } from './audiences/export-routes.ts';
import { registerRecentConditionRoutes } from './audiences/recent-condition-routes.ts';
import { registerSavedAudienceRoutes } from './audiences/saved-audience-routes.ts';
import { registerCallRoutes } from './calls/call-routes.ts';
import { registerDeliveryRoutes } from './channels/delivery-routes.ts';
import { registerEmailProviderRoutes } from './channels/email/provider-routes.ts';
import { COLLECTIONS } from './composition/collections.ts';
import type { Core } from './composition/core.ts';
import { composeData } from './composition/data.ts';
import { composeEngine } from './composition/engine.ts';
import { composeFlowTemplates } from './composition/flow-templates.ts';
import { composeMessages } from './composition/messages.ts';
import { composeNodeKinds, composeNodeTemplates } from './composition/node-templates.ts';
import { composeQuality } from './composition/quality.ts';
import { registerDictionaryRoutes } from './conditions/dictionary-routes.ts';
import { composeForecasts } from './composition/forecast.ts';
import { composeModels } from './composition/models.ts';
import { composeSandbox } from './composition/sandbox.ts';
import type { Config } from './config.ts';
import { registerDatasetRoutes } from './datasets/dataset-routes.ts';
import { createRelatedView } from './datasets/view-related.ts';
import { registerContentRoutes } from './content/content-routes.ts';
import { registerDerivedRoutes } from './derived/derived-routes.ts';
import { registerTriggerRoutes } from './enrolment/trigger-routes.ts';
import { createExplanations } from './explanation/explanation.ts';
import { registerExplanationRoutes } from './explanation/explanation-routes.ts';
import { registerTemplateRoutes } from './flow-templates/template-routes.ts';
import { createDraftCheck } from './flows/check-draft.ts';
import { createFlowDrafts } from './flows/flow-drafts.ts';
import { createFlowList } from './flows/flow-list.ts';
import { createFlowPublisher } from './flows/flow-publisher.ts';
import { flows } from './flows/flow-record.ts';
import { registerFlowRoutes } from './flows/flow-routes.ts';
import { registerLifecycleRoutes } from './flows/lifecycle-routes.ts';
import { createFlowPresence } from './flows/presence.ts';
import { registerPresenceRoutes } from './flows/presence-routes.ts';
import { createFlowSettling, type FlowActivation } from './flows/settle-flow.ts';
import { createFlowVersions } from './flows/flow-versions.ts';
import { registerForecastRoutes } from './forecast/forecast-routes.ts';
import { registerHookRoutes } from './hooks/hook-routes.ts';
import { createHooks } from './hooks/hooks.ts';
import { createMapping } from './hooks/mapping.ts';
import { accountOf } from './http/caller.ts';
import { createServer } from './http/create-server.ts';
import type { Caller } from './http/serve.ts';
import { createAliases } from './identities/aliases.ts';
import { registerIdentityRoutes } from './identities/identity-routes.ts';
import { createMerges, type Merges } from './identities/merges.ts';
import { createProfileRemover } from './identities/remove-profile.ts';
import { registerImportRoutes } from './imports/import-routes.ts';
import { createImports } from './imports/imports.ts';
import { registerIngestRoutes } from './ingest/ingest-routes.ts';
import { registerLinkRoutes } from './links/link-routes.ts';
import type { EventMatcher } from './matching/event-matcher.ts';
import { registerModelRoutes } from './models/model-routes.ts';
import { registerNodeTemplateRoutes } from './node-templates/template-routes.ts';
import { createMetrics } from './ops/metrics.ts';
import { registerOpsRoutes } from './ops/ops-routes.ts';
import { createProfileList } from './profiles/profile-list.ts';
import { registerProfileRoutes } from './profiles/profile-routes.ts';
import { createProfileSource } from './profiles/profile-source.ts';
import { registerQualityRoutes } from './quality/quality-routes.ts';
import { createQuarantine } from './quality/quarantine.ts';
import { createCases } from './sandbox/cases.ts';
import { registerSandboxRoutes } from './sandbox/sandbox-routes.ts';
import { loadSecretKey } from './secrets/secret-key.ts';
import { createAgendaScheduler } from './scheduler/agenda-scheduler.ts';
import { registerStatementRoutes } from './sql/statement-routes.ts';
import { applyIndexes, type Database } from './stores/database.ts';

export interface App {
  /** Starts the clock work and answering; the address as a person would open it. */
  listen(): Promise<string>;
  /** A one-time token while no account exists. */
  openSetup(): Promise<string | undefined>;
  /** Stops accepting, lets calls and jobs finish. The database stays open: whoever opened it closes it. */
  close(): Promise<void>;
}

export interface Surroundings extends Pick<Core, 'log' | 'clock'> {
  version: string;
}

/** What a crash kept from the triggers or left unmatched is found again within this time. */
const SETTLE_EVERY_MS = 20_000;
/** So much is a look at an experiment late at most. */
const LOOK_EVERY_MS = 60_000;

/** The one place that builds the parts and hands them to each other; `composition/` holds it by area. */
export async function compose(config: Config, database: Database, surroundings: Surroundings): Promise<App> {
  const { log, clock, version } = surroundings;
  await applyIndexes(database, COLLECTIONS);
  const core: Core = { database, clock, log };
  const { timeZone } = config;
  const metrics = createMetrics();
  const access = composeAccess(core, config, version);
  const scheduler = createAgendaScheduler(database, log);
  const versions = createFlowVersions(core);
  // Events are recorded by parts that the engine is made of, and matched by the engine.
  const matching: { matcher?: EventMatcher } = {};
  const joining: { merges?: Merges } = {};
  const catalogue = composeNodeKinds(core);
  const { kinds } = catalogue;
  const { manifests } = kinds;
  const data = composeData(core, {
    scheduler,
    timeZone,
    onEvents: (events, batch) => matching.matcher?.take(events, batch),
    onRecognised: async (pairs) => joining.merges?.join(pairs),
  });
  const secretKey = await loadSecretKey(config);
  const messages = await composeMessages(core, config, {
    ...data,
    secretKey,
    listener: createReachedListener(database),
  });
  const engine = await composeEngine(core, config, {
    ...data,
    scheduler,
    versions,
    messages: messages.channel.dispatch,
    secretKey,
    catalogue,
  });
  const { matcher, httpCalls } = engine;
  matching.matcher = matcher;
  data.saved.follow(engine.enrolment.membershipEntries);
  const aliases = createAliases(core);
  const merges = createMerges({ ...core, ...data, aliases });
  joining.merges = merges;
  const importJobs = createImports({ ...core, ...data, ...data.saved, scheduler, timeZone });
  const modelJobs = composeModels(core, { ...data, scheduler, timeZone });
  const drafts = createFlowDrafts(core);
  const check = createDraftCheck({
    manifests,
    ...data,
    compiler: messages.compiler,
    calls: httpCalls.check,
    clock,
    ensure: catalogue.ensure,
  });
  const settling = createFlowSettling({ ...core, ...engine, activation: beginning(engine) });
  const sandbox = await composeSandbox(core, config, {
    ...data,
    engine,
    kinds,
    compiler: messages.compiler,
    drafts,
    versions,
    check,
    names: createFlowNames(database),
  });
  const forecastJobs = composeForecasts(core, { ...data, catalogue, engine, scheduler, versions, sandbox, timeZone });
  const testCases = createCases({ ...core, sandbox, manifests });
  const flowTemplates = await composeFlowTemplates(core, { ...data, drafts, check, cases: testCases, manifests });
  const approvalSettings = createApprovalSettings(core);
  const publisher = createFlowPublisher({
    ...core,
    drafts,
    check,
    manifests,
    settling,
    cases: { run: (flowId, graph) => testCases.run(flowId, { graph }) },
    approvals: approvalSettings,
  });
  const approvals = createApprovals({ ...core, ...access, drafts, publisher });
  const approvalNotices = createApprovalNotices({
    ...core,
    ...access,
    drafts,
    sender: messages.testSender,
    publicUrl: config.publicUrl,
  });
  scheduler.define('flows:settle', async () => {
    await settling.settleAll();
    await engine.enrolment.activation.resume();
    await engine.changes.resume();
    await importJobs.resume();
    await data.saved.resume();
    await modelJobs.resume();
    await forecastJobs.resume();
    await merges.resume();
    await data.datasets.resume();
    await approvals.resume();
    await matcher.sweep();
  });
  // By itself: a mail server that does not answer must not hold up what flows wait for.
  scheduler.define('approvals:tell', () => approvalNotices.tell());

  const quality = composeQuality(core, config, { scheduler, sender: messages.testSender });
  scheduler.define('experiments:look', (_, job) => engine.experiments.lookAtDue(job));

  const server = await createServer({
    version,
    log,
    callers: toCallerSource(access),
    webDist: config.webDist,
    trustProxy: config.trustProxy,
    onAnswer: metrics.observeAnswer,
  });
  const { serve, serveRaw } = server;
  registerOpsRoutes(serveRaw, { database, metrics, metricsToken: config.metricsToken });
  registerAccessRoutes(serve, access);
  registerIngestRoutes(serve, data);
  registerImportRoutes(server, { ...data, imports: importJobs });
  registerProfileRoutes(serve, { ...data, profiles: createProfileList(core), reveals: createReveals(core) });
  registerDictionaryRoutes(serve, data);
  registerAttributeRoutes(serve, data.derived);
  registerDatasetRoutes(serve, { ...core, ...data, timeZone });
  registerDerivedRoutes(serve, { ...data, ...data.derived });
  registerQualityRoutes(serve, { ...data, ...quality, quarantine: createQuarantine({ ...core, ...data, aliases }) });
  registerIdentityRoutes(serve, { merges, remover: createProfileRemover({ ...core, ...engine, aliases }) });
  registerAudienceRoutes(serve, { ...core, ...data, timeZone });
  registerRecentConditionRoutes(serve, data);
  registerSavedAudienceRoutes(serve, { ...core, ...data, ...data.saved });
  registerExportRoutes(serve, serveRaw, { ...core, ...data, ...data.saved });
  registerModelRoutes(serve, { ...core, ...data, ...data.saved, models: modelJobs });
  registerStatementRoutes(serve, { ...data, ...data.saved });
  const list = createFlowList({ database, totals: createFlowTotals(database) });
  registerFlowRoutes(serve, { database, drafts, list, check, publisher, recent: data.recent });
  registerTemplateRoutes(serve, { ...flowTemplates, list });
  registerApprovalRoutes(serve, {
    approvals,
    settings: approvalSettings,
    list: createApprovalList({ database, check }),
  });
  registerPresenceRoutes(serve, { presence: createFlowPresence(core) });
  registerLifecycleRoutes(serve, {
    ...core,
    ...engine,
    drafts,
    publisher,
    versions,
    names: createFlowNames(database),
    standing: (flowId) => countStandingRuns(database, flowId),
  });
  registerTriggerRoutes(serve, {
    ...engine.enrolment,
    ...data,
    clock,
    profiles: createProfileSource(database),
    timeZone,
  });
  const mapping = createMapping();
  registerHookRoutes(server, {
    ...core,
    ...engine.enrolment,
    ...data,
    profiles: createProfileSource(database),
    hooks: createHooks({ ...core, secretKey }),
    mapping,
  });
  registerResultRoutes(serve, {
    ...core,
    readLevels: data.readLevels,
    wakeUps: engine.wakeUps,
    names: createFlowNames(database),
    decisionOf: engine.experiments.decisionOf,
    async versionOf(flowId, wanted) {
      const found = wanted ?? (await versions.newest(flowId))?.version;
      return found === undefined ? undefined : engine.programs.get(flowId, found);
    },
  });
  const profileSource = createProfileSource(database);
  const findProfileFacts = async (id: string, caller: Caller) => {
    const facts = (await profileSource.facts([id])).get(id);
    const lens = await data.readLevels.of(accountOf(caller).role);
    return facts && { ...facts, attributes: lens.view(facts.attributes).attributes };
  };
  const findRelated = createRelatedView({ ...data, clock, timeZone });
  const shown = {
    findProfileFacts,
    findRelated: async (lookups: readonly string[], id: string, caller: Caller) =>
      findRelated(lookups, id, await data.readLevels.of(accountOf(caller).role)),
  };
  registerContentRoutes(serve, { compiler: messages.compiler, ...shown });
  registerCallRoutes(serve, { ...core, ...httpCalls, ...shown, secretKey });
  registerSandboxRoutes(serve, { sandbox, cases: testCases, drafts });
  registerExplanationRoutes(
    serve,
    createExplanations({ ...core, ...data, ...engine, ...engine.enrolment, drafts, sandbox, timeZone }),
  );
  registerForecastRoutes(serve, { ...core, forecasts: forecastJobs });
  registerDeliveryRoutes(serve, core);
  registerEmailProviderRoutes(serve, { settings: messages.channel.settings, testSender: messages.testSender });
  registerLinkRoutes(serveRaw, messages.tracker);
  registerNodeTemplateRoutes(serve, { ...core, catalogue, registry: composeNodeTemplates(core, engine.code) });

  return {
    async listen() {
      const { address, port } = await server.listen(config.host, config.port);
      await catalogue.start();
      await engine.startSweep();
      await scheduler.every('flows:settle', 'all', SETTLE_EVERY_MS);
      await scheduler.every('approvals:tell', 'all', SETTLE_EVERY_MS);
      await data.derived.start();
      await quality.start();
      await modelJobs.start();
      await scheduler.every('experiments:look', 'all', LOOK_EVERY_MS);
      await scheduler.start();
      messages.channel.sender.start();
      data.saved.start();
      httpCalls.worker.start();
      const host = address === '0.0.0.0' || address === '::' ? 'localhost' : address;
      return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    },
    openSetup: () => access.setup.open(),
    async close() {
      await server.close();
      catalogue.stop();
      await scheduler.stop();
      await messages.channel.sender.stop();
      await httpCalls.worker.stop();
      await httpCalls.close();
      await merges.idle();
      await matcher.stop();
      await data.saved.stop();
      await engine.lanes.stop();
      await engine.code.stop();
      await mapping.stop();
      await quality.close();
      await data.tally.close();
      await data.dictionary.close();
    },
  };
}

/** A version's experiments are known before its triggers take anybody in. */
function beginning({ enrolment, experiments }: Awaited<ReturnType<typeof composeEngine>>): FlowActivation {
  const { activation } = enrolment;
  return {
    ...activation,
    async published(version) {
      await experiments.begin(version);
      await activation.published(version);
    },
  };
}

function composeAccess(core: Core, config: Config, version: string) {
  const found = createAccounts(core);
  return {
    accounts: found,
    sessions: createSessions(core),
    setup: createSetup({ ...core, accounts: found }),
    throttle: createSignInThrottle(core),
    writeKeys: createWriteKeys(core),
    accessTokens: createAccessTokens(core),
    facts: {
      version,
      timeZone: config.timeZone,
      storage: config.mongodbUrl ? ('mongodb' as const) : ('embedded' as const),
    },
  };
}

/** Names of flows for lists of runs, one query for a page. */
function createFlowNames(database: Database) {
  return async (flowIds: readonly string[]) => {
    const found = await database
      .collection(flows)
      .find({ _id: { $in: [...flowIds] } })
      .project<{ _id: string; name: string }>({ name: 1 })
      .toArray();
    return new Map(found.map(({ _id, name }) => [_id, name]));
  };
}
