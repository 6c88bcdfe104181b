import { usedNames, type Condition } from '@sluice/shared/condition';
import { api, type Model } from '@sluice/shared/http-api';
import type { ReadLevels } from '../access/read-level.ts';
import type { AudienceList } from '../audiences/audience-list.ts';
import { type NamesDeps, readNames } from '../audiences/read-names.ts';
import { accountOf } from '../http/caller.ts';
import type { Caller, Serve } from '../http/serve.ts';
import type { Database } from '../stores/database.ts';
import { describeModel, listModels } from './model-list.ts';
import type { ModelRecord } from './model-record.ts';
import type { Models } from './models.ts';

export interface ModelRoutesDeps extends NamesDeps {
  database: Database;
  models: Models;
  audienceList: AudienceList;
  readLevels: ReadLevels;
}

export function registerModelRoutes(serve: Serve, deps: ModelRoutesDeps): void {
  const { models } = deps;

  /** A report names attributes and their values: each reader is shown what his role may see. */
  async function describe(model: ModelRecord, caller: Caller): Promise<Model> {
    const [names, lens] = await Promise.all([readNames(deps), deps.readLevels.of(accountOf(caller).role)]);
    return describeModel(model, names, (name) => lens.readLevel(name));
  }

  /** What a role may not use it cannot name, and a model that takes all attributes does without it. */
  async function usable(
    caller: Caller,
    { include = [], exclude = [] }: { include?: string[]; exclude?: string[] },
    conditions: readonly (Condition | undefined)[],
  ): Promise<string[]> {
    const lens = await deps.readLevels.of(accountOf(caller).role);
    lens.demandUse([...include, ...conditions.flatMap((condition) => (condition ? usedNames(condition) : []))]);
    return [...new Set([...exclude, ...lens.refusedOfAll()])];
  }

  serve(api.models.listModels, ({ query }) => listModels(deps.database, query));
  serve(api.models.createModel, async ({ body, caller }) => {
    const exclude = await usable(caller, body, [body.label, body.among]);
    return describe(await models.create({ ...body, exclude }, accountOf(caller)), caller);
  });
  serve(api.models.getModel, async ({ params, caller }) => describe(await models.get(params.modelId), caller));
  serve(api.models.trainModel, async ({ params, body, caller }) => {
    const exclude = await usable(caller, body, []);
    return describe(await models.train(params.modelId, { ...body, ...(body.exclude && { exclude }) }), caller);
  });
  serve(api.models.retrainModel, async ({ params, body, caller }) =>
    describe(await models.retrain(params.modelId, body.everyDays), caller),
  );
  serve(api.models.cancelTraining, async ({ params, caller }) => describe(await models.cancel(params.modelId), caller));
  serve(api.models.deleteModel, async ({ params }) => {
    await models.remove(params.modelId);
    return {};
  });
  serve(api.models.scoreProfiles, async ({ params, body, caller }) =>
    describe(await models.keepScores(params.modelId, body.attribute), caller),
  );
  serve(api.models.createModelAudience, async ({ params, body, caller }) => {
    const audience = await models.createAudience(params.modelId, body, accountOf(caller));
    return deps.audienceList.describe(audience, await readNames(deps));
  });
}
