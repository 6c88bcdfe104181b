export const enUS = {
  name: 'Follow up each checkout',
  description:
    'Starts with each checkout and waits for the payment of that very order. Without it there is a reminder after an hour and a last one the next morning; a payment at any moment ends it, and another order of the same person has its own reminders.',
  why: 'A person may leave one order and pay another. Keyed by the order number nobody is reminded of what is already paid.',
  forWhom: 'Whoever sends Checkout Started; the events of checkout and payment both carry order_id.',
  toSet: 'The two events and the name of the property that holds the order number.',
  settings: {
    event: { label: 'Event of the checkout' },
    key: { label: 'Property with the order number', help: 'Both events carry it; one run per order.' },
    patience: { label: 'First reminder after' },
    first: { label: 'Subject of the first reminder' },
    last: { label: 'Subject of the last reminder' },
    lastTime: { label: 'Last reminder at' },
  },
  currency: 'USD',
  nodes: {
    start: 'Checkout begun',
    paid: 'This order paid?',
    first: 'First reminder',
    paidLater: 'Paid by the next day?',
    last: 'Last reminder',
  },
  waits: { paid: 'Paid' },
  exits: { paid: 'Paid', given: 'Reminded twice' },
  footer: 'You receive this e-mail because you began an order with us.',
  first: {
    subject: 'Your order is one step from done',
    preheader: 'Everything is filled in; only the payment is missing.',
    heading: 'One step to go',
    paragraph: 'Your order is filled in and waiting. Only the payment is missing, and it takes less than a minute.',
    button: 'Finish my order',
  },
  last: {
    subject: 'We cannot hold your order much longer',
    preheader: 'It is released tonight.',
    heading: 'Released tonight',
    paragraph:
      'We have set your order aside since yesterday. Tonight the pieces go back on sale. If the payment did not work, answer this e-mail and we sort it out.',
    button: 'Pay now',
  },
};
