export const enUS = {
  name: 'Win back customers who stopped buying',
  description:
    'Customers who bought before but not for 90 days. Two messages compete, a tenth is held out to show who would have come back anyway, and whoever has not bought after three days gets one reminder.',
  why: 'Winning a customer back costs a fraction of finding a new one; the hold-out shows how many would have come back by themselves.',
  forWhom: 'Customers with at least one order, and none in the last 90 days.',
  toSet: 'The name and address of your shop, the two messages, and how long somebody counts as asleep.',
  settings: {
    audience: { label: 'Who counts as asleep', help: 'Bought before, but not in the last 90 days.' },
    news: { label: 'Subject of the news' },
    voucher: { label: 'Subject of the voucher' },
    reminder: { label: 'Subject of the reminder' },
    wait: { label: 'Wait for an order before reminding' },
  },
  currency: 'USD',
  variants: { news: 'What is new', voucher: 'Voucher', none: 'Hold-out' },
  nodes: { audience: 'No order for 90 days', bought: 'Bought again?', reminder: 'Reminder' },
  exits: { bought: 'Bought again', reminded: 'Reminded, did not buy yet', none: 'Held out' },
  footer: 'You receive this e-mail because you have bought from us.',
  news: {
    subject: 'A lot has changed since your last visit',
    preheader: 'New brands, faster delivery, easier returns.',
    heading: 'Good to see what is new',
    paragraph: 'Since your last order we have added new brands, deliver the next day, and take returns without a form.',
    button: 'Look around',
  },
  voucher: {
    subject: '10 % for your next order',
    preheader: 'Valid for seven days.',
    heading: 'Ten per cent, on us',
    paragraph:
      'We would like to see you again: take 10 % off your next order with the code BACK10, valid for seven days.',
    button: 'Use the voucher',
  },
  reminder: {
    subject: 'Still thinking about it?',
    preheader: 'Our best sellers of the week.',
    heading: 'What others bought this week',
    paragraph: 'In case you have not found the right thing yet: these are the best sellers of this week.',
    button: 'See the best sellers',
  },
};
