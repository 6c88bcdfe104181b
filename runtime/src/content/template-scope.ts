import type { Related } from '../datasets/related.ts';
import type { ProfileFacts } from '@sluice/shared/node-contract';

/** What a template may name besides the profile. */
export interface TemplateFacts {
  profile: ProfileFacts;
  flow?: { id: string; version: number };
  /** Rows of the look-ups that the template names. */
  related?: Related | undefined;
}

/** The variables of a template: `profile.<attribute>` (also as `profile.attributes.<attribute>`), `user_id`, `flow`, `related.<dataset>.<look-up>`. */
export function templateScope({ profile, flow, related }: TemplateFacts): Record<string, unknown> {
  return {
    profile: { attributes: profile.attributes, ...profile.attributes },
    user_id: profile.userId ?? '',
    flow: flow ?? {},
    related: related ?? {},
  };
}
