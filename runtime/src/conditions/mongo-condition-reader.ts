import {
  attributeNames,
  audienceIds,
  type Condition,
  checkCondition,
  compileCondition,
  compileOutlook,
  datasetNeeds,
  errorsInEach,
  type EvaluationInstant,
  eventNeeds,
  type Outlook,
} from '@sluice/shared/condition';
import { AppError } from '@sluice/shared/errors';
import type { ProfileFacts } from '@sluice/shared/node-contract';
import type { Filter as MongoFilter } from 'mongodb';
import { memberships } from '../audiences/membership-record.ts';
import { datasetRows } from '../datasets/dataset-record.ts';
import { events } from '../ingest/event-record.ts';
import { toAttributes } from '../profiles/profile-facts.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { compileFilter } from './compile-filter.ts';
import type { ConditionReader, Judgement, Subject } from './condition-reader.ts';
import type { Dictionary } from './dictionary.ts';
import { type CountEstimate, estimateCount } from './estimate-count.ts';
import { measureSubjects } from './measure-events.ts';
import { measureHorizons } from './measure-horizons.ts';
import { measureDetailHorizons, measureDetails } from './measure-rows.ts';
import { readMemberships } from './read-memberships.ts';

/** Profiles judged at once where the store alone cannot; the aggregation's `$in` grows with it. */
const PAGE = 5000;

/** What a count reads of a profile; `attributes` is absent when the condition asks for none. */
type BareProfile = Pick<ProfileRecord, '_id'> & Partial<Pick<ProfileRecord, 'attributes'>>;

/** Reads conditions from profiles, events, rows and memberships of the store. Never writes. */
export function createMongoConditionReader(deps: {
  database: Database;
  dictionary: Pick<Dictionary, 'checkingFacts'>;
}): ConditionReader {
  const storedProfiles = deps.database.collection(profiles);
  const storedEvents = deps.database.collection(events);
  const storedRows = deps.database.collection(datasetRows);
  const storedMemberships = deps.database.collection(memberships);

  /** Profiles that pass the filter, in `_id` order, a query per page: a long walk holds no cursor that could time out. */
  async function* pages<T extends BareProfile>(
    condition: Condition,
    instant: EvaluationInstant,
    options: {
      pageSize: number;
      afterId?: string | undefined;
      remainingMs?: () => number;
      /** Which fields a T has; all when absent. */
      projection?: Record<string, 1>;
      isForAllTime?: boolean;
    },
  ): AsyncGenerator<T[]> {
    const { filter } = compileFilter(condition, instant, options);
    if (filter === false) return;
    let afterId = options.afterId;
    for (;;) {
      const page = await storedProfiles
        .find(behind(filter === true ? {} : filter, afterId))
        .project<T>(options.projection ?? {})
        .sort({ _id: 1 })
        .limit(options.pageSize)
        .maxTimeMS(options.remainingMs?.() ?? 0)
        .toArray();
      const last = page.at(-1);
      if (!last) return;
      yield page;
      if (page.length < options.pageSize) return;
      afterId = last._id;
    }
  }

  async function answer(
    condition: Condition,
    subjects: readonly Subject[],
    instant: EvaluationInstant,
    options: { maxTimeMs?: number } = {},
  ) {
    const compiled = compileCondition(condition, instant);
    const needs = eventNeeds(condition);
    const ids = subjects.map(({ profile }) => profile.id);
    const [measures, details, isMember] = await Promise.all([
      measureSubjects(storedEvents, needs, subjects, instant, options),
      measureDetails(storedRows, datasetNeeds(condition), ids, instant, options),
      membersAmong(condition, subjects, options),
    ]);
    return subjects.map(({ profile }, index) =>
      compiled({
        attributes: profile.attributes,
        measure: (key) => measures(index, key),
        detail: (key) => details(key, profile.id),
        isMember: (audience) => isMember(profile.id, audience),
      }),
    );
  }

  function membersAmong(condition: Condition, subjects: readonly Subject[], options: { maxTimeMs?: number } = {}) {
    const profileIds = subjects.map(({ profile }) => profile.id);
    return readMemberships(storedMemberships, audienceIds(condition), profileIds, options);
  }

  async function outlooks(
    condition: Condition,
    judged: readonly ProfileFacts[],
    instant: EvaluationInstant,
  ): Promise<Outlook[]> {
    const compiled = compileOutlook(condition, instant);
    const needs = eventNeeds(condition);
    const subjects = judged.map((profile) => ({ profile }));
    const ids = judged.map(({ id }) => id);
    const rowNeeds = datasetNeeds(condition);
    const [measures, horizons, details, detailHorizons, isMember] = await Promise.all([
      measureSubjects(storedEvents, needs, subjects, instant),
      measureHorizons(storedEvents, needs, ids, instant),
      measureDetails(storedRows, rowNeeds, ids, instant),
      measureDetailHorizons(storedRows, rowNeeds, ids, instant),
      membersAmong(condition, subjects),
    ]);
    return judged.map((profile, index) =>
      compiled({
        attributes: profile.attributes,
        measure: (key) => measures(index, key),
        horizon: (key) => horizons(key, profile.id),
        detail: (key) => details(key, profile.id),
        detailHorizon: (key) => detailHorizons(key, profile.id),
        isMember: (audience) => isMember(profile.id, audience),
      }),
    );
  }

  async function matchingOf<T extends BareProfile>(
    page: T[],
    condition: Condition,
    instant: EvaluationInstant,
    options: { maxTimeMs?: number } = {},
  ): Promise<T[]> {
    const verdicts = await answer(
      condition,
      page.map((profile) => ({ profile: toBareFacts(profile) })),
      instant,
      options,
    );
    return page.filter((_, index) => verdicts[index]?.isMatch);
  }

  async function judge(condition: Condition, page: readonly ProfileFacts[], instant: EvaluationInstant) {
    const found = await outlooks(condition, page, instant);
    return found.flatMap(({ isMatch, until }, index) => {
      const profileId = page[index]?.id;
      const isOfInterest = isMatch || Number.isFinite(until);
      return profileId !== undefined && isOfInterest ? [{ profileId, isMatch, until }] : [];
    });
  }

  return {
    async check(condition, options) {
      const problems = checkCondition(condition, await deps.dictionary.checkingFacts(), options);
      const [problem] = errorsInEach(problems);
      if (!problem) return;
      throw new AppError('condition-invalid', problem['en-US'], { details: { problem, problems } });
    },

    async errorsOf(conditions) {
      const facts = await deps.dictionary.checkingFacts();
      return conditions.map((condition) => errorsInEach(checkCondition(condition, facts)));
    },

    async count(condition, instant, { sampleSize, maxTimeMs, exactWithinMs = Number.POSITIVE_INFINITY }) {
      const { filter, isExact } = compileFilter(condition, instant);
      const remainingMs = countDown(maxTimeMs);
      const total = await storedProfiles.estimatedDocumentCount({ maxTimeMS: remainingMs() });
      if (filter === false) return { count: 0, total, sample: [] };
      if (isExact) {
        const asked = filter === true ? {} : filter;
        const sample = await storedProfiles
          .find(asked)
          .sort({ _id: 1 })
          .limit(sampleSize)
          .maxTimeMS(remainingMs())
          .toArray();
        const isWholeAnswer = sample.length < sampleSize;
        if (filter === true) return { count: total, total, sample };
        const count = isWholeAnswer
          ? sample.length
          : await storedProfiles.countDocuments(asked, { maxTimeMS: remainingMs() });
        return { count, total, sample };
      }
      const projection = bareProjection(condition);
      const startedAt = performance.now();
      let count = 0;
      let seen = 0;
      let estimate: CountEstimate | undefined;
      const sampleIds: string[] = [];
      for await (const page of pages<BareProfile>(condition, instant, { pageSize: PAGE, remainingMs, projection })) {
        const matching = await matchingOf(page, condition, instant, { maxTimeMs: remainingMs() });
        count += matching.length;
        seen += page.length;
        sampleIds.push(...matching.slice(0, sampleSize - sampleIds.length).map(({ _id }) => _id));
        if (page.length < PAGE || performance.now() - startedAt < exactWithinMs) continue;
        const asked = filter === true ? {} : filter;
        const candidates =
          filter === true ? total : await storedProfiles.countDocuments(asked, { maxTimeMS: remainingMs() });
        if (candidates > seen) estimate = estimateCount(count, seen, candidates);
        break;
      }
      const sample = await storedProfiles
        .find({ _id: { $in: sampleIds } })
        .sort({ _id: 1 })
        .toArray();
      return { count, ...estimate, total, sample };
    },

    async *stream(condition, instant, { batchSize, afterId }) {
      const { isExact } = compileFilter(condition, instant);
      for await (const page of pages<ProfileRecord>(condition, instant, { pageSize: batchSize, afterId })) {
        const matching = isExact ? page : await matchingOf(page, condition, instant);
        if (matching.length > 0) yield matching;
      }
    },

    async *survey(condition, instant, { batchSize, afterId, isFrozen = false }) {
      const isForAllTime = !isFrozen;
      const { isExact } = compileFilter(condition, instant, { isForAllTime });
      const projection = isExact ? { _id: 1 as const } : bareProjection(condition);
      const asked = { pageSize: batchSize, afterId, projection, isForAllTime };
      for await (const page of pages<BareProfile>(condition, instant, asked)) {
        const judged =
          isExact || isFrozen
            ? (isExact ? page : await matchingOf(page, condition, instant)).map(memberForGood)
            : await judge(condition, page.map(toBareFacts), instant);
        const upToId = page.at(-1)?._id;
        if (upToId !== undefined) yield { upToId, judged };
      }
    },

    outlooks,

    verdicts: (condition, subjects, instant) => answer(condition, subjects, instant),
  };
}

function memberForGood({ _id }: BareProfile): Judgement {
  return { profileId: _id, isMatch: true, until: Number.POSITIVE_INFINITY };
}

function toBareFacts({ _id, attributes }: BareProfile): ProfileFacts {
  return { id: _id, attributes: toAttributes(attributes ?? {}) };
}

/** Decoding attributes that the condition never looks at would be most of the work of a count. */
function bareProjection(condition: Condition): Record<string, 1> {
  return Object.fromEntries(
    ['_id', ...attributeNames(condition).map((name) => `attributes.${name}`)].map((path) => [path, 1]),
  );
}

function behind(filter: MongoFilter<ProfileRecord>, afterId: string | undefined): MongoFilter<ProfileRecord> {
  return afterId === undefined ? filter : { $and: [{ _id: { $gt: afterId } }, filter] };
}

/** How much of a time limit is left, in whole milliseconds; throws `query-too-slow` when nothing is. */
function countDown(limitMs: number): () => number {
  const startedAt = performance.now();
  return () => {
    const leftMs = Math.floor(limitMs - (performance.now() - startedAt));
    if (leftMs > 0) return leftMs;
    throw new AppError('query-too-slow', `The condition could not be counted within ${limitMs} ms`, {
      retryAfterMs: 5000,
    });
  };
}
