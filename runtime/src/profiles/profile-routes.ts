import { dataRoutes } from '@sluice/shared/http-api';
import type { Serve } from '../http/serve.ts';
import type { ProfileList } from './profile-list.ts';

export function registerProfileRoutes(serve: Serve, deps: { profiles: ProfileList }): void {
  serve(dataRoutes.listProfiles, ({ query }) => deps.profiles.list(query));
  serve(dataRoutes.getProfile, ({ params }) => deps.profiles.get(params.profileId));
  serve(dataRoutes.listProfileEvents, async ({ params, query }) => deps.profiles.listEvents(params.profileId, query));
}
