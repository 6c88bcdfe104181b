export const enUS = {
  name: 'Application with a decision by a person',
  description:
    'Whoever sends an application hears at once that it arrived. The case goes to your approvers by webhook; their decision comes back as an event and leads to the welcome or to a friendly no. After two days without a decision the applicant is told that it takes longer, and the approvers are reminded.',
  why: 'Silence is what applicants complain about most. Here nobody waits without a word, and nobody is forgotten by the approvers.',
  forWhom: 'Whoever sends Application Submitted, one run per application_id: credit, membership, a partner account.',
  toSet:
    'The address of your approval system. It decides by sending Application Decided with application_id and decision (approved or rejected).',
  settings: {
    event: { label: 'Event of the application' },
    url: {
      label: 'Address of the approval system',
      help: 'Gets a POST with the application; it must not be reachable for others.',
    },
    decided: { label: 'Event of the decision' },
    patience: { label: 'Promise a decision within' },
    received: { label: 'Subject: application received' },
    approved: { label: 'Subject: approved' },
    rejected: { label: 'Subject: not approved' },
    delayed: { label: 'Subject: it takes longer' },
  },
  nodes: {
    start: 'Application sent',
    received: 'It has arrived',
    hand: 'Hand to the approvers',
    decision: 'Decided?',
    approved: 'Approved',
    rejected: 'Not approved',
    delayed: 'It takes longer',
    remind: 'Remind the approvers',
    late: 'Decided at last?',
  },
  waits: { approved: 'Approved', rejected: 'Rejected' },
  exits: {
    approved: 'Approved',
    rejected: 'Rejected',
    open: 'Still without a decision',
    unreachable: 'Could not be handed over',
  },
  footer: 'You receive this e-mail because you sent us an application.',
  received: {
    subject: 'We have your application',
    preheader: 'You hear from us within two days.',
    heading: 'It has arrived',
    paragraph:
      'Thank you for your application. A person looks at it now; you hear from us within two days, whatever the answer.',
    button: 'See my application',
  },
  approved: {
    subject: 'Approved: you can start now',
    preheader: 'Everything is ready for you.',
    heading: 'Approved',
    paragraph: 'Good news: your application is approved, and everything is set up. You can start now.',
    button: 'Start now',
  },
  rejected: {
    subject: 'About your application',
    preheader: 'Not this time, and what you can do.',
    heading: 'Not this time',
    paragraph:
      'We cannot approve your application at the moment. The reasons, and what you can do about them, stand in your account. You may apply again in 90 days.',
    button: 'See the reasons',
  },
  delayed: {
    subject: 'Your application takes a little longer',
    preheader: 'It is not forgotten.',
    heading: 'It takes a little longer',
    paragraph:
      'We promised you an answer by today and do not have it yet. It is not forgotten: your application has moved to the top of the list.',
    button: 'See where it stands',
  },
};
