import { EMPTY_GRAPH } from '@sluice/shared/graph';
import { startTransition, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { isWholeList, useAudiences } from '../audiences/use-audience-names.ts';
import { useEditorState } from '../editing/editor-context.tsx';
import { useDictionary } from '../inspector/use-dictionary.ts';
import { useNow } from '../ui/use-now.ts';
import { useNodeKinds } from './use-node-kinds.ts';
import type { Checked, Checker } from './check-flow.ts';

const LOOKING = { graph: EMPTY_GRAPH, problems: 'looking' } as const;
const UNCHECKED = { graph: EMPTY_GRAPH, problems: 'unchecked' } as const;
/** Whoever is without a network for a moment gets his check behind it. */
const RETRY_MS = 10_000;

/** The problems of the draft as publish would find them, found again after each edit when there is time. */
export function useFlowProblems(): Checked | typeof LOOKING | typeof UNCHECKED {
  const document = useDeferredValue(useEditorState((state) => state.document));
  const { attributes, deleted, events } = useDictionary();
  const audiences = useAudiences();
  const nowMs = useNow();
  const check = useChecker();
  const { revision } = useNodeKinds();
  const context = useMemo(
    () => ({
      attributes: new Map(attributes.map(({ name, type }) => [name, type])),
      deletedAttributes: deleted,
      events: new Set(events.map(({ name }) => name)),
      now: nowMs,
      // One page of them: whoever has more is not told that an older one is gone; publish knows them all.
      ...(audiences &&
        isWholeList(audiences) && {
          audiences: new Map(audiences.map(({ id, name }) => [id, name])),
          manualAudiences: new Set(audiences.flatMap(({ id, kind }) => (kind === 'manual' ? [id] : []))),
        }),
    }),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a kind that is published, deprecated or blocked changes what is right
    [attributes, deleted, events, audiences, nowMs, revision],
  );
  return useMemo(() => {
    if (check === undefined) return LOOKING;
    return check === 'missing' ? UNCHECKED : check(document, context);
  }, [check, document, context]);
}

/** Comes after the flow is on the screen: it brings the engine of patterns along, and checking takes longer than drawing. */
function useChecker(): Checker | 'missing' | undefined {
  const [check, setCheck] = useState<Checker | 'missing'>();
  useEffect(() => {
    let retry: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    const fetchChecker = async () => {
      const found = await import('./check-flow.ts').then(
        ({ createChecker }) => createChecker(),
        () => 'missing' as const,
      );
      if (isGone) return;
      startTransition(() => setCheck(() => found));
      if (found === 'missing') retry = setTimeout(fetchChecker, RETRY_MS);
    };
    void fetchChecker();
    return () => {
      isGone = true;
      clearTimeout(retry);
    };
  }, []);
  return check;
}
