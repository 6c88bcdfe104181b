import { api } from '@sluice/shared/http-api';
import { useMemo } from 'react';
import { useReply } from '../http/use-route.ts';

/** As fresh as the dictionary of the builder, whose answer it shares. */
const STALE_MS = 2_000;

/** How attributes are called on screen: by the name the dictionary gives them, else by their own. */
export function useAttributeNames(): (attribute: string) => string {
  const attributes = useReply(api.data.listAttributes, {}, { staleTime: STALE_MS }).data?.items;
  return useMemo(() => {
    const names = new Map(attributes?.map(({ name, displayName }) => [name, displayName]));
    return (attribute) => names.get(attribute) || attribute;
  }, [attributes]);
}
