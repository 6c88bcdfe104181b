import { entryEnUS } from '../../entry-texts.ts';

export const enUS = {
  title: 'Schedule',
  description:
    'Starts the flow for everyone in the audience: right after publishing, at a date and time, or again and again.',
  ports: { next: 'Next' },
  summary: {
    now: 'On publishing, for: {{audience}}',
    at: '{{at}}, for: {{audience}}',
    recurring: '{{recurrence}}, for: {{audience}}',
    unset: 'Not set yet, for: {{audience}}',
  },
  params: {
    when: {
      label: 'Start',
      options: { now: 'On publishing', at: 'At a date and time', recurring: 'Again and again' },
    },
    at: { label: 'Date and time', help: 'In the time zone of the workspace.' },
    recurrence: {
      label: 'Repeats',
      help: 'If the server was down at one or more of these times, the latest of them is made up for once.',
    },
    audience: {
      label: 'Audience',
      help: 'Who enters. It is worked out each time the flow starts.',
    },
    ...entryEnUS.params,
  },
  problems: {
    'schedule:at-missing': 'Choose the date and time at which the flow starts.',
    'schedule:at-past':
      'The start lies in the past, so the flow starts as soon as it is published. Choose a later time if that is not meant.',
    'schedule:recurrence-missing': 'Choose when the flow starts again and again.',
    'schedule:zone-unknown': 'There is no such time zone. Choose one from the list.',
    'schedule:cron-unreadable':
      'The cron expression cannot be read. It has five fields: minute, hour, day of month, month, day of week.',
    'schedule:date-unreal': 'There is no such date. Choose another one.',
    'schedule:end-before-start': 'The end lies before the start. Choose a later end.',
    'schedule:never-again': 'It never happens after now, so nobody would enter. Choose a later end.',
    ...entryEnUS.problemsOf('schedule'),
  },
  reasons: { 'schedule:entered': 'Was in the audience when the flow started' },
};
