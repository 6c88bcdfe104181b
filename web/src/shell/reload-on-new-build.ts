const LAST_RELOAD = 'sluice.reloadedAt';
const AT_MOST_EVERY_MS = 60_000;

/**
 * An open page of an older build asks for chunks that are gone once a newer one is served; loading it anew is the cure.
 * Unsaved drafts are mirrored on this machine. At most once a minute, so that a broken build cannot turn into a loop.
 */
export function reloadOnNewBuild(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const lastAt = Number(sessionStorage.getItem(LAST_RELOAD) ?? 0);
    if (Date.now() - lastAt < AT_MOST_EVERY_MS) return;
    sessionStorage.setItem(LAST_RELOAD, String(Date.now()));
    event.preventDefault();
    window.location.reload();
  });
}
