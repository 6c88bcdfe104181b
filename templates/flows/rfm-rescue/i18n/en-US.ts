export const enUS = {
  name: 'Rescue customers who are slipping away',
  description:
    'Follows the RFM segment of each customer. Valuable ones at risk get a personal letter and, without an order in five days, a voucher; those about to fall asleep get a lighter reminder. Whoever orders leaves at once, and nobody is addressed twice within 60 days.',
  why: 'The segment says who is worth it before the customer is lost: a rescue in time costs less than a win-back later.',
  forWhom: 'Customers whose attribute rfm_segment is at-risk or about-to-sleep. Set up RFM in Data → Dictionary first.',
  toSet: 'The name of the RFM attribute if yours differs, and the voucher of the second letter.',
  settings: {
    audience: { label: 'Who is slipping away' },
    recurrence: { label: 'How often to look' },
    again: { label: 'Address the same person again after' },
    valuable: { label: 'Who counts as valuable' },
    personal: { label: 'Subject of the personal letter' },
    voucher: { label: 'Subject of the voucher' },
    light: { label: 'Subject of the light reminder' },
    patience: { label: 'Wait for an order before the voucher' },
  },
  currency: 'USD',
  timeZone: 'America/New_York',
  nodes: {
    start: 'Slipping away',
    valuable: 'Valuable?',
    personal: 'Personal letter',
    back: 'Comes back?',
    voucher: 'Voucher',
    light: 'Light reminder',
  },
  waits: { ordered: 'Ordered' },
  exits: { back: 'Came back', voucher: 'Voucher sent', light: 'Reminded' },
  footer: 'You receive this e-mail because you have bought from us.',
  personal: {
    subject: 'Is everything all right{% if profile.firstName %}, {{ profile.firstName }}{% endif %}?',
    preheader: 'We have not heard from you in a while.',
    heading: 'We noticed that you have not been here',
    paragraph:
      'You used to come often, and we wonder whether something went wrong. If so, answer this e-mail. If not: these things arrived since your last visit.',
    button: 'See what is new',
  },
  voucher: {
    subject: 'A voucher to make it easier',
    preheader: '20 % with the code COMEBACK, for ten days.',
    heading: '20 % for coming back',
    paragraph:
      'We would be sorry to lose you as a customer: take 20 % off your next order with the code COMEBACK, for ten days.',
    button: 'Use my 20 %',
  },
  light: {
    subject: 'A few things you may like',
    preheader: 'Chosen from what you bought before.',
    heading: 'A few things you may like',
    paragraph: 'Based on what you bought before, these arrived in the last weeks. No rush: they stay for a while.',
    button: 'Have a look',
  },
};
