/** Tells of the first page and of every other path that the site shows without loading it. */
export function watchPages(target: Window, onPage: () => void): void {
  let shown: string | undefined;
  const look = () => {
    const { pathname, search } = target.location;
    if (shown === pathname + search) return;
    shown = pathname + search;
    onPage();
  };
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = target.history[name];
    target.history[name] = function moved(...state) {
      original.apply(this, state);
      look();
    };
  }
  target.addEventListener('popstate', look);
  look();
}
