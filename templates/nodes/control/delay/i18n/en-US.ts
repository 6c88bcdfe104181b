export const enUS = {
  title: 'Delay',
  description: 'Holds each person for a fixed time, counted from the moment they arrive here.',
  ports: { next: 'Next' },
  summary: { wait: 'Wait {{duration}}' },
  params: { durationMs: { label: 'Wait for', help: 'From 1 second to 366 days.' } },
  problems: {},
  reasons: { 'delay:waiting': 'Waiting', 'delay:over': 'The wait is over' },
};
