export const enUS = {
  title: 'Parallel',
  description:
    'Sends each person down several branches at the same time. Use a join to bring the branches together again; without one, each ends by itself.',
  ports: {},
  summary: { branches: 'At once: {{branches}}', branch: '{{name}}' },
  params: {
    branches: {
      label: 'Branches',
      fields: {
        key: { label: 'Key', help: 'Names the branch. Lower-case letters, digits, - and _; it begins with a letter.' },
        name: { label: 'Name' },
      },
    },
  },
  problems: { 'parallel:key-twice': 'Two branches have the key “{{key}}”. Give each its own key.' },
  reasons: { 'parallel:forked': 'Went on in {{count}} branches at once' },
};
