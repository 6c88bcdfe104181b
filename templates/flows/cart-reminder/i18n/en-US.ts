export const enUS = {
  name: 'Remind of a cart that was left',
  description:
    'People who put something into their cart in the last day and did not order. They get four hours, then a reminder; whoever has still not ordered the next day gets one more, and no third.',
  why: 'Most carts are left for reasons that have nothing to do with the goods; a reminder the same day brings back the most.',
  forWhom:
    'Whoever put something into the cart in the last day and has not ordered since. For one reminder per cart, as it happens, use “Follow up each checkout”.',
  toSet: 'The name and address of your shop, and how soon to remind.',
  settings: {
    audience: { label: 'Whose cart counts as left' },
    pause: { label: 'First reminder after' },
    nextDay: { label: 'Second reminder after another' },
    first: { label: 'Subject of the first reminder' },
    second: { label: 'Subject of the last reminder' },
  },
  currency: 'USD',
  nodes: {
    audience: 'Left a cart today',
    stillOpen: 'Still no order?',
    first: 'First reminder',
    stillOpenNextDay: 'Still no order the next day?',
    second: 'Last reminder',
  },
  exits: { ordered: 'Ordered', given: 'Reminded twice' },
  footer: 'You receive this e-mail because you left something in your cart.',
  first: {
    subject: 'Your cart is still here',
    preheader: 'We have kept everything for you.',
    heading: 'We have kept it for you',
    paragraph: 'You left something in your cart. It is still there, and you can order it in two clicks.',
    button: 'Back to my cart',
  },
  second: {
    subject: 'Your cart empties tomorrow',
    preheader: 'After that the pieces go back on the shelf.',
    heading: 'One more day',
    paragraph: 'We keep your cart until tomorrow. After that the pieces go back on the shelf for others.',
    button: 'Order now',
  },
};
