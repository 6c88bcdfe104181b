export const enUS = {
  title: 'Switch',
  description:
    'Asks several questions one after the other and sends each person on by the first that fits; whoever fits none leaves by Else.',
  ports: { else: 'Else' },
  summary: { cases: '{{cases}}', case: '{{name}}: {{condition}}' },
  params: {
    cases: {
      label: 'Cases',
      help: 'The order counts: the first case that fits is taken.',
      fields: {
        key: { label: 'Key', help: 'Names the way out. Lower-case letters, digits, - and _; it begins with a letter.' },
        name: { label: 'Name' },
        condition: { label: 'Condition' },
      },
    },
  },
  problems: {
    'switch:key-twice': 'Two cases have the key “{{key}}”. Give each its own key.',
    'switch:key-reserved': 'The key “{{key}}” is the way out of those who fit no case. Choose another key.',
    'switch:no-condition': 'This case has no condition yet, so everyone fits it. Add a condition.',
  },
  reasons: { 'switch:case': 'The first case that fits: “{{name}}”', 'switch:else': 'None of {{count}} cases fits' },
};
