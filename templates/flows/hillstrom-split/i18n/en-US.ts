export const enUS = {
  name: 'Which e-mail sells: men’s, women’s or none',
  description:
    'The e-mail test of the Hillstrom data set. Customers who spent more than 100 get the e-mail that the file assigned to them, a hold-out gets none, and the funnel compares visits, orders and spend.',
  why: 'A published experiment whose result is known: the best way to see that the numbers of a funnel add up.',
  forWhom: 'Profiles of the Hillstrom file; the column segment says who was sent what.',
  toSet: 'Nothing, once the file is imported.',
  settings: {
    audience: { label: 'Who takes part' },
    wait: { label: 'Look for a reaction after' },
    mens: { label: 'Subject of the men’s e-mail' },
    womens: { label: 'Subject of the women’s e-mail' },
  },
  currency: 'USD',
  variants: { mens: 'Men’s e-mail', womens: 'Women’s e-mail', none: 'No e-mail' },
  nodes: { audience: 'Spent more than 100', engaged: 'Opened or visited?' },
  exits: { engaged: 'Showed interest', quiet: 'No reaction', outside: 'Not part of the test' },
  mens: {
    subject: 'New for men: jackets made for this weather',
    preheader: 'Twelve new pieces, from the city to the trail.',
    letter: {
      brand: 'HILLSIDE OUTFITTERS',
      heading: 'Made for this weather',
      paragraphs: [
        'The new men’s collection is in: light shells, warm layers and boots that take the long way home.',
        'As a customer of ours you see it first. Sizes tend to go quickly in the first week.',
      ],
      button: 'See what is new for men',
      url: 'https://shop.example.test/men?from=email',
      footer: 'You receive this e-mail because you are a customer of Hillside Outfitters.',
    },
  },
  womens: {
    subject: 'New for women: the autumn collection is here',
    preheader: 'Soft knits, sharp coats, and one bag for everything.',
    letter: {
      brand: 'HILLSIDE OUTFITTERS',
      heading: 'The autumn collection is here',
      paragraphs: [
        'Soft knits, sharp coats and one bag for everything: our new women’s collection has just arrived.',
        'As a customer of ours you see it first. Sizes tend to go quickly in the first week.',
      ],
      button: 'See what is new for women',
      url: 'https://shop.example.test/women?from=email',
      footer: 'You receive this e-mail because you are a customer of Hillside Outfitters.',
    },
  },
};
