import { AppError } from '@sluice/shared/errors';
import { api } from '@sluice/shared/http-api';
import type { ProfileFacts } from '@sluice/shared/node-contract';
import type { Related } from '../datasets/related.ts';
import type { Caller, Serve } from '../http/serve.ts';
import type { EmailCompiler } from './email-compiler.ts';

/** The facts of one profile as the caller may see them; undefined when there is none. */
export type FindProfileFacts = (profileId: string, caller: Caller) => Promise<ProfileFacts | undefined>;

/** The rows of look-ups as the caller may see them. */
export type FindRelated = (
  lookups: readonly string[],
  profileId: string,
  caller: Caller,
) => Promise<Related | undefined>;

/** Stands in while no profile is picked; its values say what they are. */
const EXAMPLE: ProfileFacts = { id: 'example', userId: 'user-1', attributes: { email: 'user-1@example.test' } };

export function registerContentRoutes(
  serve: Serve,
  deps: { compiler: EmailCompiler; findProfileFacts: FindProfileFacts; findRelated: FindRelated },
): void {
  serve(api.content.previewEmail, async ({ body, caller }) => {
    const { profileId, ...content } = body;
    const profile = profileId === undefined ? EXAMPLE : await deps.findProfileFacts(profileId, caller);
    if (!profile) throw new AppError('not-found', `No profile ${profileId}`, { details: { what: 'profile' } });
    const compiled = await deps.compiler.compile(content);
    const related = profileId === undefined ? undefined : await deps.findRelated(compiled.lookups, profileId, caller);
    return deps.compiler.render(compiled, { profile, related });
  });
}
