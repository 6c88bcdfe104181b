import { entryEnUS } from '../../entry-texts.ts';

export const enUS = {
  title: 'Date of an attribute',
  description:
    'Starts the flow for a person on a date that an attribute holds, or some days before or after it: birthdays, renewals, deadlines.',
  ports: { next: 'Next' },
  summary: {
    'yearly-on': 'Each year on “{{attribute}}”, {{at}}',
    'yearly-before': 'Each year, days before “{{attribute}}”: {{days}}, {{at}}',
    'yearly-after': 'Each year, days after “{{attribute}}”: {{days}}, {{at}}',
    'once-on': 'On “{{attribute}}”, {{at}}',
    'once-before': 'Days before “{{attribute}}”: {{days}}, {{at}}',
    'once-after': 'Days after “{{attribute}}”: {{days}}, {{at}}',
  },
  params: {
    attribute: { label: 'Attribute', help: 'It holds the date.' },
    repeat: {
      label: 'Comes round',
      help: 'Each year counts month and day only; 29 February is 28 February in a year without it.',
      options: { yearly: 'Each year', once: 'Once, on exactly this date' },
    },
    offsetDays: { label: 'Days after the date', help: 'Negative for days before it.' },
    at: { label: 'Time of day' },
    timeZone: { label: 'Time zone', help: 'The zone of the workspace when empty.' },
    audience: { label: 'Only people who', help: 'Asked on that day.' },
    ...entryEnUS.params,
  },
  problems: {
    'date-trigger:attribute-unseen':
      'No profile has the attribute “{{attribute}}” so far, so nobody would enter. Choose another one, or import the data first.',
    'date-trigger:not-a-date': '“{{attribute}}” holds no dates. Choose an attribute that does.',
    'date-trigger:zone-unknown': 'There is no such time zone. Choose one from the list.',
    ...entryEnUS.problemsOf('date-trigger'),
  },
  reasons: { 'date-trigger:came': 'The date in “{{attribute}}” came' },
};
