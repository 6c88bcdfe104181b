export const enUS = {
  title: 'Filter',
  description:
    'Asks one question about each person and sends them on by Yes or No. It looks at the moment they arrive, so put a delay before it to wait for something to happen.',
  ports: { yes: 'Yes', no: 'No' },
  summary: { condition: '{{condition}}' },
  params: {
    condition: { label: 'Condition', help: 'Whoever meets it leaves by Yes, everyone else by No.' },
  },
  problems: {
    'filter:no-condition': 'There is no condition yet, so everyone leaves by Yes. Add a condition.',
  },
  reasons: { 'filter:yes': 'Met the condition', 'filter:no': 'Did not meet the condition' },
};
