import { api, type ImportMapping } from '@sluice/shared/http-api';
import { keepPreviousData } from '@tanstack/react-query';
import { useReply } from '../../http/use-route.ts';
import { useDebounced } from '../../ui/use-debounced.ts';

const SETTLE_MS = 400;

/** The trial run of a mapping, asked again when typing rests; the last answer stays on screen meanwhile. */
export function useTrial(importId: string, mapping: ImportMapping, isComplete: boolean) {
  const settled = useDebounced(mapping, SETTLE_MS);
  return useReply(
    api.data.tryImport,
    { params: { importId }, body: settled },
    { enabled: isComplete && settled === mapping, placeholderData: keepPreviousData },
  );
}

export type Trial = ReturnType<typeof useTrial>;
