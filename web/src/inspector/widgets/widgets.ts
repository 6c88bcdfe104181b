import type { WidgetName } from '../param-schema.ts';
import type { Widget } from '../widget.ts';
import { AnswerCasesWidget } from './answer-cases-widget.tsx';
import { AttributeValueWidget } from './attribute-value-widget.tsx';
import { AttributeWidget } from './attribute-widget.tsx';
import { AudienceWidget } from './audience-widget.tsx';
import { CodeWidget } from './code-widget.tsx';
import { ConditionWidget } from './condition-widget.tsx';
import { DateOffsetWidget } from './date-offset-widget.tsx';
import { DatesWidget, DateWidget } from './date-widgets.tsx';
import { DatetimeWidget } from './datetime-widget.tsx';
import { DurationWidget } from './duration-widget.tsx';
import { EventNameWidget } from './event-name-widget.tsx';
import { EventPatternWidget } from './event-pattern-widget.tsx';
import { FlowWidget } from './flow-widget.tsx';
import { EventFiltersWidget, EventPropertyWidget } from './event-widgets.tsx';
import { GroupWidget } from './group-widget.tsx';
import { LiquidWidget } from './liquid-widget.tsx';
import { ListWidget } from './list-widget.tsx';
import { MjmlWidget } from './mjml-widget.tsx';
import { RecurrenceWidget } from './recurrence-widget.tsx';
import { ServiceWidget } from './service-widget.tsx';
import { MultilineWidget, NumberWidget, SelectWidget, SwitchWidget, TagsWidget, TextWidget } from './text-widgets.tsx';
import { TimeOfDayWidget } from './time-of-day-widget.tsx';
import { TimeZoneWidget } from './time-zone-widget.tsx';
import { VariantsWidget } from './variants-widget.tsx';
import { WeekdaysWidget } from './weekdays-widget.tsx';

/** Every widget that a hint or a schema can ask for. */
export const WIDGETS: Record<WidgetName, Widget> = {
  text: TextWidget,
  multiline: MultilineWidget,
  number: NumberWidget,
  switch: SwitchWidget,
  select: SelectWidget,
  duration: DurationWidget,
  datetime: DatetimeWidget,
  date: DateWidget,
  dates: DatesWidget,
  'date-offset': DateOffsetWidget,
  'time-of-day': TimeOfDayWidget,
  'time-zone': TimeZoneWidget,
  weekdays: WeekdaysWidget,
  recurrence: RecurrenceWidget,
  condition: ConditionWidget,
  audience: AudienceWidget,
  'event-property': EventPropertyWidget,
  'event-filters': EventFiltersWidget,
  variants: VariantsWidget,
  attribute: AttributeWidget,
  'attribute-value': AttributeValueWidget,
  liquid: LiquidWidget,
  mjml: MjmlWidget,
  code: CodeWidget,
  service: ServiceWidget,
  'answer-cases': AnswerCasesWidget,
  // A message is chosen from the content library; until a kind asks for it, its reference is typed.
  message: TextWidget,
  'event-name': EventNameWidget,
  'event-pattern': EventPatternWidget,
  flow: FlowWidget,
  group: GroupWidget,
  list: ListWidget,
  tags: TagsWidget,
};
