export const enUS = {
  title: 'Throttle',
  description:
    'Lets so many people through in any minute, and holds the others in line. Protects what comes behind it, such as a call centre or a shop.',
  ports: { next: 'Next' },
  summary: { rate: 'At most {{perMinute}} a minute' },
  params: {
    perMinute: {
      label: 'People a minute',
      help: 'From 1 to 100,000; never more, a little fewer at high rates.',
    },
  },
  problems: {},
  reasons: { 'throttle:waiting': 'Waiting in line', 'throttle:passed': 'Let through' },
};
