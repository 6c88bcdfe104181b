export const enUS = {
  title: 'Wait until',
  description:
    'Holds each person until a moment of the calendar: a time of day, a weekday, a date, or so long before or after a date that an attribute holds.',
  ports: { next: 'Next', passed: 'Already past', noDate: 'No date' },
  summary: {
    time: 'Until{{time}}',
    weekday: 'Until {{days}}{{time}}',
    date: 'Until {{date}}{{time}}',
    attribute: 'Until {{attribute}}{{time}}',
    before: 'Until {{span}} before {{attribute}}{{time}}',
    after: 'Until {{span}} after {{attribute}}{{time}}',
  },
  params: {
    until: {
      label: 'Wait until',
      options: {
        time: 'A time of day',
        weekday: 'A weekday',
        date: 'A date',
        attribute: 'A date in an attribute',
      },
    },
    weekdays: { label: 'Weekdays', help: 'The next of these days counts, today too if the time is still to come.' },
    date: { label: 'Date' },
    attribute: { label: 'Attribute', help: 'Holds a date, or a date with a time.' },
    offset: {
      label: 'Before or after',
      fields: {
        amount: { label: 'How many' },
        unit: { label: 'Unit', options: { day: 'days', hour: 'hours' } },
      },
    },
    isYearly: { label: 'Every year', help: 'For birthdays and the like: the next time the day comes round.' },
    at: {
      label: 'Time of day',
      help: 'A time that is left out when clocks are put forward comes at the end of the gap; one that comes twice, the first time. Empty: the time that the attribute holds.',
    },
    zone: { label: 'By the clock of', options: { profile: 'The person', fixed: 'A fixed time zone' } },
    timeZone: { label: 'Time zone' },
    ifPassed: {
      label: 'If the moment is past',
      options: { 'go-on': 'Go on at once', leave: 'Leave by “Already past”' },
    },
  },
  problems: {
    'until:time-missing': 'Enter the time of day.',
    'until:weekdays-missing': 'Choose at least one weekday.',
    'until:date-missing': 'Choose the date.',
    'until:date-unreal': 'There is no day “{{date}}” in the calendar. Choose another date.',
    'until:date-past': 'The day {{date}} is over, so people would not wait here. Choose a later date.',
    'until:attribute-missing': 'Choose the attribute that holds the date.',
    'until:attribute-unseen':
      'No profile has the attribute “{{attribute}}” so far, so everyone would leave by “No date”. Check the name, or import the data first.',
    'until:offset-too-large': 'The offset is more than a year. Enter at most {{limit}}.',
    'until:zone-missing': 'Choose the time zone.',
    'until:zone-unknown': 'There is no time zone “{{zone}}”. Choose one from the list.',
  },
  reasons: {
    'until:waiting': 'Waiting for the moment',
    'until:reached': 'The moment has come',
    'until:went-on': 'The moment was past, so the person went on at once',
    'until:passed': 'The moment was past',
    'until:no-date': 'The attribute {{attribute}} holds no date',
  },
};
