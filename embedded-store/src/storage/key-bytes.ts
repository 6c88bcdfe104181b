/** The first key after every key that begins with `prefix`; an all-0xff prefix has none and gets one more byte. */
export function afterPrefix(prefix: Uint8Array): Buffer {
  const next = Buffer.from(prefix);
  for (let i = next.length - 1; i >= 0; i--) {
    if (next[i] !== 0xff) {
      next[i] = (next[i] ?? 0) + 1;
      return next.subarray(0, i + 1);
    }
  }
  return Buffer.concat([prefix, Buffer.alloc(2048, 0xff)]);
}

/** The first key after exactly `key`. */
export function afterKey(key: Uint8Array): Buffer {
  const next = Buffer.allocUnsafe(key.length + 1);
  next.set(key, 0);
  next[key.length] = 0;
  return next;
}

/** A four-byte big-endian number, the prefix that keeps collections and indexes apart inside one key space. */
export function uint32Key(id: number): Buffer {
  const key = Buffer.allocUnsafe(4);
  key.writeUInt32BE(id, 0);
  return key;
}

export function joinKeys(...parts: Uint8Array[]): Buffer {
  return Buffer.concat(parts);
}
