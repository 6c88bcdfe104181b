import type { ImportMapping, ImportPreview } from '@sluice/shared/http-api';

/** What the rows of a file become. */
export type Target = 'profiles' | 'events' | 'dataset' | 'members';
export const TARGETS: readonly Target[] = ['profiles', 'events', 'dataset', 'members'];

type TimeFormat = NonNullable<ImportMapping['event']>['at']['format'];
type Column = ImportPreview['columns'][number];

const TIME_NAME = /(^|[\s_-])(time|timestamp|date|at|ts)$|^(time|date)|时间|日期/i;
const EVENT_NAME = /event|behaviou?r|action|^what$|行为|事件|动作/i;

export function targetOf(mapping: ImportMapping): Target {
  if (mapping.members) return 'members';
  if (mapping.dataset !== undefined) return 'dataset';
  return mapping.event ? 'events' : 'profiles';
}

/** A first mapping for another target. Columns that say who, what and when are no properties of the event as well. */
export function toTarget(
  suggested: ImportMapping,
  target: Target,
  preview: ImportPreview,
  audience = '',
): ImportMapping {
  const { identity, columns } = suggested;
  const column = identity.kind === 'column' ? identity.column : (preview.columns[0]?.name ?? '');
  if (target === 'profiles') return suggested;
  if (target === 'members')
    return { identity: { kind: 'column', column }, columns: [], computed: [], members: { audience } };
  if (target === 'dataset') return { identity: { kind: 'column', column }, columns, computed: [], dataset: '' };
  const time = findTimeColumn(preview.columns.filter(({ name }) => name !== column));
  const name = preview.columns.find((each) => EVENT_NAME.test(each.name) && each.name !== time?.name);
  const taken = new Set([column, time?.name, name?.name]);
  return {
    identity: { kind: 'column', column },
    columns: columns.map(({ skip: _skip, ...each }) => (taken.has(each.column) ? { ...each, skip: true } : each)),
    computed: [],
    event: {
      name: name ? { kind: 'column', column: name.name } : { kind: 'fixed', name: '' },
      at: { column: time?.name ?? '', format: timeFormatOf(time) },
    },
  };
}

/** Seconds and milliseconds since 1970 tell themselves apart by their length; a few wild clocks do not hide them. */
export function timeFormatOf(column: Column | undefined): TimeFormat {
  const samples = column?.samples ?? [];
  const have = (digits: RegExp) => samples.filter((sample) => digits.test(sample)).length > samples.length / 2;
  if (have(/^\d{9,10}(\.\d+)?$/)) return 'unix-seconds';
  return have(/^\d{12,13}$/) ? 'unix-milliseconds' : 'date';
}

/** Whether it says what happened and when. */
export function isEventNamed({ event }: ImportMapping): boolean {
  if (!event) return true;
  return event.at.column !== '' && (event.name.kind === 'column' || event.name.name.trim() !== '');
}

/** Whether it says into which dataset, where it is for one. */
export function isDatasetChosen({ dataset }: ImportMapping): boolean {
  return dataset !== '';
}

function findTimeColumn(columns: readonly Column[]): Column | undefined {
  const isTime = (column: Column) => column.type === 'date' || timeFormatOf(column) !== 'date';
  return columns.find((column) => TIME_NAME.test(column.name) && isTime(column)) ?? columns.find(isTime);
}
