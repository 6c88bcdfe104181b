import { entryEnUS } from '../../entry-texts.ts';

export const enUS = {
  title: 'API call or webhook',
  description:
    'Starts the flow for the people that another system names by API or webhook, or that you choose by hand.',
  ports: { next: 'Next' },
  summary: { call: 'When called by API, by webhook or by hand' },
  params: {
    mapping: {
      label: 'Reading a webhook',
      help: 'A JSONata expression over the body of a webhook. It answers userId, and if wanted key and data.',
    },
    audience: { label: 'Only people who', help: 'Asked when the call arrives.' },
    ...entryEnUS.keyed,
  },
  problems: entryEnUS.problemsOf('call-trigger'),
  reasons: { 'call-trigger:called': 'Was named by a call' },
};
