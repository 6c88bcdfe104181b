export const enUS = {
  name: 'Welcome new users',
  description:
    'Starts the moment somebody signs up: a first letter at once, one useful tip on the next morning by their own clock, and a last letter with the best sellers to whoever has not looked at anything after three days.',
  why: 'The first three days decide whether a sign-up becomes a user; letters sent then are opened more than any later one.',
  forWhom: 'Whoever sends the event Signed Up, once in a lifetime.',
  toSet: 'The event that your product sends on sign-up, and the three letters.',
  settings: {
    event: { label: 'Event that says somebody signed up' },
    greeting: { label: 'Subject of the greeting' },
    tip: { label: 'Subject of the tip' },
    tipTime: { label: 'Send the tip at', help: 'By the clock of each person, where their time zone is known.' },
    patience: {
      label: 'Then wait for a first look',
      help: 'Whoever looks at a product in this time gets no third letter.',
    },
    nudge: { label: 'Subject of the last letter' },
  },
  currency: 'USD',
  nodes: {
    start: 'Signed up',
    greeting: 'Greeting',
    tip: 'One useful tip',
    looked: 'Looks at something?',
    nudge: 'Best sellers',
  },
  waits: { viewed: 'Looked', ordered: 'Ordered' },
  exits: { active: 'Has begun to look around', done: 'Welcomed' },
  footer: 'You receive this e-mail because you signed up with us.',
  greeting: {
    subject: 'Welcome{% if profile.firstName %}, {{ profile.firstName }}{% endif %}',
    preheader: 'Good to have you here.',
    heading: 'Good to have you here',
    paragraph: 'Your account is ready. Tell us in a minute what you like, and we show you less of everything else.',
    button: 'Choose what you like',
  },
  tip: {
    subject: 'One thing that most people find too late',
    preheader: 'Save what you like; we tell you when it gets cheaper.',
    heading: 'Save it for later',
    paragraph:
      'Tap the heart on anything you like. Your list follows you to every device, and we tell you when a price on it drops.',
    button: 'Start my list',
  },
  nudge: {
    subject: 'Where others began',
    preheader: 'The five things that new customers buy first.',
    heading: 'A good place to begin',
    paragraph:
      'These are the five things that people who joined this month bought first. Delivery is free on your first order.',
    button: 'See the five',
  },
};
