import { entryEnUS } from '../../entry-texts.ts';

export const enUS = {
  title: 'API call',
  description:
    'Starts the flow for the people that another system names by API or posts to the address of this trigger, or that you choose by hand. The address is under “Triggers” once the flow is live.',
  ports: { next: 'Next' },
  summary: { call: 'When called by API or by hand' },
  params: {
    audience: { label: 'Only people who', help: 'Asked when the call arrives.' },
    ...entryEnUS.keyed,
    mapping: {
      label: 'Mapping of what is posted',
      help: 'A JSONata expression that makes userId or anonymousId, and if needed key, messageId and data, of the JSON another system posts to the address; a list for several people, nothing for nobody. Without one these fields are read as they are. What comes again with the same messageId, or without one with the same content, starts nothing.',
      placeholder: '{ "userId": customer.id, "messageId": $string(id), "data": { "total": total } }',
    },
    signature: {
      label: 'Signature of what is posted',
      help: 'The secret is set under “Triggers” once the flow is live. Until then nothing is let in.',
      options: { none: 'Not checked', required: 'Required (HMAC-SHA256)' },
    },
    signatureHeader: {
      label: 'Header of the signature',
      help: 'Holds the HMAC-SHA256 of the body in hex, with or without “sha256=”. A Sluice-Signature header is understood as well and holds for 5 minutes.',
      placeholder: 'X-Signature',
    },
  },
  problems: entryEnUS.problemsOf('call-trigger'),
  reasons: { 'call-trigger:called': 'Was named by a call' },
};
