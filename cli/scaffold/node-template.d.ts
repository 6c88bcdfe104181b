// What a handler sees and may answer. Written by `sluice template init`; write it anew to follow a newer Sluice.

export type Value = string | number | boolean | null | (string | number | boolean)[];
export type Values = Record<string, Value>;

export interface Event {
  id: string;
  name: string;
  properties: Readonly<Record<string, unknown>>;
  /** Unix milliseconds. */
  at: number;
  depth?: number;
}

export interface Step<Params> {
  /** Unix milliseconds; also what `Date.now()` answers. */
  now: number;
  /** IANA zone of the person where it has one, else the workspace's. */
  timeZone: string;
  params: Readonly<Params>;
  /** `attributes` holds those of `capabilities.readAttributes` that were granted and that the person has. */
  profile: { id: string; userId?: string; attributes: Values };
  /** The event that started the run or that it last waited for (`readEvent`); else null. */
  event: Event | null;
  run: { id: string; enteredAt: number };
  /** What this visit's last wait asked to keep. */
  memory: Values;
  /** How often the person has come to this node in this run, this time included. */
  visits: number;
  /** A number in [0, 1) that is the same for this flow, node and person for ever. */
  chance: number;
  /** Whether the person fulfils each condition among the params. */
  matches: Readonly<Record<string, boolean>>;
  /** The latest event of each name of `readHistory`; null where there is none. */
  history: Readonly<Record<string, Event | null>>;
}

export type Signal =
  | { kind: 'timer' }
  | { kind: 'event'; event: Event }
  | { kind: 'answer'; isOk: boolean; status?: number; body?: string; code?: string };

interface Shared {
  /** Attributes to write (`writeAttributes`); null takes one away. */
  set?: Values;
  /** Events to record (`emitEvents`). */
  emit?: { event: string; properties?: Values }[];
  /** A key of `texts.reasons`, shown with the step. */
  reason?: { key: string; values?: Record<string, string | number | boolean> };
}

export type Outcome =
  /** Goes on by a way out. */
  | ({ kind: 'advance'; port: string } & Shared)
  /** Ends the run here. */
  | ({ kind: 'exit' } & Shared)
  /** Waits for a time, and for whatever of `events` (`readHistory`) happens first; then `resume` is asked. */
  | ({ kind: 'wait'; forMs: number; events?: string[]; memory?: Values } & Shared)
  /** Calls a host (`callHosts`) and waits for the answer no longer than `withinMs`; then `resume` is asked. */
  | ({
      kind: 'call';
      request: {
        method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
        url: string;
        headers?: Record<string, string>;
        body?: unknown;
      };
      withinMs: number;
      memory?: Values;
    } & Shared);

export interface Handler<Params> {
  enter(step: Step<Params>): Outcome | Promise<Outcome>;
  /** Needed where `enter` waits or calls (`canWait`). */
  resume?(step: Step<Params>, signal: Signal): Outcome | Promise<Outcome>;
}
