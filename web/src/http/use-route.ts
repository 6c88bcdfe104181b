import type { ReplyOf, RouteContract } from '@sluice/shared/http-api';
import {
  keepPreviousData,
  type QueryKey,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseQueryOptions,
} from '@tanstack/react-query';
import { type CallArguments, call, type InputOf } from './call.ts';

/** Key of a route's answers: by path alone it names all of them, for invalidation. */
export function keyOf<R extends RouteContract>(route: R, input?: InputOf<R>): QueryKey {
  return input === undefined ? [route.path] : [route.path, input];
}

type ReadOptions<R extends RouteContract> = Pick<
  UseQueryOptions<ReplyOf<R>>,
  'enabled' | 'refetchInterval' | 'staleTime' | 'placeholderData'
>;

/** A GET (or a read by POST) as a query; it is cancelled when nobody shows it any more. */
export function useReply<R extends RouteContract>(route: R, input: InputOf<R>, options: ReadOptions<R> = {}) {
  return useQuery<ReplyOf<R>>({
    queryKey: keyOf(route, input),
    queryFn: ({ signal }) => call(route, ...([input, signal] as CallArguments<R>)),
    ...options,
  });
}

interface PageReply<Item> {
  items: Item[];
  next: string | null;
  total?: number;
}
type ItemOf<R extends RouteContract> = ReplyOf<R> extends PageReply<infer Item> ? Item : never;

interface PagesOptions {
  enabled?: boolean;
  refetchInterval?: number | false;
  staleTime?: number;
  /** The rows of the last search stay until those of the new one are there. */
  keepsPrevious?: boolean;
}

/** A list read page by page along its cursor; `items` are all rows read so far. */
export function usePages<R extends RouteContract>(
  route: R,
  input: InputOf<R>,
  { keepsPrevious = false, ...options }: PagesOptions = {},
) {
  const pages = useInfiniteQuery({
    queryKey: [...keyOf(route, input), 'pages'],
    queryFn: async ({ pageParam, signal }): Promise<PageReply<ItemOf<R>>> => {
      const { query, ...rest } = input as { query?: object };
      const paged = { ...rest, query: { ...query, ...(pageParam ? { after: pageParam } : {}) } };
      const reply: unknown = await call(route, ...([paged, signal] as unknown as CallArguments<R>));
      return reply as PageReply<ItemOf<R>>;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    ...(keepsPrevious ? { placeholderData: keepPreviousData } : {}),
    ...options,
  });
  return {
    ...pages,
    items: pages.data?.pages.flatMap((page) => page.items) ?? [],
    total: pages.data?.pages[0]?.total,
  };
}

/**
 * A call that changes something; the answers of `stale` routes are read again afterwards. `mutateThen` leads on when that is
 * done, also where the new answers have taken away what asked: callbacks of `mutate` itself are dropped then.
 */
export function useChange<R extends RouteContract>(route: R, stale: readonly RouteContract[] = []) {
  const client = useQueryClient();
  const mutation = useMutation<ReplyOf<R>, Error, InputOf<R>>({
    mutationFn: (input) => call(route, ...([input] as CallArguments<R>)),
    onSuccess: async () => {
      await Promise.all(stale.map((route) => client.invalidateQueries({ queryKey: keyOf(route) })));
    },
  });
  const mutateThen = (input: InputOf<R>, leadOn: (reply: ReplyOf<R>) => void): void => {
    // Why it failed stands in `error`.
    mutation.mutateAsync(input).then(leadOn, () => {});
  };
  return { ...mutation, mutateThen };
}
