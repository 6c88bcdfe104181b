import type { Measurement } from '@sluice/shared/graph';
import { LINK_CLICKED } from '@sluice/shared/model';

/** What one flow version wants to know of an event. */
export interface Listener {
  flowId: string;
  version: number;
  measurement: Measurement;
}

/** All measurements of versions that may still have runs; asked once per batch of events. */
export interface Measurements {
  listeners(): Promise<readonly Listener[]>;
}

/** How an event counts for a run of this version: as its click, as a conversion with a value, or not at all. */
export function roleOf(
  event: { name: string; properties: Record<string, unknown> },
  { flowId, measurement }: Listener,
): { isClick: boolean; isConversion: boolean; minor: number } {
  const isOwnLink = event.name === LINK_CLICKED && event.properties['flowId'] === flowId;
  const isClick = measurement.clickEvent === undefined ? isOwnLink : event.name === measurement.clickEvent;
  const isConversion = measurement.conversionEvent !== undefined && event.name === measurement.conversionEvent;
  return { isClick, isConversion, minor: isConversion ? minorUnits(event.properties, measurement) : 0 };
}

/** Major units to integer minor units by the currency's own number of decimals (ISO 4217, as Intl knows it). */
function minorUnits(properties: Record<string, unknown>, { valueProperty, currency }: Measurement): number {
  const value = valueProperty === undefined ? undefined : properties[valueProperty];
  const major = typeof value === 'string' ? Number(value) : value;
  return typeof major === 'number' && Number.isFinite(major) ? Math.round(major * 10 ** currencyDigits(currency)) : 0;
}

export function currencyDigits(currency: string | undefined): number {
  if (currency === undefined) return 2;
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}
