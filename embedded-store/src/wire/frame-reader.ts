import { maxMessageBytes } from './limits.ts';

const headerBytes = 16;

/**
 * Cuts a byte stream into MongoDB wire messages, however the network split or merged them.
 * Returns a function that takes each chunk and calls `onMessage` for every message completed by it; it throws on a
 * length that no honest client sends, after which the connection cannot be understood any more and must be closed.
 */
export function createFrameReader(onMessage: (message: Buffer) => void): (chunk: Buffer) => void {
  let parts: Buffer[] = [];
  let have = 0;
  let need = 0;

  return (chunk) => {
    parts.push(chunk);
    have += chunk.length;
    // Joining only once the message is complete keeps a 48 MB insert from being copied at every chunk.
    while (have >= (need || 4)) {
      const bytes = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
      parts = [bytes];
      if (need === 0) {
        need = bytes.readInt32LE(0);
        if (need < headerBytes || need > maxMessageBytes) {
          throw new RangeError(`A wire message of ${need} bytes is outside 16 to ${maxMessageBytes}.`);
        }
        continue;
      }
      const message = bytes.subarray(0, need);
      const rest = bytes.subarray(need);
      parts = rest.length > 0 ? [rest] : [];
      have = rest.length;
      need = 0;
      onMessage(message);
    }
  };
}
