export const enUS = {
  title: 'Wait for an event',
  description:
    'Holds each person until they do something, at most for the time you set. Each event has its own way out, and so has the end of the time.',
  ports: { all: 'All happened', timeout: 'Time is over' },
  summary: {
    any: 'Until {{events}}, at most {{timeout}}',
    all: 'Until all of {{events}}, at most {{timeout}}',
    event: '{{event}}',
  },
  params: {
    events: {
      label: 'Events',
      fields: {
        key: { label: 'Key', help: 'Names the way out. Lower-case letters, digits, - and _; it begins with a letter.' },
        name: { label: 'Name', help: 'Stands at the way out.' },
        on: { label: 'Event' },
      },
    },
    need: {
      label: 'Goes on',
      options: { any: 'when the first of them happens', all: 'when all of them have happened' },
    },
    since: {
      label: 'What counts',
      help: 'Looking back means that whoever has already done it does not wait.',
      options: { now: 'only what happens from here on', entry: 'also what has happened since entering the flow' },
    },
    timeoutMs: { label: 'At most', help: 'From 1 second to 366 days.' },
  },
  problems: {
    'wait-for-event:event-missing': 'Choose the event to wait for.',
    'wait-for-event:key-twice': 'Two events have the key “{{key}}”. Give each its own key.',
    'wait-for-event:key-reserved': 'The key “{{key}}” is taken by a way out of this node. Choose another key.',
  },
  reasons: {
    'wait-for-event:waiting': 'Waiting for events: {{count}}',
    'wait-for-event:happened': '“{{event}}” happened',
    'wait-for-event:all-happened': 'All {{count}} events happened',
    'wait-for-event:time-over': 'The time was over before it happened',
    'wait-for-event:no-key':
      'What brought them here has no “{{property}}”, so no “{{event}}” can belong to it: did not wait',
  },
};
