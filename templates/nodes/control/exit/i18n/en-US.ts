export const enUS = {
  title: 'Exit',
  description: 'Ends the way through the flow here, and records why.',
  ports: {},
  summary: { end: 'Ends here', reason: 'Ends: {{reason}}' },
  params: {
    reason: {
      label: 'Reason',
      help: 'Shown wherever somebody asks why a person left the flow here.',
      placeholder: 'Campaign finished',
    },
  },
  problems: {},
  reasons: { 'exit:end': 'Reached an exit', 'exit:reason': 'Reached an exit: {{reason}}' },
};
