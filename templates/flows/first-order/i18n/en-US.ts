export const enUS = {
  name: 'Nudge to the first order',
  description:
    'Every morning, people who signed up a week ago and have looked around but never bought. Nearly half get a reason (what others say), nearly half a voucher, a tenth nothing; whoever orders leaves at once.',
  why: 'The second order follows the first by itself far more often than the first follows a sign-up. The test shows whether it takes a voucher.',
  forWhom: 'People with a product view but no order, who signed up at least seven days ago. Each once.',
  toSet: 'The code of the voucher (in the letter), and when it runs each day.',
  settings: {
    audience: { label: 'Whom to nudge' },
    recurrence: { label: 'How often to look for new people' },
    shares: { label: 'Who gets what', help: 'Leave a share without a message: only it shows what the nudge earned.' },
    proof: { label: 'Subject of “What others say”' },
    voucher: { label: 'Subject of the voucher' },
    reminder: { label: 'Subject of the last reminder' },
    patience: { label: 'Wait for the order' },
  },
  currency: 'USD',
  timeZone: 'America/New_York',
  variants: { proof: 'What others say', voucher: 'Voucher', none: 'Hold-out' },
  nodes: { start: 'Looked around, never bought', order: 'Orders?', reminder: 'Last reminder' },
  waits: { ordered: 'Ordered' },
  exits: { ordered: 'Placed the first order', pushed: 'Nudged, no order yet', none: 'Held out' },
  footer: 'You receive this e-mail because you signed up with us.',
  proof: {
    subject: 'What people say after their first order',
    preheader: '4.8 of 5 stars, and free returns if you disagree.',
    heading: 'Try it at no risk',
    paragraph:
      'People who ordered for the first time last month gave us 4.8 of 5 stars. If you see it differently, send it back free of charge within 30 days.',
    button: 'Back to what I looked at',
  },
  voucher: {
    subject: '15 % for your first order',
    preheader: 'With the code FIRST15, for seven days.',
    heading: '15 % to begin with',
    paragraph:
      'Your first order is 15 % cheaper with the code FIRST15, valid for seven days and for everything in the shop.',
    button: 'Use my 15 %',
  },
  reminder: {
    subject: 'What you looked at is still in stock',
    preheader: 'Questions? Just answer this e-mail.',
    heading: 'Still undecided?',
    paragraph: 'If a question keeps you from ordering, just answer this e-mail: a person reads it.',
    button: 'Take another look',
  },
};
