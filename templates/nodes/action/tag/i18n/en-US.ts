export const enUS = {
  title: 'Tag',
  description: 'Adds tags to the person, or removes them. Conditions ask for them with “contains”.',
  ports: { next: 'Next' },
  summary: { unset: 'Choose tags', add: 'Tag: {{tags}}', remove: 'Remove tag: {{tags}}' },
  params: {
    action: { label: 'Action', options: { add: 'Add', remove: 'Remove' } },
    tags: { label: 'Tags', placeholder: 'Type a tag and press Enter' },
    attribute: { label: 'List attribute', help: 'Where the tags are kept. A new name creates the attribute.' },
  },
  problems: {
    'tag:tags-missing': 'Enter at least one tag.',
    'tag:not-a-list': '“{{attribute}}” is not a list. Choose a list attribute, or a new name.',
  },
  reasons: { 'tag:add': 'Tagged: {{tags}}', 'tag:remove': 'Tags removed: {{tags}}' },
};
