export const enUS = {
  name: 'Survey after a purchase',
  description:
    'Five days after an order one question: how likely are you to recommend us, from 0 to 10? Whoever says 9 or 10 is asked for a review, whoever says 6 or less is handed to the service team at once; everyone is asked at most once in 90 days.',
  why: 'The score alone changes nothing. What is done within the hour with a bad one does.',
  forWhom: 'Whoever completes an order, with 90 days between two questions.',
  toSet:
    'Your page with the question must send Survey Answered with the property score; the service team listens to Service Follow-up Requested.',
  settings: {
    event: { label: 'Event after which to ask' },
    pause: { label: 'Ask after' },
    again: { label: 'Ask the same person again after' },
    question: { label: 'Subject of the question' },
    answer: { label: 'Event of the answer', help: 'With the property score, from 0 to 10.' },
    patience: { label: 'Wait for an answer' },
    review: { label: 'Subject of the request for a review' },
    request: { label: 'Event that calls the service team' },
  },
  nodes: {
    start: 'Order completed',
    question: 'How was it?',
    answer: 'Answers?',
    review: 'Ask for a review',
    request: 'Tell the service team',
    sorry: 'We are sorry',
  },
  waits: { happy: '9 or 10', neutral: '7 or 8', unhappy: '6 or less' },
  exits: {
    silent: 'No answer',
    neutral: 'Answered, nothing to do',
    review: 'Asked for a review',
    service: 'With the service team',
  },
  footer: 'You receive this e-mail because you have bought from us.',
  question: {
    subject: 'One question about your order',
    preheader: 'It takes ten seconds.',
    heading: 'How likely are you to recommend us?',
    paragraph: 'From 0 (not at all) to 10 (certainly). One tap, and we know what to do better.',
    button: 'Answer with one tap',
  },
  review: {
    subject: 'Would you say it out loud?',
    preheader: 'Others decide by what you write.',
    heading: 'Thank you. Would you tell others?',
    paragraph:
      'You gave us a top score. If you have two minutes, say in a few words what you liked: others decide by what you write.',
    button: 'Write a review',
  },
  sorry: {
    subject: 'We want to put this right',
    preheader: 'A person from our team has your answer.',
    heading: 'That was not good enough',
    paragraph:
      'Thank you for being frank. A person from our team has read your answer and will come back to you within one working day.',
    button: 'Add something',
  },
};
