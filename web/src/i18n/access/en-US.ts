export default {
  roles: {
    administrator: 'Administrator',
    operator: 'Operator',
    developer: 'Developer',
    tester: 'Tester',
    analyst: 'Analyst',
  },
  entry: {
    claim: 'Pick the right users, draw what should happen to them, and see what it earned.',
    pick: 'Bring profiles and events in, and pick an audience by conditions.',
    draw: 'Draw the flow: triggers, conditions, splits, waits, messages.',
    see: 'Publish, and read the numbers on the canvas.',
  },
  fields: {
    name: 'Name',
    email: 'E-mail address',
    password: 'Password',
    passwordHelp: 'At least 10 characters. A sentence is easier to remember than symbols.',
    role: 'Role',
  },
  missing: {
    token: 'Copy the token from the terminal in which Sluice was started.',
    name: 'Enter the name that colleagues know.',
    email: 'Enter the e-mail address.',
    password: 'Enter the password.',
  },
  wrong: {
    email: 'This is no e-mail address: it needs a name, an @ and a domain.',
    password: 'The password needs at least 10 characters.',
  },
  setUp: {
    title: 'Create the first administrator',
    hint: 'This happens once. The administrator can create accounts for everyone else.',
    token: 'One-time token',
    tokenHelp: 'The terminal in which Sluice was started shows it, together with a link that fills it in.',
    submit: 'Create the administrator',
  },
  signIn: { title: 'Sign in', submit: 'Sign in' },
};
