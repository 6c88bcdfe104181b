/** Where to go after signing in: `next` only if it is a path of this app, or a link could lead a victim elsewhere. */
export function placeAfterSignIn(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}
