import { expect, test } from 'vitest';
import { initialsOf } from './presence.tsx';

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['王小明', '小明'],
  ['李 雷', '李雷'],
  ['  ', ''],
])('the face of %s says %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
