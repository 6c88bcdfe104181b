export const enUS = {
  title: 'Sub-flow',
  description:
    'Starts each person in another live flow, from its first trigger on and whoever it would take in. Waits until they are through it, or goes on at once.',
  ports: { next: 'Next', timeout: 'Time is over', failed: 'Could not start' },
  summary: {
    unset: 'No flow chosen',
    awaited: '{{flow}}, waits at most {{timeout}}',
    started: 'Starts {{flow}}',
  },
  params: {
    flow: { label: 'Flow', help: 'Its live version is started; people who are in it stay on theirs.' },
    isAwaited: { label: 'Wait for its end' },
    timeoutMs: { label: 'At most', help: 'From 1 second to 366 days. The other flow goes on after that.' },
  },
  problems: { 'sub-flow:flow-missing': 'Choose the flow to start.' },
  reasons: {
    'sub-flow:started': 'To be started in “{{flow}}”',
    'sub-flow:waiting': 'Waiting for the end of “{{flow}}”',
    'sub-flow:ended': 'Through “{{flow}}”',
    'sub-flow:time-over': 'Not through “{{flow}}” in time',
    'sub-flow:not-live': '“{{flow}}” is not live, so nobody could be started in it',
    'sub-flow:too-deep': 'Too many flows have started each other; “{{flow}}” was not started',
    'sub-flow:failed': '“{{flow}}” could not be started',
  },
};
