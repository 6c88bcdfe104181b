export const enUS = {
  title: 'Ask a service',
  description:
    'Asks a registered HTTP service about each person, such as a risk check or a recommendation, and sends them on by its answer. Without an answer that can be used they leave by Fallback.',
  ports: { other: 'Other answers', fallback: 'Fallback' },
  summary: { noService: 'No service chosen', ask: 'Ask the service', cases: 'By the answer: {{cases}}' },
  params: {
    service: { label: 'Service', help: 'Services are registered under Settings.', placeholder: 'Choose a service' },
    cases: {
      label: 'Cases',
      help: 'The first one that fits decides. Answers that fit none leave by Other answers.',
      fields: {
        key: { label: 'Key', help: 'Lower-case letters, digits, - and _; it begins with a letter.' },
        name: { label: 'Name' },
        field: { label: 'Field of the answer', help: 'Left empty: the field by which the service decides.' },
        is: { label: 'Is' },
      },
    },
    keep: {
      label: 'Keep in attributes',
      help: 'Later nodes and messages can use what is kept, for instance the products of a recommendation.',
      fields: {
        field: { label: 'Field of the answer' },
        attribute: { label: 'Attribute', help: 'A new name creates the attribute.' },
      },
    },
    withinMs: { label: 'Wait at most', help: 'For all attempts together; then people leave by Fallback.' },
  },
  problems: {
    'service:none': 'Choose the service to ask.',
    'service:key-twice': 'Two cases have the key “{{key}}”. Give each its own key.',
    'service:key-reserved': 'The key “{{key}}” is taken by another way out. Give the case another key.',
    'service:attribute-twice': 'The attribute “{{attribute}}” is to hold two fields. Keep one of them.',
  },
  reasons: {
    'service:case': 'The service answered “{{answer}}”: {{name}}',
    'service:other': 'The service answered “{{answer}}”, which fits no case',
    'service:too-late': 'The service did not answer before the wait was over',
    'service:failed': 'The service could not be asked',
    'service:content-invalid': 'The request could not be filled in',
    'service:service-unusable': 'The service is not registered any more, or its secret cannot be read',
    'service:address-refused': 'The service stands in a private network, which is not allowed',
    'service:timed-out': 'The service did not answer in time',
    'service:unreachable': 'The service could not be reached',
    'service:redirected': 'The service redirected the call (status {{status}}), which is not followed',
    'service:refused': 'The service refused the call with status {{status}}',
    'service:turned-down': 'The service turned the call down to the last attempt, with status {{status}}',
    'service:bad-answer': 'The answer does not keep the contract of the service',
    'service:expired': 'It was too late to ask the service',
  },
};
