import type { EvaluationInstant } from '@sluice/shared/condition';
import { type AppError, wordError } from '@sluice/shared/errors';
import type { MemberSource } from '@sluice/shared/http-api';
import type { Judgement } from '../conditions/condition-reader.ts';

/** What an extraction can go through; members of a file are brought by their import. */
export type ExtractedSource = Exclude<MemberSource, { kind: 'file' }>;

/** Finds the members of a snapshot that has no condition. A user error of it ends the extraction with its reason. */
export interface SourceReader<Source extends ExtractedSource = ExtractedSource> {
  /** What must not change while members are written, as JSON; kept with the extraction. Calls `touch` while it works. */
  prepare(source: Source, instant: EvaluationInstant, touch: () => Promise<void>): Promise<unknown>;
  /** Members in the order of profile ids, behind `afterId`; of the profiles up to `upToId` nobody else is one. */
  survey(
    source: Source,
    plan: unknown,
    instant: EvaluationInstant,
    options: { afterId: string | undefined },
  ): AsyncIterable<{ upToId: string; profileIds: string[] }>;
}

/** What a source fixed before a walk, and as of when. */
export interface SourcePlan {
  asOf: Date;
  of: unknown;
}

/** One reader per kind of source. */
export type SourceReaders = {
  [Kind in ExtractedSource['kind']]: SourceReader<Extract<ExtractedSource, { kind: Kind }>>;
};

/** Members as an extraction takes them. The plan is made once, and kept before the first member is told. */
export async function* surveySource(
  readers: SourceReaders,
  source: ExtractedSource,
  walk: {
    instant: EvaluationInstant;
    plan: SourcePlan | undefined;
    touch: () => Promise<void>;
    keep: (plan: SourcePlan) => Promise<void>;
    afterId?: string;
  },
): AsyncGenerator<{ upToId: string; judged: Judgement[] }> {
  // Each kind has the reader of its own kind; the compiler cannot follow that through the map.
  const reader = readers[source.kind] as SourceReader;
  const plan = walk.plan ?? {
    asOf: new Date(walk.instant.now),
    of: await reader.prepare(source, walk.instant, walk.touch),
  };
  if (!walk.plan) await walk.keep(plan);
  const instant = { ...walk.instant, now: plan.asOf.getTime() };
  for await (const { upToId, profileIds } of reader.survey(source, plan.of, instant, { afterId: walk.afterId }))
    yield {
      upToId,
      // A snapshot has nothing to look at again.
      judged: profileIds.map((profileId) => ({ profileId, isMatch: true, until: Number.POSITIVE_INFINITY })),
    };
}

/** Why members could not be found, in both languages: the error's own words where it has them. */
export function wordProblem({ code, details, message }: AppError): { 'zh-CN': string; 'en-US': string } {
  const word = (language: 'zh-CN' | 'en-US') => {
    const own = (details.problem as Partial<Record<string, string>> | undefined)?.[language];
    return own ?? wordError(language, code, details) ?? message;
  };
  return { 'zh-CN': word('zh-CN'), 'en-US': word('en-US') };
}
