import { entryEnUS } from '../../entry-texts.ts';

export const enUS = {
  title: 'API call',
  description: 'Starts the flow for the people that another system names by API, or that you choose by hand.',
  ports: { next: 'Next' },
  summary: { call: 'When called by API or by hand' },
  params: {
    audience: { label: 'Only people who', help: 'Asked when the call arrives.' },
    ...entryEnUS.keyed,
  },
  problems: entryEnUS.problemsOf('call-trigger'),
  reasons: { 'call-trigger:called': 'Was named by a call' },
};
