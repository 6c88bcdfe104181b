export const enUS = {
  name: 'Price drop on something they looked at',
  description:
    'Your shop posts who watches the product whose price fell; the letter goes out between nine and nine by each person’s clock, at most once a day per person and product, and never to somebody who has bought in the meantime.',
  why: 'It is the most wanted message of a shop, and the one that annoys most when it comes at night or after the purchase.',
  forWhom:
    'Whoever your shop names, with a product_id. Only people who looked at a product in the last 30 days are let in.',
  toSet: 'Have your shop post to the address of the trigger; it stands there once the flow is made.',
  settings: {
    audience: { label: 'Who may be told' },
    hours: { label: 'When letters may go out' },
    again: { label: 'Tell the same person again after' },
    subject: { label: 'Subject' },
    perMinute: { label: 'Letters per minute', help: 'A sale on a popular product must not bring your shop down.' },
  },
  currency: 'USD',
  nodes: { start: 'Price dropped', bought: 'Bought meanwhile?', mail: 'Cheaper now' },
  exits: { bought: 'Had bought it already', told: 'Told' },
  footer: 'You receive this e-mail because you looked at this product with us.',
  mail: {
    subject: 'What you looked at is cheaper now',
    preheader: 'We thought you would like to know.',
    heading: 'Cheaper than when you looked',
    paragraph:
      'Something you looked at has just become cheaper. We do not know how long the price will stay, only that it is the lowest in 30 days.',
    button: 'See the new price',
  },
};
