import type { cssVariablesOf } from '../theme/css-variables.ts';

/** What every chart says of itself: still, read out by its description, and in the ink of the page. */
export function chartBase(ink: ReturnType<typeof cssVariablesOf>, description: string) {
  return {
    animation: false,
    aria: { enabled: true, label: { description } },
    textStyle: { color: ink['--color-text'], fontFamily: ink['--font-family'] },
  };
}

/** Room for the labels of the axes, whatever their length, within the margins of a grid. */
export const LABELS_INSIDE = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;
