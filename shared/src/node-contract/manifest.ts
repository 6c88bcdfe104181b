import type { Static, TObject } from 'typebox';
import type { Condition, PropertyFilter } from '../condition/ast.ts';
import type { ConditionDictionary } from '../condition/check-condition.ts';
import type { Problem } from '../graph/graph.ts';
import type { Locale } from '../model/locale.ts';
import type { Recurrence } from '../time/recurrence.ts';
import type { CallContent } from './call-content.ts';
import type { NodeTexts } from './texts.ts';
import type { TriggerPlan } from './trigger-plan.ts';
import type { WinnerRule } from './winner-rule.ts';

export type NodeCategory = 'trigger' | 'condition' | 'control' | 'action';

/** An output port. `label` is a key of the kind's `texts.ports`, `text` the operator's own words (a variant's name). */
export interface PortSpec<Port extends string = string> {
  id: Port;
  label?: string;
  text?: string;
}

/** A value of a summary that reads differently in each language; `renderSummary` turns it into words. */
export type SummaryValue =
  | string
  | number
  | { type: 'condition'; condition: Condition }
  | { type: 'duration'; ms: number }
  /** A saved audience, read by its name. */
  | { type: 'audience'; id: string }
  /** ISO-8601 in UTC, shown in the zone of the workspace. */
  | { type: 'instant'; at: string }
  /** ISO weekdays, 1 is Monday. */
  | { type: 'weekdays'; days: readonly number[] }
  | { type: 'recurrence'; recurrence: Recurrence }
  /** Sentences of their own, joined in one line. */
  | { type: 'list'; of: Summary[] }
  /** A value of a choice or a switch, read by its label among the texts of the param. */
  | { type: 'option'; param: string; value: string };

/** The one line on the node card, as a key of the kind's `texts.summary` and its values. */
export interface Summary {
  key: string;
  values?: Record<string, SummaryValue>;
}

/** One arm of an experiment; `key` is also the port by which its members leave. */
export interface Variant {
  key: string;
  name: string;
  isHoldOut: boolean;
}

/** Which events are meant. */
export interface EventPattern {
  event: string;
  where?: PropertyFilter[];
}

/** Events that a step waits for. `same`: only one whose `property` equals `of`, a property of the run's first event. */
export interface AwaitedPattern extends EventPattern {
  same?: { property: string; of: string };
}

/** What steps of a node change that may start flows. */
export interface NodeWrites {
  attributes?: readonly string[];
  membership?: { audience: string; change: 'add' | 'remove' };
  event?: string;
}

/** How the inspector shows one parameter; absent means "by its schema". Order of the form = order of the schema. */
export interface FieldHint {
  widget?:
    | 'text'
    | 'multiline'
    | 'number'
    | 'switch'
    | 'select'
    | 'duration'
    | 'datetime'
    | 'date'
    | 'dates'
    | 'date-offset'
    | 'time-of-day'
    | 'time-zone'
    | 'weekdays'
    | 'condition'
    | 'variants'
    | 'attribute'
    | 'attribute-value'
    | 'liquid'
    | 'mjml'
    | 'message'
    | 'code'
    | 'recurrence'
    | 'audience'
    | 'service'
    | 'answer-cases'
    /** Params that belong together and may be left out as a whole. */
    | 'group';
  /** Folded under "Advanced". */
  isAdvanced?: boolean;
  /** Shown only while another parameter has one of these values. */
  showWhen?: { param: string; in: readonly (string | number | boolean)[] };
}

/** What `check` may look at besides the params; pure facts, gathered by the caller. `now` is absent where the answer may not depend on the clock. */
export type CheckContext = ConditionDictionary;

/** The words of a message with their Liquid, as its channel sends them; what the content of a draft is checked by. */
export interface MessageContent {
  channel: 'email';
  subject: string;
  preheader?: string;
  body: string;
}

/**
 * A node kind as data and pure functions of its params: everything the canvas, the inspector, publish and the docs need.
 * Texts live beside it in `i18n/`. A published template is this same shape as JSON.
 */
export interface NodeManifest<
  Kind extends string = string,
  Params extends TObject = TObject,
  Port extends string = string,
> {
  kind: Kind;
  version: number;
  category: NodeCategory;
  /** Name of an icon known to the canvas. */
  icon: string;
  params: Params;
  defaults: Static<Params>;
  hints?: { [K in keyof Static<Params>]?: FieldHint };
  /** Output ports of a node with these params; empty for an end. */
  ports(params: Static<Params>): readonly PortSpec<Port>[];
  summary(params: Static<Params>): Summary;
  /** Problems the schema cannot express. Never throws; sees only params that passed the schema. */
  check?(params: Static<Params>, context: CheckContext): Problem[];
  /** Of a kind with several ways out that can be switched off: the one by which runs then pass. */
  passBy?: NoInfer<Port>;
  /** A visit may end by waiting: a cycle in the graph must pass through such a node. */
  canWait?: boolean;
  /** Present on every trigger and nowhere else. */
  trigger?(params: Static<Params>): TriggerPlan;
  /** Present on a trigger that others post to: the JSONata expression over what is posted, if there is one. */
  mapping?(params: Static<Params>): string | undefined;
  /** Present on a kind that runs code of users: the body of the function, to be read before it is published. */
  code?(params: Static<Params>): string;
  /** A visit may run code of users in the sandbox: flows with such a node are advanced apart from all others. */
  runsCode?: true;
  /** Present on a kind that splits for an experiment: the arms whose results are compared. */
  experiment?(params: Static<Params>): readonly Variant[];
  /** Of an experiment that deals by chance and chooses its winner by itself; undefined while it is set up not to. */
  winner?(params: Static<Params>): WinnerRule | undefined;
  /** Present on a kind that runs jump to from wherever they stand, as soon as such an event happens to their profile. */
  goal?(params: Static<Params>): EventPattern;
  /** Present on a kind whose steps wait for events: which. */
  awaits?(params: Static<Params>): readonly AwaitedPattern[];
  /** Present on a kind that only makes people wait for a better moment: for good hours, or for their turn. */
  holdsFor?: 'hours' | 'rate';
  /** Present on a kind that sends a run on several ways at once, or brings them together again. */
  strands?: 'fork' | 'join';
  /** Present on a kind whose steps call over HTTP: whom, and with what. */
  call?(params: Static<Params>): CallContent;
  /** Present on a kind whose params hold the words of a message. */
  message?(params: Static<Params>): MessageContent;
  /** Attributes that its steps read besides those that its params name in conditions, texts and code. */
  reads?(params: Static<Params>): readonly string[];
  /** What its steps change that flows can be started by. */
  writes?(params: Static<Params>): NodeWrites;
  /** Of a published kind that is not to be used, or not any more: why, and what to use instead. */
  standing?: { state: 'deprecated' | 'blocked'; note?: string };
  texts: Readonly<Record<Locale, NodeTexts<keyof Static<Params> & string>>>;
}

// The registry holds manifests of any params; method syntax above is what lets each of them in.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyManifest = NodeManifest<string, any, string>;

export type ParamsOf<M> = M extends NodeManifest<string, infer P, string> ? Static<P> : never;
export type PortOf<M> = M extends { ports: (params: never) => readonly PortSpec<infer Port>[] } ? Port : never;

/** Declares a kind; the identity function whose types make a wrong default or hint a compile error. */
export function defineNode<const Kind extends string, Params extends TObject, const Port extends string>(
  manifest: NodeManifest<Kind, Params, Port>,
): NodeManifest<Kind, Params, Port> {
  return manifest;
}

/** The kinds at hand, by kind. */
export type ManifestIndex = ReadonlyMap<string, AnyManifest>;
