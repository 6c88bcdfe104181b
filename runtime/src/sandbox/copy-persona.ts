import { columnKey, type DatasetRow } from '@sluice/shared/condition';
import type { Persona } from '@sluice/shared/http-api';
import { type Attributes, type AttributeValue, kindOf, type MaskKind, maskValue } from '@sluice/shared/model';
import { isLocalDate } from '@sluice/shared/time';
import type { AttributeLens } from '../access/read-level.ts';
import { toEventFacts } from '../matching/event-consumer.ts';
import { simpleProperties } from './simple-properties.ts';
import type { WorldState } from './virtual-world.ts';

const MOST_EVENTS = 1000;
const MOST_ROWS = 200;
/** Names of attributes that tell who somebody is, whatever they hold. */
const TELLING_NAME =
  /(^|[^a-z])(name|first|last|surname|phone|mobile|tel|address|street|passport|ssn|iban|card|wechat|weixin|openid|unionid)([^a-z]|$)|姓名|名字|手机|电话|地址|身份证|微信|护照|银行/i;

/**
 * A persona like a stored profile, at an instant, but masked: neither its user id nor its own id goes along, nor what the
 * holder of the lens may not see, nor what tells by its name or its form who it is. Dates, amounts and categories stay.
 */
export function copyPersona(
  { profile, events, audiences, rows = [] }: WorldState,
  at: number,
  lens: AttributeLens,
): { persona: Persona; isCut: boolean } {
  const newest = events.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, MOST_EVENTS);
  const { attributes, masked } = lens.view(profile.attributes);
  return {
    persona: {
      id: `copy-${profile.id.replaceAll(/[^0-9A-Za-z_-]/g, '').slice(0, 6)}`,
      name: '',
      attributes: maskPersonal(attributes, masked),
      audiences: audiences.slice(0, 200),
      events: newest.map((event) => ({
        name: event.name,
        agoMs: Math.max(0, at - event.at.getTime()),
        properties: maskPersonal(simpleProperties(toEventFacts(event).properties)),
      })),
      ...(rows.length > 0 && { rows: rows.slice(0, MOST_ROWS).map((row) => copyRow(row, profile.userId, lens)) }),
    },
    isCut: events.length > newest.length || rows.length > MOST_ROWS,
  };
}

/** Columns under their keys, by which the lens knows them. */
function copyRow(
  { dataset, values }: DatasetRow,
  userId: string | undefined,
  lens: AttributeLens,
): NonNullable<Persona['rows']>[number] {
  // Some column says whose row it is.
  const keyed = Object.entries(simpleProperties(values))
    .filter(([, value]) => String(value) !== userId)
    .map(([name, value]) => [columnKey(dataset, name), value]);
  const { attributes, masked } = lens.view(Object.fromEntries(keyed) as Attributes);
  const bare = (key: string) => key.slice(dataset.length + 1);
  const shown = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [bare(key), value]));
  return { dataset, values: maskPersonal(shown, masked.map(bare)) };
}

function maskPersonal(values: Attributes, masked: readonly string[] = []): Attributes {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const kind = masked.includes(name) ? undefined : personalKind(name, value);
      return [name, kind === undefined ? value : maskValue(value, kind)];
    }),
  );
}

/** Of what a value seems to tell; undefined for one that tells nobody from another. */
function personalKind(name: string, value: AttributeValue): MaskKind | undefined {
  const form = typeof value === 'string' && !isLocalDate(value) ? kindOf(value) : 'whole';
  // A word of two characters may be a person or a town; only the name of the attribute tells.
  if (form !== 'whole' && form !== 'name') return form;
  return TELLING_NAME.test(spaced(name)) ? 'name' : undefined;
}

/** `firstName` and `first_name` are the same words. */
function spaced(name: string): string {
  return name.replaceAll(/([a-z])([A-Z])/g, '$1 $2');
}
