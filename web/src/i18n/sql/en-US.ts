export default {
  title: 'SQL',
  hint: 'One SELECT over profiles, events, memberships and the datasets. It can only read.',
  editor: 'Statement',
  run: 'Run',
  runKey: 'Ctrl+Enter',
  save: 'Make an audience',
  saveNeedsPeople: 'Select people to make an audience: id or user_id of profiles, or profile_id.',
  problem: 'Line {{line}}, column {{column}}: {{reason}}',
  sound: 'The statement can be run.',
  checking: 'Checking',
  running: 'Running',
  first: 'Nothing run yet',
  firstText: 'Run the statement to see its first rows here and how many there are.',
  rows: '{{count}} rows',
  rows_one: '{{count}} row',
  shown: 'the first {{shown}} shown',
  uncounted: 'More rows than could be counted in time',
  took: '{{duration}}',
  none: 'No rows',
  noneText: 'Nobody and nothing meets the statement.',
  schema: 'Tables',
  functions: 'Functions',
  audiences: 'Audiences',
  insert: 'Insert {{name}}',
  types: {
    string: 'text',
    number: 'number',
    boolean: 'yes/no',
    date: 'instant',
    list: 'list',
    any: 'any',
  },
  example: `-- People who ordered at least twice in 30 days
SELECT id, user_id
FROM profiles
WHERE id IN (
  SELECT profile_id FROM events
  WHERE name = 'Order Completed' AND at > now() - interval '30 days'
  GROUP BY profile_id
  HAVING count(*) >= 2
)`,
  audience: {
    title: 'Make an audience of these people',
    text: 'A snapshot of the people that the statement names in “{{column}}”. Extract it again to run the statement anew.',
    name: 'Name',
    nameMissing: 'Give the audience a name.',
    create: 'Create the audience',
  },
  null: 'NULL',
};
