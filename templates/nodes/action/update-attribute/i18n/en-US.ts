export const enUS = {
  title: 'Update attribute',
  description: 'Writes attributes of the person: sets a value, counts a number up or down, or removes it.',
  ports: { next: 'Next' },
  summary: {
    changes: '{{changes}}',
    set: '{{attribute}} = {{value}}',
    increment: '{{attribute}} + {{value}}',
    unset: 'remove {{attribute}}',
  },
  params: {
    changes: {
      label: 'Changes',
      fields: {
        attribute: { label: 'Attribute', help: 'A new name creates the attribute.' },
        action: { label: 'Action', options: { set: 'Set to', increment: 'Count by', unset: 'Remove' } },
        value: { label: 'Value', help: 'To count down, enter a negative number.' },
      },
    },
  },
  problems: {
    'update-attribute:attribute-twice': '“{{attribute}}” is changed twice in one step. Keep one of the two changes.',
    'update-attribute:value-missing': 'Enter the value that “{{attribute}}” is to get.',
    'update-attribute:step-missing': 'Enter the number by which “{{attribute}}” is to change.',
    'update-attribute:not-a-number':
      '“{{attribute}}” is not a number, so it cannot be counted. Set it to a value instead, or choose a number.',
  },
  reasons: { 'update-attribute:asked': 'Attributes changed: {{count}}' },
};
