export const enUS = {
  title: 'Go back',
  description:
    'Sends each person back to an earlier node, so many times at most. Connect Again to the node to repeat from; there must be a wait in between.',
  ports: { again: 'Again', done: 'Done' },
  summary: { times: 'Back {{times}} times at most' },
  params: { times: { label: 'Times at most', help: 'From 1 to 50. After that people leave by Done.' } },
  problems: {},
  reasons: { 'go-to:again': 'Went back, {{round}} of {{times}}', 'go-to:done': 'Had gone back {{times}} times' },
};
