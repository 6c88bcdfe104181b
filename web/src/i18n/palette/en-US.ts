export default {
  label: 'Nodes',
  search: 'Search nodes',
  none: 'No node is called “{{text}}”.',
  add: 'Add “{{title}}”',
  collapse: 'Hide the nodes',
  expand: 'Show the nodes',
};
