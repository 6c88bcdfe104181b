import { expect, test } from 'vitest';
import { wordsOfSubject } from './words-of-subject.ts';

test.each([
  ['Happy birthday', 'Happy birthday'],
  ['{% if profile.firstName %}{{ profile.firstName }}, {% endif %}a gift', '[firstName], a gift'],
  ['Still {{profile.product|default: "there"}}?', 'Still [product]?'],
  ['{{- event.properties.total -}} left', '[total] left'],
  ['{% if profile.vip %}{% endif %}', ''],
  ['A { and a }', 'A { and a }'],
])('the subject “%s” reads “%s”', (subject, words) => {
  expect(wordsOfSubject(subject)).toBe(words);
});
