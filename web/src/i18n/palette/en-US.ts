export default {
  label: 'Nodes',
  search: 'Search nodes',
  none: 'No node is called “{{text}}”.',
  add: 'Add “{{title}}”',
  favourites: 'Favourites',
  recent: 'Used last',
  favour: 'Add “{{title}}” to the favourites',
  unfavour: 'Remove “{{title}}” from the favourites',
  collapse: 'Hide the nodes',
  expand: 'Show the nodes',
};
