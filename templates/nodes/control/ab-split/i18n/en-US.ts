export const enUS = {
  title: 'A/B split',
  description:
    'Deals people out at random in the shares you set, to compare what works. A person always falls into the same variant; a hold-out gets nothing and shows what would have happened anyway. It can choose the winner by itself, once the results leave little room for chance.',
  ports: {},
  summary: {
    variants: '{{variants}}',
    variant: '{{name}} {{weight}} %',
    holdOut: '{{name}} {{weight}} % (hold-out)',
    byClicks: 'winner by clicks',
    byConversions: 'winner by conversions',
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
    winner: {
      label: 'Choose the winner automatically',
      help: 'The variant that beats every other one beyond chance wins. The hold-out cannot win and keeps its share. Whoever has a variant keeps it, and each version of the flow is compared anew.',
      fields: {
        metric: {
          label: 'Compare by',
          help: 'The share of profiles with such a result, as the flow measures results.',
          options: { click: 'Clicks', conversion: 'Conversions' },
        },
        everyMs: { label: 'Look at the results every', help: 'Counted from the first profile in this version.' },
        looks: {
          label: 'Looks at most',
          unit: 'times',
          help: 'If the last look finds no winner, the shares stay. The more looks, the clearer a difference has to be.',
        },
        minimumPerArm: { label: 'Profiles each variant needs', help: 'No winner is chosen before.' },
        confidence: {
          label: 'Confidence',
          help: 'How sure to be that variants which are all alike yield no winner by luck.',
          options: { '0.9': '90 %', '0.95': '95 %', '0.99': '99 %' },
        },
        afterwards: {
          label: 'Once there is a winner',
          options: { 'all-to-winner': 'Send everyone else to it', keep: 'Keep the shares' },
        },
      },
    },
  },
  problems: {
    'ab-split:winner-alone':
      'Only one variant could win. Let two variants that are no hold-out have a share, or do not choose a winner.',
    'ab-split:weights-sum': 'The shares add up to {{sum}} %. Change them so that they add up to 100 %.',
    'ab-split:key-twice': 'Two variants have the key “{{key}}”. Give each its own key.',
  },
  reasons: {
    'ab-split:dealt': 'Dealt into variant “{{name}}”',
    'ab-split:decided': 'Sent to the winner “{{name}}”',
    'ab-split:held-out': 'Dealt into the hold-out “{{name}}”',
  },
};
