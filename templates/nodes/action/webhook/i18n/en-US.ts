export const enUS = {
  title: 'Webhook',
  description:
    'Calls an address of another system for each person. It is tried again when the receiver is busy or away, always under the same idempotency key, and signed, so that the receiver can tell that it comes from here.',
  ports: { next: 'Next', ok: 'Answered', failed: 'Failed' },
  summary: { call: '{{method}} {{url}}', noUrl: 'No address yet' },
  params: {
    method: {
      label: 'Method',
      options: { POST: 'POST', PUT: 'PUT', PATCH: 'PATCH', GET: 'GET', DELETE: 'DELETE' },
    },
    url: {
      label: 'Address',
      help: 'Values of the person may stand behind the host: https://example.com/users/{{ user_id }}',
      placeholder: 'https://example.com/hook',
    },
    format: {
      label: 'Body is written as',
      options: { json: 'JSON', form: 'Form', text: 'Text' },
    },
    body: {
      label: 'Body',
      help: 'In JSON, Liquid stands within quotes. A value that stands alone there keeps its type: "{{ profile.age }}" becomes a number.',
    },
    waits: {
      label: 'Wait for the answer',
      help: 'People go on by “Answered” or “Failed” once the call has succeeded or was given up. Without it they go on at once.',
    },
    headers: {
      label: 'Headers',
      help: 'Everyone who can open the flow can read them. To send a secret, register a service under Settings.',
      fields: { name: { label: 'Name' }, value: { label: 'Value' } },
    },
    timeoutMs: { label: 'Time for one attempt', help: '1 to 30 seconds.' },
    maxAttempts: {
      label: 'Attempts',
      help: 'Busy (429) and failing (5xx) receivers and broken connections are tried again, first after seconds, then after minutes.',
    },
  },
  problems: {
    'webhook:url-missing': 'Enter the address to call.',
    'webhook:url-invalid':
      'The address must begin with http:// or https:// and a host, without a user name; values of the person may stand behind the host.',
    'webhook:body-no-json':
      'The body is no JSON. Put Liquid within quotes, such as "{{ profile.age }}", or choose another way of writing.',
    'webhook:header-reserved': 'The header “{{name}}” is set by Sluice itself. Remove it.',
    'webhook:header-twice': 'The header “{{name}}” stands in the list twice. Keep it once.',
    'webhook:header-secret':
      'The header “{{name}}” looks like a secret, and everyone who can open the flow can read it. Register a service instead, which keeps secrets sealed.',
  },
  reasons: {
    'webhook:asked': 'The call was handed over',
    'webhook:answered': 'The receiver answered with status {{status}}',
    'webhook:failed': 'The call failed',
    'webhook:content-invalid': 'The request could not be filled in',
    'webhook:service-unusable': 'There is nobody to call',
    'webhook:address-refused': 'The address leads into a private network, which is not allowed',
    'webhook:timed-out': 'The receiver did not answer in time',
    'webhook:unreachable': 'The receiver could not be reached',
    'webhook:redirected': 'The receiver redirected the call (status {{status}}), which is not followed',
    'webhook:refused': 'The receiver refused the call with status {{status}}',
    'webhook:turned-down': 'The receiver turned the call down to the last attempt, with status {{status}}',
    'webhook:bad-answer': 'The answer could not be read',
    'webhook:expired': 'It was too late for the call',
  },
};
