import { describe, expect, it } from 'vitest';
import { PALETTES, type ThemeMode } from './palette.ts';

/** WCAG 2.2 relative luminance and contrast ratio (w3.org/TR/WCAG22/#dfn-contrast-ratio). */
function luminanceOf(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrastOf(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as ThemeMode[])('the %s palette', (mode) => {
  const palette = PALETTES[mode];
  const grounds = [palette.page, palette.surface, palette.sunken];

  it.each(['link', 'danger', 'warning', 'success'] as const)('keeps %s readable on every ground', (name) => {
    for (const ground of grounds) expect(contrastOf(palette[name], ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('keeps every category’s words readable on its own tint and on the surface', () => {
    for (const hue of Object.values(palette.category)) {
      expect(contrastOf(hue.text, hue.soft)).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(hue.text, palette.surface)).toBeGreaterThanOrEqual(4.5);
      expect(contrastOf(hue.line, palette.surface)).toBeGreaterThanOrEqual(2.5);
    }
  });

  it('keeps the words of a chosen entry readable', () => {
    expect(contrastOf(palette.link, palette.brandSoft)).toBeGreaterThanOrEqual(4.5);
  });

  it('keeps the white words of a primary button readable', () => {
    expect(contrastOf('#ffffff', palette.brand)).toBeGreaterThanOrEqual(4.3);
  });

  it.runIf(mode === 'dark')('keeps them readable in the dark while the pointer is over it', () => {
    expect(contrastOf('#ffffff', palette.brandLine)).toBeGreaterThanOrEqual(4.5);
  });
});
