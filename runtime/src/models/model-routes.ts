import { api } from '@sluice/shared/http-api';
import type { AudienceList } from '../audiences/audience-list.ts';
import { type NamesDeps, readNames } from '../audiences/read-names.ts';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import type { Database } from '../stores/database.ts';
import { describeModel, listModels } from './model-list.ts';
import type { ModelRecord } from './model-record.ts';
import type { Models } from './models.ts';

export interface ModelRoutesDeps extends NamesDeps {
  database: Database;
  models: Models;
  audienceList: AudienceList;
}

export function registerModelRoutes(serve: Serve, deps: ModelRoutesDeps): void {
  const { models } = deps;
  const describe = async (model: ModelRecord) => describeModel(model, await readNames(deps));

  serve(api.models.listModels, ({ query }) => listModels(deps.database, query));
  serve(api.models.createModel, async ({ body, caller }) => describe(await models.create(body, accountOf(caller))));
  serve(api.models.getModel, async ({ params }) => describe(await models.get(params.modelId)));
  serve(api.models.trainModel, async ({ params, body }) => describe(await models.train(params.modelId, body)));
  serve(api.models.cancelTraining, async ({ params }) => describe(await models.cancel(params.modelId)));
  serve(api.models.deleteModel, async ({ params }) => {
    await models.remove(params.modelId);
    return {};
  });
  serve(api.models.scoreProfiles, async ({ params, body }) =>
    describe(await models.keepScores(params.modelId, body.attribute)),
  );
  serve(api.models.createModelAudience, async ({ params, body, caller }) => {
    const audience = await models.createAudience(params.modelId, body, accountOf(caller));
    return deps.audienceList.describe(audience, await readNames(deps));
  });
}
