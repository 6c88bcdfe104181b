export const enUS = {
  title: 'Goal',
  description:
    'What the flow is for. As soon as the event happens, the person comes here from wherever they stand, and everything else they were on the way to is dropped. Whoever gets here by a connection waits for it, at most for the time you set.',
  ports: { reached: 'Reached', missed: 'Missed' },
  summary: {
    unset: 'No event chosen',
    goal: '{{event}}; at most {{timeout}} here',
    end: '{{event}}, and ends there; at most {{timeout}} here',
  },
  params: {
    on: { label: 'Event' },
    timeoutMs: {
      label: 'Wait here at most',
      help: 'For those who get here before the event. From 1 second to 366 days.',
    },
    isEnd: { label: 'End the run there', help: 'Whoever reaches the goal leaves the flow.' },
  },
  problems: { 'goal:event-missing': 'Choose the event that means the goal is reached.' },
  reasons: {
    'goal:waiting': 'Waiting for “{{event}}”',
    'goal:reached': 'Reached the goal: “{{event}}” happened',
    'goal:missed': 'The time was over before the goal was reached',
  },
};
