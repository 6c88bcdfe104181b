import { describe, expect, it } from 'vitest';
import { placeAfterSignIn } from './place-after-sign-in.ts';

describe('the place after signing in', () => {
  it('is the page that was wanted', () => {
    expect(placeAfterSignIn('/data/profiles?search=a')).toBe('/data/profiles?search=a');
  });

  it.each(['https://evil.test', '//evil.test', '/\\evil.test', 'javascript:alert(1)', '', null])(
    'is Home for %j, which leaves the app',
    (next) => {
      expect(placeAfterSignIn(next)).toBe('/');
    },
  );
});
