import type { Call } from './call.ts';
import type { Keep } from './keep.ts';

/** Calls that the server has not confirmed yet, shared by all tabs of a site; the oldest go when there are too many. */
export interface Queue {
  add(call: Call): void;
  /** The oldest, as many as fit into one sending. */
  peek(mostBytes: number): Call[];
  /** By id: another tab may have taken some meanwhile. */
  remove(calls: readonly Call[]): void;
}

const NAME = 'queue';
const MOST_CALLS = 500;
const MOST_PER_SENDING = 100;

export function createQueue(keep: Keep): Queue {
  const read = (): Call[] => {
    try {
      const calls: unknown = JSON.parse(keep.get(NAME) ?? '[]');
      return Array.isArray(calls) ? (calls as Call[]) : [];
    } catch {
      // Whatever stands there, it is none of ours.
      return [];
    }
  };
  const write = (calls: Call[]) => keep.set(NAME, calls.length > 0 ? JSON.stringify(calls) : undefined);
  return {
    add: (call) => write([...read(), call].slice(-MOST_CALLS)),
    peek(mostBytes) {
      const taken: Call[] = [];
      let bytes = 0;
      for (const call of read().slice(0, MOST_PER_SENDING)) {
        bytes += new TextEncoder().encode(JSON.stringify(call)).length + 1;
        // One that is too large by itself goes alone, and is refused with a reason.
        if (bytes > mostBytes && taken.length > 0) break;
        taken.push(call);
      }
      return taken;
    },
    remove(calls) {
      const ids = new Set(calls.map(({ messageId }) => messageId));
      write(read().filter(({ messageId }) => !ids.has(messageId)));
    },
  };
}
