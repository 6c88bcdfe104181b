import type { useReactFlow } from '@xyflow/react';
import type { Area } from '../editor/command.ts';
import { wantsLessMotion } from '../theme/less-motion.ts';

const MARGIN = 24;

/** How long the view takes on its way. */
export const motionMs = () => (wantsLessMotion() ? 0 : 160);

/** Moves the view no further than needed for the area to be seen whole. */
export function moveIntoView(
  flow: Pick<ReturnType<typeof useReactFlow>, 'getViewport' | 'setViewport'>,
  area: Area,
  screen: { width: number; height: number },
): void {
  const { x, y, zoom } = flow.getViewport();
  const shift = (from: number, to: number, room: number) => {
    if (from < MARGIN) return MARGIN - from;
    return to > room - MARGIN ? Math.max(room - MARGIN - to, MARGIN - from) : 0;
  };
  const dx = shift(area.x * zoom + x, (area.x + area.width) * zoom + x, screen.width);
  const dy = shift(area.y * zoom + y, (area.y + area.height) * zoom + y, screen.height);
  if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: motionMs() });
}
