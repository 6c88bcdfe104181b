import { type Condition, type EvaluationInstant, EVERYONE } from '@sluice/shared/condition';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import { toFacts } from '../profiles/profile-facts.ts';
import type { ProfileRecord } from '../profiles/profile-record.ts';

/** A page of the population with who of it meets the label. */
export interface LabelledPage {
  profiles: ProfileRecord[];
  isPositive: boolean[];
  upToId: string;
}

const PAGE = 2000;

/** Everyone a model is about, in the order of ids, a page at a time; the label costs a query per source and page. */
export async function* readPopulation(
  reader: Pick<ConditionReader, 'stream' | 'verdicts'>,
  { among, label }: { among: Condition | null; label: Condition },
  instant: EvaluationInstant,
  options: { afterId?: string; needsLabel: boolean },
): AsyncGenerator<LabelledPage> {
  const { afterId, needsLabel } = options;
  const asked = { batchSize: PAGE, ...(afterId !== undefined && { afterId }) };
  for await (const profiles of reader.stream(among ?? EVERYONE, instant, asked)) {
    const subjects = profiles.map((record) => ({ profile: toFacts(record) }));
    const verdicts = needsLabel ? await reader.verdicts(label, subjects, instant) : [];
    const upToId = profiles.at(-1)?._id;
    if (upToId !== undefined)
      yield { profiles, isPositive: profiles.map((_, index) => verdicts[index]?.isMatch === true), upToId };
  }
}
