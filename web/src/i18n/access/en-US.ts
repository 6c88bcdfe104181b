export default {
  roles: {
    administrator: 'Administrator',
    operator: 'Operator',
    developer: 'Developer',
    tester: 'Tester',
    analyst: 'Analyst',
  },
};
