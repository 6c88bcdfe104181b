export const enUS = {
  name: 'Remind of a contract that expires',
  description:
    'Customers whose contract expires in the next 30 days. One letter with the date, two weeks to think, a second letter to those who have not renewed, and a mark for the service team where both had no effect.',
  why: 'Most contracts that lapse do so because nobody was asked in time.',
  forWhom: 'Customers with an attribute expiresAt that lies within the next 30 days.',
  toSet: 'The name and address of your company, and the attribute that holds the date of expiry.',
  settings: {
    audience: { label: 'Whose contract is about to expire' },
    twoWeeks: { label: 'Second notice after' },
    oneWeek: { label: 'Hand over after another' },
    first: { label: 'Subject of the notice' },
    second: { label: 'Subject of the second notice' },
  },
  currency: 'USD',
  nodes: {
    audience: 'Expires within 30 days',
    renewed: 'Renewed?',
    first: 'Notice of expiry',
    second: 'Second notice',
    renewedLater: 'Renewed after the second notice?',
  },
  exits: { renewed: 'Renewed', handedOver: 'For the service team' },
  footer: 'You receive this e-mail because you hold a contract with us.',
  first: {
    subject: 'Your contract expires on {{ profile.expiresAt | date: "%B %-d" }}',
    preheader: 'Renewing takes two minutes.',
    heading: 'Time to renew',
    paragraph:
      'Your contract expires on {{ profile.expiresAt | date: "%B %-d, %Y" }}. Renew it now and nothing changes: same terms, no gap.',
    button: 'Renew in two minutes',
  },
  second: {
    subject: 'Shall we keep your contract running?',
    preheader: 'Without renewal it ends soon.',
    heading: 'It ends soon',
    paragraph:
      'Without renewal your contract ends on {{ profile.expiresAt | date: "%B %-d, %Y" }}. If something does not suit you any more, answer this e-mail and we will find a better fit.',
    button: 'Keep my contract',
  },
};
