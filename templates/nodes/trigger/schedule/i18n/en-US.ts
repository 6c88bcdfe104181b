export const enUS = {
  title: 'Schedule',
  description: 'Starts the flow once, right after publishing or at a date and time, for everyone in the audience.',
  ports: { next: 'Next' },
  summary: {
    now: 'On publishing, for: {{audience}}',
    at: '{{at}}, for: {{audience}}',
  },
  params: {
    when: { label: 'Start', options: { now: 'On publishing', at: 'At a date and time' } },
    at: { label: 'Date and time', help: 'In the time zone of the workspace.' },
    audience: {
      label: 'Audience',
      help: 'Who enters. It is worked out when the flow starts, and each person enters once.',
    },
  },
  problems: {
    'schedule:at-missing': 'Choose the date and time at which the flow starts.',
    'schedule:at-past':
      'The start lies in the past, so the flow starts as soon as it is published. Choose a later time if that is not meant.',
  },
  reasons: { 'schedule:entered': 'Was in the audience when the flow started' },
};
