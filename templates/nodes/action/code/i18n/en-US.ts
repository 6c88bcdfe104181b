export const enUS = {
  title: 'Code',
  description:
    'Runs JavaScript over each person to work something out, write attributes or choose the way on. The code sees nothing but the person, and can reach nothing outside.',
  ports: { next: 'Next', failed: 'Failed' },
  summary: { code: '{{line}}' },
  params: {
    source: {
      label: 'Code',
      help: 'The body of a function that is given profile, event, run and now. It returns nothing, or { port, set, result }: the way out, attributes to write, and a note for the log.',
    },
    outputs: {
      label: 'Ways out',
      help: 'Names that the code may return as port; the first one is taken when it returns none. Lower-case letters, digits, - and _.',
    },
    timeoutMs: { label: 'Time limit', unit: 'ms', help: 'Computing time for one person.' },
    memoryMiB: { label: 'Memory limit', unit: 'MiB' },
  },
  problems: {
    'code:output-twice': 'The way out “{{output}}” stands in the list twice. Keep it once.',
    'code:output-reserved': 'The way out “{{output}}” is there for code that fails. Choose another name.',
  },
  reasons: {
    'code:ran': 'The code has run',
    'code:answered': 'The code has run: {{result}}',
    'code:time': 'The code took too long ({{message}})',
    'code:memory': 'The code took too much memory ({{message}})',
    'code:output': 'What the code returned cannot be taken ({{message}})',
    'code:threw': 'The code failed: {{message}}',
    'code:unreadable': 'What the code returned is not as it should be, at {{place}}',
    'code:unknown-output': 'The code chose the way out “{{output}}”, which the node does not have',
  },
};
