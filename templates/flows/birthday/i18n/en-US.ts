export const enUS = {
  name: 'Birthday gift and wish',
  description:
    'A week before the birthday a letter with a gift; on the day itself a short wish to everyone who has not used it yet. Comes round every year by itself.',
  why: 'A birthday is the one message of the year that people look forward to, and it asks for nothing but a date.',
  forWhom:
    'Profiles with an attribute birthday. The year does not matter; whoever was born on 29 February has it on the 28th in other years.',
  toSet: 'The attribute with the date, and the code of the gift.',
  settings: {
    attribute: { label: 'Attribute with the birthday' },
    lead: { label: 'Days before', help: 'Negative: so many days before the birthday.' },
    time: { label: 'Send at' },
    gift: { label: 'Subject of the gift' },
    wish: { label: 'Subject of the wish' },
    rest: { label: 'From the gift to the wish', help: 'As long as the days before.' },
  },
  currency: 'USD',
  nodes: { start: 'A week to the birthday', gift: 'Gift', used: 'Gift used?', wish: 'Wish' },
  waits: { ordered: 'Ordered' },
  exits: { used: 'Used the gift', wished: 'Wished a happy birthday' },
  footer: 'You receive this e-mail because you told us your birthday.',
  gift: {
    subject: '{% if profile.firstName %}{{ profile.firstName }}, your{% else %}Your{% endif %} gift is ready',
    preheader: 'For the day that comes once a year.',
    heading: 'For your day',
    paragraph:
      'Your birthday is near, and your gift is ready: 20 off anything you like with the code MYDAY, valid for two weeks from today.',
    button: 'Choose my gift',
  },
  wish: {
    subject: 'Happy birthday',
    preheader: 'From all of us.',
    heading: 'Happy birthday',
    paragraph: 'We hope it is a good one. Your gift (code MYDAY) is still waiting, for one more week.',
    button: 'See my gift',
  },
};
