import { type Call, type Fields, newId } from './call.ts';
import type { Keep } from './keep.ts';

/** What a page may say. */
export interface Tracker {
  /** Who the visitor is, from now on and on later visits; and what is known of the person. */
  identify(userId: string, traits?: Fields): void;
  track(event: string, properties?: Fields): void;
  page(name?: string, properties?: Fields): void;
  /** The visitor has signed out: who comes next is somebody else. */
  reset(): void;
}

export interface Place {
  url: string;
  path: string;
  title: string;
  referrer: string;
}

export function createTracker(deps: { keep: Keep; place(): Place; send(call: Call): void }): Tracker {
  const { keep } = deps;

  const anonymousId = () => {
    const known = keep.get('anonymousId') ?? newId();
    keep.set('anonymousId', known);
    return known;
  };

  const call = (type: Call['type'], fields: Fields) => {
    const userId = keep.get('userId');
    deps.send({
      type,
      // What begins with the time is stored beside what was sent at that time.
      messageId: `${Date.now().toString(36)}-${newId()}`,
      timestamp: new Date().toISOString(),
      anonymousId: anonymousId(),
      ...(userId !== undefined && { userId }),
      ...fields,
    });
  };

  return {
    identify(userId, traits = {}) {
      keep.set('userId', String(userId));
      call('identify', { traits });
    },
    track: (event, properties = {}) => call('track', { event, properties }),
    page: (name, properties = {}) =>
      call('page', { ...(name !== undefined && { name }), properties: { ...deps.place(), ...properties } }),
    reset() {
      keep.set('userId', undefined);
      keep.set('anonymousId', undefined);
    },
  };
}
