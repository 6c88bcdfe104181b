import {
  audienceIds,
  type Condition,
  type DatasetRow,
  type EvaluationInstant,
  evaluate,
} from '@sluice/shared/condition';
import type { EffectOf, ProfileFacts } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import type { MemberChanger } from '../audiences/change-members.ts';
import { membershipIdOf } from '../audiences/membership-record.ts';
import type { MembershipFact } from '../audiences/membership-facts.ts';
import type { AudienceMap } from '../audiences/audience-index.ts';
import type { ConditionReader, Subject } from '../conditions/condition-reader.ts';
import type { ProfileSource } from '../executor/executor.ts';
import { applyToFacts } from '../executor/live-profile.ts';
import type { EventHistory } from '../executor/world.ts';
import { type EventLog, eventIdOf } from '../ingest/event-log.ts';
import type { EventRecord } from '../ingest/event-record.ts';
import { toEventFacts } from '../matching/event-consumer.ts';
import { compileWhere } from '../matching/match-awaits.ts';

/** What is known of the subject when a dry run begins. */
export interface WorldState {
  profile: ProfileFacts;
  events: readonly EventRecord[];
  /** Of datasets. */
  rows?: readonly DatasetRow[];
  /** Saved audiences that it was put in, or is counted in, by id. */
  audiences: readonly string[];
}

/** The subject's own world: all that conditions, steps and effects may see or change. Nothing of it is stored. */
export interface VirtualWorld {
  readonly profileId: string;
  facts(): ProfileFacts;
  readonly profiles: ProfileSource;
  readonly reader: Pick<ConditionReader, 'verdicts'>;
  readonly history: EventHistory;
  readonly eventLog: EventLog;
  readonly changer: MemberChanger;
  update(effect: EffectOf<'update-profile'>): void;
  /** Whatever kind the audience is: what is to happen in a dry run is for the tester to say. */
  put(audience: string, change: 'add' | 'remove'): void;
  /** Events that nobody was told of yet, oldest first; told once. */
  takeNews(): EventRecord[];
  /** That the subject entered and left audiences it was put into or taken out of; told once. */
  takeMoves(): MembershipFact[];
  /** The audiences that it was put into and is in still. */
  memberOf(): string[];
  /** Events received since an instant (included). */
  receivedSince(at: number): EventRecord[];
}

export function createVirtualWorld(
  state: WorldState,
  deps: { clock: Clock; timeZone: string; audiences: AudienceMap },
): VirtualWorld {
  const { clock } = deps;
  let profile = state.profile;
  // In order of time: what happens in the virtual world is never older than what had happened before it began.
  const events = [...state.events].sort((a, b) => a.at.getTime() - b.at.getTime());
  const known = new Set(events.map(({ _id }) => _id));
  const memberOf = new Set(state.audiences);
  let news: EventRecord[] = [];
  let moves: MembershipFact[] = [];
  /** Changes so far, by audience: as in the store they are numbered within their membership. */
  const moveCounts = new Map(state.audiences.map((id) => [id, 1]));

  const judge = (condition: Condition, subject: Subject, instant: EvaluationInstant, depth = 0) => {
    const past = events.map((event) => ({ name: event.name, at: event.at.getTime(), properties: event.properties }));
    return evaluate(
      condition,
      {
        attributes: subject.profile.attributes,
        events: past,
        rows: state.rows ?? [],
        audiences: audiencesOf(condition, subject, instant, depth),
        ...(subject.run && { enteredAt: subject.run.enteredAt }),
      },
      instant,
    );
  };
  /** A dynamic audience follows its condition here as it does in the store; those that ask for each other end somewhere. */
  const audiencesOf = (condition: Condition, subject: Subject, instant: EvaluationInstant, depth: number): string[] => {
    return audienceIds(condition).filter((id) => {
      if (memberOf.has(id)) return true;
      const dynamic = deps.audiences.dynamic.get(id);
      return dynamic !== undefined && depth < 8 && judge(dynamic.condition, subject, instant, depth + 1).isMatch;
    });
  };

  return {
    profileId: state.profile.id,
    facts: () => profile,
    profiles: { facts: async (ids) => new Map(ids.filter((id) => id === profile.id).map((id) => [id, profile])) },
    reader: {
      verdicts: async (condition, subjects, instant) => subjects.map((subject) => judge(condition, subject, instant)),
    },
    history: {
      async latest(name, where, asked, instant) {
        const passes = compileWhere(where, instant);
        return asked.map(({ since, same }) => {
          const found = events.findLast((event) => {
            const at = event.at.getTime();
            if (event.name !== name || at < since || at > instant.now) return false;
            return (!same || event.properties[same.property] === same.value) && passes(event.properties);
          });
          return found && toEventFacts(found);
        });
      },
    },
    eventLog: {
      async recordEvents(recorded) {
        const fresh = recorded.filter(({ messageId }) => messageId === undefined || !known.has(eventIdOf(messageId)));
        for (const { profileId, name, properties, at, messageId, depth } of fresh) {
          // As in the store: a run that an event starts has the same id here and there.
          const id = eventIdOf(messageId ?? `event-${events.length}`);
          const event: EventRecord = {
            _id: id,
            profileId,
            name,
            properties,
            at,
            receivedAt: new Date(clock.now()),
            ...(depth !== undefined && { depth }),
          };
          known.add(id);
          events.push(event);
          news.push(event);
        }
        const isFresh = new Set(fresh);
        const repeated = new Set(recorded.flatMap((event, place) => (isFresh.has(event) ? [] : [place])));
        return { stored: fresh.length, duplicates: repeated.size, repeated };
      },
    },
    changer: {
      // As in the store: only an audience that people are put into by hand takes a change from a flow.
      apply: async (changes) =>
        changes.filter(({ audience, change }) => {
          if (deps.audiences.kinds.get(audience) !== 'manual') return false;
          put(audience, change);
          return true;
        }),
    },
    update: (effect) => {
      profile = applyToFacts(profile, effect);
    },
    put,
    takeNews() {
      const told = news;
      news = [];
      return told;
    },
    takeMoves() {
      const told = moves;
      moves = [];
      return told;
    },
    memberOf: () => [...memberOf],
    receivedSince: (at) => events.filter(({ receivedAt }) => receivedAt.getTime() >= at),
  };

  function put(audience: string, change: 'add' | 'remove'): void {
    if (memberOf.has(audience) === (change === 'add')) return;
    if (change === 'add') memberOf.add(audience);
    else memberOf.delete(audience);
    const n = (moveCounts.get(audience) ?? 0) + 1;
    moveCounts.set(audience, n);
    const id = `${membershipIdOf(audience, profile.id)}/${n}`;
    moves.push({ id, at: clock.now(), profileId: profile.id, audience, change: change === 'add' ? 'entered' : 'left' });
  }
}
