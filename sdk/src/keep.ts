/** What outlives the page. Where the browser keeps nothing (private mode, no room), it lasts as long as the page does. */
export interface Keep {
  get(name: string): string | undefined;
  set(name: string, value: string | undefined): void;
}

const PREFIX = 'sluice.';

export function createKeep(storage: () => Storage): Keep {
  const memory = new Map<string, string>();
  return {
    get(name) {
      try {
        return storage().getItem(PREFIX + name) ?? memory.get(name);
      } catch {
        // Access itself may be forbidden; the page must not notice.
        return memory.get(name);
      }
    },
    set(name, value) {
      if (value === undefined) memory.delete(name);
      else memory.set(name, value);
      try {
        if (value === undefined) storage().removeItem(PREFIX + name);
        else {
          storage().setItem(PREFIX + name, value);
          memory.delete(name);
        }
      } catch {
        // As above: it stays in memory.
      }
    },
  };
}
