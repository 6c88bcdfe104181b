import type { NodeCategory } from '../node-contract/manifest.ts';

/** By the custom properties of the page, so that a picture is right in the dark; the fallbacks are for a file on its own. */
export const CATEGORY_COLOURS: Readonly<Record<NodeCategory | 'unknown', string>> = {
  trigger: 'var(--category-trigger, #2f8a4c)',
  condition: 'var(--category-condition, #b7791f)',
  control: 'var(--category-control, #7456c4)',
  action: 'var(--category-action, #2f6fd0)',
  unknown: 'var(--color-text-secondary, #6b7a78)',
};

export const PICTURE_COLOURS = {
  paper: 'var(--color-surface, #ffffff)',
  ink: 'var(--color-text, #1c2b2a)',
  /** Darker than the borders of the page: a picture is mostly seen small. */
  line: 'var(--color-text-secondary, #6b7a78)',
} as const;

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What operators wrote, as text of an SVG. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);
}
