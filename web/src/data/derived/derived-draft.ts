import {
  type AggregateMeasure,
  type Condition,
  type Derivation,
  EVERYONE,
  type EventWindow,
  type PropertyFilter,
} from '@sluice/shared/condition';
import { DAY_MS } from '@sluice/shared/time';

/** The form over one derivation: what the kinds hold beside each other, so that changing the kind forgets nothing. */
export interface DerivedDraft {
  name: string;
  description: string;
  kind: Derivation['kind'];
  event: string;
  where: PropertyFilter[];
  measure: AggregateMeasure['kind'];
  property: string;
  window: EventWindow;
  cases: { when: Condition; value: string }[];
  otherwise: string;
  amount: string;
  days: number;
}

export const NEW_DRAFT: DerivedDraft = {
  name: '',
  description: '',
  kind: 'aggregate',
  event: '',
  where: [],
  measure: 'count',
  property: '',
  window: { kind: 'last', ms: 30 * DAY_MS },
  cases: [{ when: EVERYONE, value: '' }],
  otherwise: '',
  amount: '',
  days: 365,
};

export function draftOf(name: string, description: string, derivation: Derivation): DerivedDraft {
  const draft = { ...NEW_DRAFT, name, description, kind: derivation.kind };
  if (derivation.kind === 'rfm') {
    const { event, amount, days } = derivation;
    return { ...draft, event, amount, days };
  }
  if (derivation.kind === 'cases') {
    const cases = derivation.cases.map(({ when, value }) => ({ when, value: String(value) }));
    return { ...draft, cases, otherwise: String(derivation.otherwise ?? '') };
  }
  const { event, where = [], measure, window } = derivation;
  const property = measure.kind === 'count' ? '' : (measure.property ?? '');
  return { ...draft, event, where, measure: measure.kind, property, window };
}

/** Undefined while something is missing. */
export function derivationOf(draft: DerivedDraft): Derivation | undefined {
  if (draft.kind === 'rfm') {
    const { event, amount, days } = draft;
    return event && amount ? { kind: 'rfm', event, amount, days } : undefined;
  }
  if (draft.kind === 'cases') {
    const cases = draft.cases.map(({ when, value }) => ({ when, value: readValue(value) }));
    if (cases.some(({ value }) => value === '')) return undefined;
    const otherwise = readValue(draft.otherwise);
    return { kind: 'cases', cases, ...(otherwise !== '' && { otherwise }) };
  }
  const measure = measureOf(draft);
  if (!draft.event || !measure) return undefined;
  const { event, where, window } = draft;
  return { kind: 'aggregate', event, ...(where.length > 0 && { where }), measure, window };
}

function measureOf({ measure: kind, property }: DerivedDraft): AggregateMeasure | undefined {
  if (kind === 'count') return { kind };
  if (kind === 'first' || kind === 'last') return property ? { kind, property } : { kind };
  return property ? { kind, property } : undefined;
}

/** A number or yes and no as such, so that conditions can compare it; anything else is text. */
function readValue(text: string): string | number | boolean {
  const trimmed = text.trim();
  if (trimmed === 'true' || trimmed === 'false') return trimmed === 'true';
  return /^-?\d{1,15}(\.\d{1,6})?$/.test(trimmed) ? Number(trimmed) : trimmed;
}
