import { createContext, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { Group } from './condition-group.ts';
import { groupAt, isSame, type PartPath, rearrange, type Rearranged, startsWith, stepFrom } from './rearrange.ts';

/** Taking parts to other places, by pointer and by keyboard. */
export interface Rearranging {
  /** The part that is being dragged. */
  dragged: PartPath | undefined;
  /** Ahead of what stands there, the dragged part would be put. */
  target: PartPath | undefined;
  begin(path: PartPath): void;
  aim(to: PartPath): void;
  drop(): void;
  end(): void;
  step(path: PartPath, by: -1 | 1): void;
  mayStep(path: PartPath, by: -1 | 1): boolean;
}

export const RearrangingContext = createContext<Rearranging | null>(null);

export function useRearranging(): Rearranging | null {
  return useContext(RearrangingContext);
}

/** Names the handle of a part, so that the focus can follow it. */
export function handleIdOf(path: PartPath): string {
  return path.join('.');
}

/** `onMoved` hears where a part has come to stand, to say so. */
export function useRearrangingOf(
  group: Group,
  onChange: (group: Group) => void,
  onMoved: (place: { place: number; of: number }) => void,
) {
  const root = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<PartPath>();
  const [target, setTarget] = useState<PartPath>();
  // The focus goes with the part, once it is drawn at its new place.
  const followed = useRef<PartPath>(undefined);
  useEffect(() => {
    if (!followed.current) return;
    root.current?.querySelector<HTMLElement>(`[data-handle="${handleIdOf(followed.current)}"]`)?.focus();
    followed.current = undefined;
  });
  const rearranging = useMemo((): Rearranging => {
    const accept = (moved: Rearranged | undefined) => {
      if (!moved) return;
      onChange(moved.group);
      followed.current = moved.path;
      const siblings = groupAt(moved.group, moved.path.slice(0, -1))?.of.length ?? 0;
      onMoved({ place: (moved.path.at(-1) ?? 0) + 1, of: siblings });
    };
    const end = () => {
      setDragged(undefined);
      setTarget(undefined);
    };
    return {
      dragged,
      target,
      begin: setDragged,
      aim(to) {
        const isElsewhere = dragged && !startsWith(to, dragged) && rearrange(group, dragged, to) !== undefined;
        const next = isElsewhere ? to : undefined;
        setTarget((old) => (old && next && isSame(old, next) ? old : next));
      },
      drop() {
        if (dragged && target) accept(rearrange(group, dragged, target));
        end();
      },
      end,
      step(path, by) {
        const to = stepFrom(group, path, by);
        accept(to && rearrange(group, path, to));
      },
      mayStep: (path, by) => stepFrom(group, path, by) !== undefined,
    };
  }, [group, onChange, onMoved, dragged, target]);
  return { root, rearranging };
}
