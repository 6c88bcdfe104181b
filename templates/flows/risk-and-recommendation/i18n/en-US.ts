export const enUS = {
  name: 'Risk check tonight, then recommended or picked',
  description:
    'Employed men who looked at a product page and did not buy. Tonight at eight a risk check decides who goes on; those who pass are split: one half gets the product that the recommender picks for them, the other the product that you picked. The funnel compares both, down to the purchase.',
  why: 'It answers in one week whether the recommender earns more than your own choice, without ever offering credit to people who should not get it.',
  forWhom:
    'Men with a job (attributes gender and employment) who viewed a product in the last seven days and have not ordered since.',
  toSet: 'The services for risk and recommendation (Settings → Services), and the product that you pick.',
  settings: {
    audience: { label: 'Whom it is for' },
    time: { label: 'Check and send at' },
    risk: {
      label: 'Service that checks the risk',
      help: 'Its answer pass lets somebody through; anything else does not.',
    },
    recommender: { label: 'Service that recommends', help: 'Its answer is kept in the attribute recommendedProduct.' },
    shares: { label: 'Shares of the two groups' },
    recommended: { label: 'Subject: recommended product' },
    picked: { label: 'Subject: your product' },
  },
  currency: 'USD',
  variants: { recommended: 'Recommended', picked: 'Picked by us' },
  nodes: {
    start: 'Looked, did not buy',
    risk: 'Risk check',
    recommender: 'What suits them?',
    recommended: 'Recommended product',
    picked: 'Our product',
  },
  cases: { pass: 'Passed' },
  exits: { risky: 'Did not pass the risk check', sent: 'Offer sent' },
  names: { recommended: 'Gets the recommended product', picked: 'Gets the picked product', rejected: 'Is rejected' },
  footer: 'You receive this e-mail because you looked at our products.',
  recommended: {
    subject: 'Picked for you{% if profile.recommendedProduct %}: {{ profile.recommendedProduct }}{% endif %}',
    preheader: 'It goes with what you looked at.',
    heading: 'This one suits you',
    paragraph:
      'From what you looked at we think {{ profile.recommendedProduct | default: "this" }} is the better choice. Have a look, it takes a minute.',
    button: 'Show me',
  },
  picked: {
    subject: 'Our favourite of the week',
    preheader: 'The one that most people choose.',
    heading: 'Our favourite of the week',
    paragraph:
      'Of all that you looked at, this is what most people choose in the end. This week it comes with free delivery.',
    button: 'See our favourite',
  },
};
