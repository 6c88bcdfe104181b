export const enUS = {
  title: 'Join',
  description:
    'Brings parallel branches together: either waits until all of them are here or have ended, or goes on with the first and ends the others.',
  ports: { next: 'Next' },
  summary: { all: 'Waits for all branches', any: 'Goes on with the first branch' },
  params: {
    need: {
      label: 'Goes on',
      options: {
        all: 'when all branches are here or have ended',
        any: 'with the first branch; the others end',
      },
    },
  },
  problems: {},
  reasons: { 'join:all': 'At the join, for all branches', 'join:any': 'At the join, as the first branch' },
};
