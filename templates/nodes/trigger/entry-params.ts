import type { Problem } from '@sluice/shared/graph';
import { type EntryCap, type FieldHint, MAX_SPAN_MS, type ReentryRule } from '@sluice/shared/node-contract';
import { DAY_MS, MINUTE_MS } from '@sluice/shared/time';
import { Type } from 'typebox';

/** Who may come back when, and how many may come at all: the same for every trigger. */
const cap = {
  cap: Type.Optional(
    Type.Union([Type.Literal('none'), Type.Literal('ever'), Type.Literal('day'), Type.Literal('hour')]),
  ),
  capMax: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000_000 })),
};
const reentryMs = Type.Optional(Type.Integer({ minimum: MINUTE_MS, maximum: MAX_SPAN_MS }));

export const ENTRY_PARAMS = {
  reentry: Type.Optional(
    Type.Union([Type.Literal('once'), Type.Literal('period'), Type.Literal('after-exit'), Type.Literal('unlimited')]),
  ),
  reentryMs,
  ...cap,
};

/** Of a trigger whose occasions may carry a key. */
export const KEYED_ENTRY_PARAMS = {
  reentry: Type.Optional(
    Type.Union([
      Type.Literal('once'),
      Type.Literal('key'),
      Type.Literal('period'),
      Type.Literal('after-exit'),
      Type.Literal('unlimited'),
    ]),
  ),
  reentryMs,
  ...cap,
};

export const ENTRY_HINTS = {
  reentry: { widget: 'select' },
  reentryMs: { widget: 'duration', showWhen: { param: 'reentry', in: ['period'] } },
  cap: { widget: 'select' },
  capMax: { widget: 'number', showWhen: { param: 'cap', in: ['ever', 'day', 'hour'] } },
} as const satisfies Record<string, FieldHint>;

/** What a fresh node has behind its two choices, so that making them leaves nothing empty. */
export const ENTRY_DEFAULTS = { reentryMs: 30 * DAY_MS, cap: 'none', capMax: 1000 } as const;

interface EntryChoice {
  reentry?: ReentryRule['kind'];
  reentryMs?: number;
  cap?: 'none' | EntryCap['per'];
  capMax?: number;
}

export function checkEntry(kind: string, { reentry, reentryMs, cap, capMax }: EntryChoice): Problem[] {
  const problems: Problem[] = [];
  if (reentry === 'period' && reentryMs === undefined)
    problems.push({ code: `${kind}:period-missing`, severity: 'error', param: '/reentryMs' });
  if (cap !== undefined && cap !== 'none' && capMax === undefined)
    problems.push({ code: `${kind}:cap-missing`, severity: 'error', param: '/capMax' });
  return problems;
}

/** The part of the plan that says who may enter; a node from before there was a choice lets everyone in once. */
export function entryRules(choice: EntryChoice): { reentry: ReentryRule; cap?: EntryCap } {
  const { reentry = 'once', reentryMs, cap = 'none', capMax } = choice;
  return { reentry: ruleOf(reentry, reentryMs), ...(cap !== 'none' && { cap: { max: atMost(capMax), per: cap } }) };
}

function ruleOf(kind: ReentryRule['kind'], ms: number | undefined): ReentryRule {
  if (kind !== 'period') return { kind };
  // Letting people in again at once instead would message them too often; `check` keeps such a graph from being published.
  if (ms === undefined) throw new Error('A period is chosen but its length is missing');
  return { kind, ms };
}

function atMost(max: number | undefined): number {
  if (max === undefined) throw new Error('A limit is chosen but its number is missing');
  return max;
}
