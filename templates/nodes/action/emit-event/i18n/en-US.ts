export const enUS = {
  title: 'Record event',
  description:
    'Records an event of the person. It counts in conditions, and starts and wakes flows like one that was sent in.',
  ports: { next: 'Next' },
  summary: { unset: 'No event chosen', event: '{{event}}', filled: '{{event}} with {{properties}}' },
  params: {
    event: { label: 'Event', help: 'A new name creates the event.' },
    properties: {
      label: 'Properties',
      fields: {
        property: { label: 'Property' },
        from: {
          label: 'Comes from',
          options: { value: 'a fixed value', attribute: 'an attribute', event: 'the last event of this run' },
        },
        value: { label: 'Value', help: 'For a fixed value.' },
        attribute: { label: 'Attribute', help: 'For a value from an attribute; a missing one is left out.' },
        eventProperty: { label: 'Property of that event', help: 'For a value from the last event of this run.' },
      },
    },
  },
  problems: {
    'emit-event:event-missing': 'Enter the event to record.',
    'emit-event:property-twice': '“{{property}}” is set twice. Keep one of the two.',
    'emit-event:value-missing': 'Enter the value that “{{property}}” is to have.',
    'emit-event:attribute-missing': 'Choose the attribute from which “{{property}}” comes.',
    'emit-event:source-missing': 'Enter the property of the event from which “{{property}}” comes.',
  },
  reasons: { 'emit-event:asked': 'Event “{{event}}” to be recorded' },
};
