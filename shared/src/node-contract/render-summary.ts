import type { Condition } from '../condition/ast.ts';
import { fillText, type Locale } from '../model/locale.ts';
import { describeRecurrence, describeWeekdays } from '../time/describe-recurrence.ts';
import { describeDuration, describeInstant } from '../time/describe-time.ts';
import { checkRecurrence } from '../time/recurrence.ts';
import type { ParamTexts } from './texts.ts';
import type { AnyManifest, Summary, SummaryValue } from './manifest.ts';

/** In which language, zone and condition wording a summary is read. */
export interface SummaryReading {
  locale: Locale;
  timeZone: string;
  describeCondition: (condition: Condition, locale: Locale) => string;
  /** The name of a saved audience; absent, it is called by its id. */
  audienceName?: ((id: string) => string) | undefined;
}

const JOINER = ' · ';

/** The one line of a node card as a sentence. A key without text is returned as it is: the conformance suite refuses it. */
export function renderSummary(manifest: Pick<AnyManifest, 'texts'>, summary: Summary, reading: SummaryReading): string {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(summary.values ?? {}))
    values[name] = renderValue(manifest, value, reading);
  return fillText(manifest.texts[reading.locale].summary[summary.key] ?? summary.key, values);
}

function renderValue(
  manifest: Pick<AnyManifest, 'texts'>,
  value: SummaryValue,
  reading: SummaryReading,
): string | number {
  if (typeof value !== 'object') return value;
  switch (value.type) {
    case 'condition':
      return reading.describeCondition(value.condition, reading.locale);
    case 'audience':
      return reading.audienceName?.(value.id) ?? value.id;
    case 'duration':
      return describeDuration(value.ms, reading.locale);
    case 'instant':
      return describeInstant(value.at, reading.locale, reading.timeZone);
    case 'weekdays':
      return describeWeekdays(value.days, reading.locale);
    case 'recurrence':
      // One that cannot be read is a problem of its own, and has no words.
      return checkRecurrence(value.recurrence).length > 0 ? '…' : describeRecurrence(value.recurrence, reading.locale);
    case 'option': {
      const { [value.param]: texts } = manifest.texts[reading.locale].params as Readonly<Record<string, ParamTexts>>;
      return texts?.options?.[value.value] ?? value.value;
    }
    case 'list':
      return value.of.map((summary) => renderSummary(manifest, summary, reading)).join(JOINER);
  }
}
