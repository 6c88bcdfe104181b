export const enUS = {
  name: 'Renewal with a call by a person',
  description:
    'Thirty days before a contract expires the customer gets the offer by e-mail. Without renewal in a week the case goes to an agent as an event that your call centre takes up; what the agent reports decides how it ends, and silence leads to one last letter.',
  why: 'Letters renew the easy half. A call at the right moment, with the reason at hand, wins a good part of the rest.',
  forWhom:
    'Customers with an attribute expiresAt. Small contracts get no call: set the line that makes one worth a call.',
  toSet:
    'The attribute of the date, from which value on somebody is called, and that your call centre listens to Renewal Call Requested and answers with Renewal Call Finished.',
  settings: {
    attribute: { label: 'Attribute with the date of expiry' },
    lead: { label: 'Days before', help: 'Negative: so many days before the contract expires.' },
    offer: { label: 'Subject of the offer' },
    patience: { label: 'Call after' },
    worth: { label: 'Whom a call is worth' },
    request: {
      label: 'Event that asks for the call',
      help: 'Your call centre follows it, for instance through a webhook.',
    },
    report: { label: 'Event in which the agent reports' },
    last: { label: 'Subject of the last letter' },
  },
  currency: 'USD',
  nodes: {
    start: 'Expires in 30 days',
    offer: 'Offer',
    renewed: 'Renewed by themselves?',
    worth: 'Worth a call?',
    request: 'Hand over to an agent',
    outcome: 'What came of the call?',
    last: 'Last letter',
  },
  waits: { renewed: 'Renewed', agreed: 'Agreed', declined: 'Declined' },
  exits: { renewed: 'Renewed', declined: 'Declined on the phone', last: 'Last letter sent' },
  footer: 'You receive this e-mail because you hold a contract with us.',
  offer: {
    subject: 'Your offer for the next year',
    preheader: 'Same terms, and a thank-you for staying.',
    heading: 'One more year together',
    paragraph:
      'Your contract expires on {{ profile.expiresAt | date: "%B %-d, %Y" }}. Renew it before then and keep your terms; as a thank-you the first month is on us.',
    button: 'Renew my contract',
  },
  last: {
    subject: 'Your contract ends soon',
    preheader: 'After that your terms are no longer available.',
    heading: 'Only a few days left',
    paragraph:
      'On {{ profile.expiresAt | date: "%B %-d, %Y" }} your contract ends, and with it your terms. If you want to keep them, renewing takes two minutes.',
    button: 'Keep my terms',
  },
};
