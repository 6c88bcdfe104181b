export const enUS = {
  title: 'Split by attribute',
  description:
    'Sends each person on by the value of an attribute, and compares the groups as variants. Use it when the groups were drawn elsewhere, for instance in an imported file.',
  ports: { other: 'Other' },
  summary: { variants: 'By {{attribute}}: {{variants}}' },
  params: {
    attribute: { label: 'Attribute', help: 'The attribute that holds the group.' },
    variants: {
      label: 'Variants',
      help: 'Whoever has none of the values leaves by Other and is not part of the comparison.',
      fields: {
        key: {
          label: 'Key',
          help: 'Names the variant in results and exports. Lower-case letters, digits, - and _; it begins with a letter.',
        },
        name: { label: 'Name' },
        values: { label: 'Values', help: 'Compared exactly, upper and lower case too.' },
        isHoldOut: { label: 'Hold-out', help: 'These people are measured but not contacted.' },
      },
    },
  },
  problems: {
    'attribute-split:attribute-unseen':
      'No profile has the attribute “{{attribute}}” so far, so everyone would leave by Other. Check the name, or import the data first.',
    'attribute-split:key-twice': 'Two variants have the key “{{key}}”. Give each its own key.',
    'attribute-split:key-reserved':
      'The key “{{key}}” is taken by the way out for everyone else. Give the variant another key.',
    'attribute-split:value-twice': 'The value “{{value}}” stands in the list twice. Keep it once, in one variant.',
  },
  reasons: {
    'attribute-split:assigned': 'The attribute {{attribute}} says variant “{{name}}”',
    'attribute-split:held-out': 'The attribute {{attribute}} says hold-out “{{name}}”',
    'attribute-split:other': 'The attribute {{attribute}} holds none of the values of a variant',
  },
};
