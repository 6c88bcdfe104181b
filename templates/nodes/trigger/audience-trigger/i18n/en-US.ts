import { entryEnUS } from '../../entry-texts.ts';

export const enUS = {
  title: 'Audience entry or exit',
  description: 'Starts the flow for a person as soon as they enter a saved audience, or leave it.',
  ports: { next: 'Next' },
  summary: {
    entered: 'On entering the audience',
    left: 'On leaving the audience',
    unset: 'No audience chosen yet',
  },
  params: {
    audienceId: { label: 'Audience', help: 'People who are in it when the flow is published do not start.' },
    change: { label: 'When', options: { entered: 'Somebody enters it', left: 'Somebody leaves it' } },
    audience: { label: 'Only people who', help: 'Asked at that moment.' },
    ...entryEnUS.params,
  },
  problems: {
    'audience-trigger:audience-missing': 'Choose the audience.',
    'audience-trigger:audience-unknown': 'The audience does not exist any more. Choose another one.',
    ...entryEnUS.problemsOf('audience-trigger'),
  },
  reasons: {
    'audience-trigger:entered': 'Entered the audience',
    'audience-trigger:left': 'Left the audience',
  },
};
