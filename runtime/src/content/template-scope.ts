import type { ProfileFacts } from '@sluice/shared/node-contract';

/** What a template may name besides the profile. */
export interface TemplateFacts {
  profile: ProfileFacts;
  flow?: { id: string; version: number };
}

/** The variables of a template: `profile.<attribute>` (also as `profile.attributes.<attribute>`), `user_id`, `flow`. */
export function templateScope({ profile, flow }: TemplateFacts): Record<string, unknown> {
  return {
    profile: { attributes: profile.attributes, ...profile.attributes },
    user_id: profile.userId ?? '',
    flow: flow ?? {},
  };
}
