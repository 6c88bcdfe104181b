import { AppError } from '@sluice/shared/errors';
import { api } from '@sluice/shared/http-api';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { Database } from '../stores/database.ts';
import { listUses } from './list-uses.ts';
import type { NodeCatalogue } from './node-catalogue.ts';
import type { TemplateRegistry } from './registry.ts';
import { INSTALLED, nodeTemplates, readCases, type TemplateRecord, toInstalled, toVersion } from './template-record.ts';

const { nodeTemplates: routes } = api;
/** A bundle and its cases. */
const BODY_LIMIT = 2 * 1024 * 1024;

export function registerNodeTemplateRoutes(
  serve: Serve,
  deps: { database: Database; registry: TemplateRegistry; catalogue: NodeCatalogue },
): void {
  const { registry, catalogue } = deps;
  const stored = deps.database.collection(nodeTemplates);
  const decided = (record: TemplateRecord) => {
    catalogue.take(record);
    return toVersion(record);
  };

  const kindsOf = async (name: string): Promise<string[]> => {
    const found = await stored.find({ name }, { projection: { _id: 1 } }).toArray();
    if (found.length === 0) throw new AppError('not-found', `There is no template ${name}`);
    return found.map(({ _id }) => _id);
  };

  serve(routes.listTemplates, async () => ({ items: await registry.list() }));
  serve(routes.listInstalled, async () => {
    const found = await stored
      .find({ state: { $in: [...INSTALLED] } }, { projection: { source: 0 } })
      .sort({ name: 1 })
      .toArray();
    return { items: (found as TemplateRecord[]).map(toInstalled) };
  });
  serve(routes.readTemplate, async ({ params: { name } }) => {
    const found = (await registry.list()).find((template) => template.name === name);
    if (found) return found;
    throw new AppError('not-found', `There is no template ${name}`);
  });
  serve(routes.listUses, async ({ params: { name } }) => listUses(deps.database, await kindsOf(name)));
  serve(routes.readSource, async ({ params: { name, version } }) => {
    const record = await registry.find(name, version);
    return { source: record.source, cases: readCases(record) };
  });
  serve(
    routes.submitTemplate,
    async ({ body, caller }) => {
      const { record, isNew } = await registry.submit(body, accountOf(caller));
      return { name: record.name, version: record.version, state: record.state, isNew };
    },
    { bodyLimit: BODY_LIMIT },
  );
  serve(routes.reviewTemplate, async ({ params: { name, version }, body, caller }) =>
    decided(
      body.decision === 'grant'
        ? await registry.grant(name, version, body.grant, accountOf(caller))
        : await registry.refuse(name, version, body.note, accountOf(caller)),
    ),
  );
  serve(routes.moveTemplate, async ({ params: { name, version }, body: { to, note }, caller }) => {
    const account = accountOf(caller);
    // Stopping what runs, and letting it run again, is for those who granted it.
    const { state } = await registry.find(name, version);
    if ((to === 'blocked' || state === 'blocked') && account.role !== 'administrator')
      throw new AppError('not-allowed', 'Only an administrator may block a version or lift the block', {
        details: { role: account.role, allowed: ['administrator'] },
      });
    return decided(await registry.move(name, version, to, note, account));
  });
}
