import { entryEnUS } from '../../entry-texts.ts';

export const enUS = {
  title: 'Event',
  description:
    'Starts the flow for a person as soon as an event of theirs arrives. One that happened more than a day before it arrived starts nothing.',
  ports: { next: 'Next' },
  summary: {
    event: 'When “{{event}}” happens',
    filtered: 'When “{{event}}” happens, filters: {{count}}',
    unset: 'No event chosen yet',
  },
  params: {
    event: { label: 'Event', placeholder: 'Order Completed' },
    where: { label: 'Only where', help: 'All of these must hold for the properties of the event.' },
    key: {
      label: 'Key',
      help: 'The property that tells one occasion from another, such as the id of the order. With re-entry “Once per key” each of its values starts one run.',
    },
    audience: { label: 'Only people who', help: 'Asked when the event arrives.' },
    ...entryEnUS.keyed,
  },
  problems: {
    'event-trigger:event-missing': 'Choose the event that starts the flow.',
    'event-trigger:event-unseen': 'No event “{{event}}” has arrived so far. Check its name.',
    'event-trigger:key-missing': 'Choose the property that holds the key.',
    ...entryEnUS.problemsOf('event-trigger'),
  },
  reasons: { 'event-trigger:happened': '“{{event}}” happened' },
};
