/** What in a line takes the keyboard first. */
const FIRST = 'button, textarea, input';

/**
 * Keeps the keyboard where a line of a list is about to go: on the line that then stands in its place, else on the last.
 * Without it a reader would be thrown back to the beginning of the page.
 */
export function stayNear(within: Element): void {
  const list = within.closest('ol, ul');
  const line = within.closest('li');
  if (!list || !line) return;
  const place = [...list.children].indexOf(line);
  requestAnimationFrame(() => {
    const lines = [...list.children];
    const next = lines.slice(place).find((one) => one.querySelector(FIRST)) ?? lines.at(-1);
    next?.querySelector<HTMLElement>(FIRST)?.focus();
  });
}
