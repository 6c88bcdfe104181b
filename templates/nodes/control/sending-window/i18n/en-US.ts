export const enUS = {
  title: 'Sending window',
  description:
    'Lets people through during good hours and holds the others until the next opening, so that nobody is disturbed at night or on a holiday.',
  ports: { next: 'Next' },
  summary: { open: '{{windows}}', quiet: 'Not: {{windows}}', window: '{{days}} {{from}}–{{to}}' },
  params: {
    mode: {
      label: 'The hours below are',
      options: { open: 'Hours in which people may pass', quiet: 'Quiet hours, in which nobody passes' },
    },
    windows: {
      label: 'Hours',
      help: 'Up to but not including the second time. If that is not later than the first, up to the next day.',
      fields: {
        days: { label: 'Weekdays' },
        from: { label: 'From' },
        to: { label: 'To' },
      },
    },
    closedOn: { label: 'Closed on', help: 'On these dates nobody passes, all day.' },
    zone: { label: 'By the clock of', options: { profile: 'The person', fixed: 'A fixed time zone' } },
    timeZone: { label: 'Time zone' },
  },
  problems: {
    'sending-window:never-open': 'Nobody could ever pass: the quiet hours fill the whole week. Leave some hours open.',
    'sending-window:date-unreal': 'There is no day “{{date}}” in the calendar. Remove it or choose another.',
    'sending-window:zone-missing': 'Choose the time zone.',
    'sending-window:zone-unknown': 'There is no time zone “{{zone}}”. Choose one from the list.',
  },
  reasons: {
    'sending-window:open': 'Came within the window',
    'sending-window:shut': 'Outside the window; waiting for the next opening',
    'sending-window:opened': 'The window has opened',
  },
};
