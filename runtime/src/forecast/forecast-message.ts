import type { DatasetRow } from '@sluice/shared/condition';
import type { Graph } from '@sluice/shared/graph';
import type { ForecastSettings, ServiceDefinition } from '@sluice/shared/http-api';
import type { ProfileFacts } from '@sluice/shared/node-contract';
import type { DynamicAudience } from '../audiences/audience-index.ts';
import type { PreviousRun } from '../enrolment/entry-rule.ts';
import type { TemplateRecord } from '../node-templates/template-record.ts';
import type { Totals } from './counters.ts';
import type { ListenedPattern } from './listened-events.ts';

/** A version of a flow as it crosses to the thread; handlers are looked up there. */
export interface SentFlow {
  flowId: string;
  version: number;
  graph: Graph;
}

/** An event of a profile; Unix milliseconds, instants among its properties as texts. */
export interface SentEvent {
  name: string;
  at: number;
  properties: Record<string, unknown>;
}

/** One profile with all that its way through the flow depends on. */
export interface Subject {
  profile: ProfileFacts;
  /** Past events that conditions count, and those that start runs again when they are replayed. */
  events: SentEvent[];
  audiences: string[];
  /** Of datasets that conditions look into. */
  rows?: DatasetRow[];
  /** Runs it has had in the flow: ids, and the last of them. */
  past?: { ids: string[]; last: PreviousRun };
  /** Entering and leaving audiences, to be replayed. */
  moves?: { audience: string; change: 'entered' | 'left'; at: number }[];
}

export interface DrawnRate {
  key: string;
  node: string | null;
  share: number;
  medianMs: number;
  p90Ms?: number;
}

/** Everything a forecast depends on besides its subjects. Instants in Unix milliseconds. */
export interface ForecastOrder {
  flow: SentFlow;
  /** Flows that it starts, and those that these start. */
  others: SentFlow[];
  /** Published kinds that they name. */
  templates: TemplateRecord[];
  dynamic: DynamicAudience[];
  manualAudiences: string[];
  timeZone: string;
  startAt: number;
  endAt: number;
  seed: number;
  listened: ListenedPattern[];
  /** Events of the past by the key of their pattern, of which properties are drawn. */
  samples: Record<string, Record<string, unknown>[]>;
  rates: DrawnRate[];
  /** How long after a message, or an entry, people do what the rates say. */
  withinMs: number;
  /** What is replayed lies this long before; whole weeks, so that days and hours keep their habits. */
  replayMs: number;
  /** Of triggers whose arrivals somebody entered: how often one profile comes in a day. */
  arrivals: Record<string, number>;
  answers: ForecastSettings['answers'];
  /** Contract of the service that a node asks. */
  services: Record<string, Pick<ServiceDefinition, 'fields' | 'decides'>>;
  deliveredShare: number;
  /** Splits that are decided: node → variant. */
  winners: Record<string, string>;
}

export type ForecastAsk =
  | { kind: 'begin'; order: ForecastOrder }
  | { kind: 'subjects'; subjects: Subject[] }
  | { kind: 'finish' };

export type ForecastAnswer = { kind: 'taken' } | { kind: 'finished'; totals: Totals };
