import type { EventRate, ForecastBasis, ForecastSettings, ForecastSummary } from '@sluice/shared/http-api';

/** What is set up; what is not changed stays with history. */
export type SettingsDraft = ForecastSettings;

export const BLANK_SETTINGS: SettingsDraft = {
  days: 30,
  seed: 1,
  rates: [],
  arrivals: [],
  answers: [],
  channels: [],
  nodes: [],
  currency: 'CNY',
};

/** As the last forecast was set up, so that one thing can be changed and the rest compared; its start lies behind. */
export function settingsAfter(last: ForecastSummary | undefined, currency: string | undefined): SettingsDraft {
  if (!last) return { ...BLANK_SETTINGS, ...(currency !== undefined && { currency }) };
  const { startAt: _start, ...settings } = last.settings;
  return settings;
}

type Place = Pick<EventRate, 'key' | 'node'>;

const isSame = (a: Place) => (b: Place) => a.key === b.key && a.node === b.node;

/** The figure that counts: the entered one, else that of history. */
export function rateOf(
  draft: SettingsDraft,
  basis: ForecastBasis,
  place: Place,
): ForecastBasis['rates'][number] | undefined {
  const known = basis.rates.find(isSame(place));
  const given = draft.rates.find(isSame(place));
  return given ? { ...given, source: { kind: 'given', count: 0 } } : known;
}

export function withRate(draft: SettingsDraft, rate: EventRate): SettingsDraft {
  return { ...draft, rates: [...draft.rates.filter((one) => !isSame(rate)(one)), rate] };
}

export function withoutRate(draft: SettingsDraft, place: Place): SettingsDraft {
  return { ...draft, rates: draft.rates.filter((one) => !isSame(place)(one)) };
}

/** Replaces the item of a list that `isMeant` names, or adds it; nothing takes it out. */
export function withItem<T>(items: readonly T[], isMeant: (item: T) => boolean, next: T | undefined): T[] {
  const at = items.findIndex(isMeant);
  if (at < 0) return next === undefined ? [...items] : [...items, next];
  return items.flatMap((item, index) => (index === at ? (next === undefined ? [] : [next]) : [item]));
}

/** Only what the graph still has is sent: a node that was deleted since would be refused as a figure for nothing. */
export function usable(
  draft: SettingsDraft,
  basis: ForecastBasis | undefined,
  nodes: ReadonlySet<string>,
): SettingsDraft {
  const keys = new Set(basis?.events.map(({ key }) => key));
  return {
    ...draft,
    rates: draft.rates.filter(({ key, node }) => keys.has(key) && (node === null || nodes.has(node))),
    arrivals: draft.arrivals.filter(({ trigger }) => nodes.has(trigger)),
    answers: draft.answers.filter(({ node }) => nodes.has(node)),
    nodes: draft.nodes.filter(({ node }) => nodes.has(node)),
  };
}
