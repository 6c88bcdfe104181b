import { api, type BodyIn } from '@sluice/shared/http-api';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call } from '../../http/call.ts';
import { keyOf } from '../../http/use-route.ts';

type Route = typeof api.quality.releaseQuarantine | typeof api.quality.dropQuarantine;
type Choice = BodyIn<Route>;

/** Decides values until none of the choice is left; the server does a bounded number at once. */
export function useDecision(onDone: () => void) {
  const client = useQueryClient();
  const [done, setDone] = useState(0);
  const { mutate, isPending, error } = useMutation({
    mutationFn: async ({ route, choice }: { route: Route; choice: Choice }) => {
      setDone(0);
      for (;;) {
        const decided = await call(route, { body: choice });
        setDone((before) => before + decided.done);
        if (!decided.isAnyLeft) return;
      }
    },
    onSuccess: onDone,
    onSettled: () =>
      Promise.all(
        [api.quality.listQuarantine, api.quality.countQuarantine].map((route) =>
          client.invalidateQueries({ queryKey: keyOf(route) }),
        ),
      ),
  });
  return { decide: (route: Route, choice: Choice) => mutate({ route, choice }), isPending, error, done };
}
