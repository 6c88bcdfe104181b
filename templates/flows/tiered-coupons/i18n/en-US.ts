export const enUS = {
  name: 'Vouchers by how much somebody spends',
  description:
    'On the first of each month everyone who bought in the last year gets a voucher that fits: the best customers a large one, the middle tier the usual one, everyone else a small one. Each is tagged, so that a second flow can follow up, and a tenth gets nothing.',
  why: 'One voucher for all gives money away to those who buy anyway and too little to those who need a push.',
  forWhom: 'Customers with at least one order in the last 365 days; totalSpent decides the tier.',
  toSet: 'The two lines between the tiers, and the codes in the letters.',
  settings: {
    audience: { label: 'Who gets a voucher' },
    recurrence: { label: 'When' },
    tiers: { label: 'Tiers', help: 'From the top: the first that fits counts, everyone else is in the lowest.' },
    shares: { label: 'Who gets one, who is held out' },
    gold: { label: 'Subject for the top tier' },
    silver: { label: 'Subject for the middle tier' },
    bronze: { label: 'Subject for the lowest tier' },
  },
  currency: 'USD',
  timeZone: 'America/New_York',
  variants: { voucher: 'Voucher', none: 'Hold-out' },
  nodes: { start: 'Bought in the last year', tier: 'Which tier?', gold: '30 off', silver: '15 off', bronze: '5 off' },
  tiers: { gold: 'Top', silver: 'Middle' },
  exits: { sent: 'Voucher sent', none: 'Held out' },
  footer: 'You receive this e-mail because you have bought from us.',
  gold: {
    subject: '30 off, because you are one of our best customers',
    preheader: 'Code THANKYOU30, until the end of the month.',
    heading: 'Thank you, truly',
    paragraph:
      'Few people buy from us as often as you do. Take 30 off your next order from 100 with the code THANKYOU30, until the end of the month.',
    button: 'Use my 30',
  },
  silver: {
    subject: '15 off your next order',
    preheader: 'Code NEXT15, until the end of the month.',
    heading: '15 off your next order',
    paragraph:
      'Good to have you as a customer: take 15 off your next order from 60 with the code NEXT15, until the end of the month.',
    button: 'Use my 15',
  },
  bronze: {
    subject: '5 off, just because',
    preheader: 'Code FIVE, until the end of the month.',
    heading: '5 off, just because',
    paragraph: 'A small thank-you: 5 off your next order from 25 with the code FIVE, until the end of the month.',
    button: 'Use my 5',
  },
};
