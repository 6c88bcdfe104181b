export const enUS = {
  title: 'A/B split',
  description:
    'Deals people out at random in the shares you set, to compare what works. A person always falls into the same variant; a hold-out gets nothing and shows what would have happened anyway.',
  ports: {},
  summary: {
    variants: '{{variants}}',
    variant: '{{name}} {{weight}} %',
    holdOut: '{{name}} {{weight}} % (hold-out)',
  },
  params: {
    variants: {
      label: 'Variants',
      help: 'The shares add up to 100 %.',
      fields: {
        key: {
          label: 'Key',
          help: 'Names the variant in results and exports. Lower-case letters, digits, - and _; it begins with a letter.',
        },
        name: { label: 'Name' },
        weight: { label: 'Share', unit: '%' },
        isHoldOut: { label: 'Hold-out', help: 'These people are measured but not contacted.' },
      },
    },
  },
  problems: {
    'ab-split:weights-sum': 'The shares add up to {{sum}} %. Change them so that they add up to 100 %.',
    'ab-split:key-twice': 'Two variants have the key “{{key}}”. Give each its own key.',
  },
  reasons: {
    'ab-split:dealt': 'Dealt into variant “{{name}}”',
    'ab-split:held-out': 'Dealt into the hold-out “{{name}}”',
  },
};
