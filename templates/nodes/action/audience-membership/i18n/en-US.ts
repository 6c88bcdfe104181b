export const enUS = {
  title: 'Change audience',
  description:
    'Puts the person into a manual audience, or takes them out. Dynamic and snapshot audiences follow a condition and cannot be changed by hand.',
  ports: { next: 'Next' },
  summary: {
    unset: 'Choose an audience',
    add: 'Add to “{{audience}}”',
    remove: 'Remove from “{{audience}}”',
  },
  params: {
    change: { label: 'Action', options: { add: 'Add', remove: 'Remove' } },
    audience: { label: 'Manual audience', placeholder: 'Choose an audience' },
  },
  problems: {
    'audience-membership:audience-missing': 'Choose the audience.',
    'audience-membership:audience-unknown': 'The audience no longer exists. Choose another one.',
    'audience-membership:audience-not-manual': 'The audience follows a condition. Choose a manual one.',
  },
  reasons: {
    'audience-membership:add': 'Added to the audience',
    'audience-membership:remove': 'Removed from the audience',
  },
};
