import xxhash from 'xxhash-wasm';

/** A number in [0, 1) that is the same for these four for ever, and independent between salts, nodes and flows (RUN-7). */
export type Bucket = (flowId: string, nodeId: string, profileId: string, salt: string) => number;

/** Stands between the parts so that ("a", "bc") and ("ab", "c") differ; no id and no salt holds it. */
const SEPARATOR = '\u001f';

/**
 * Loads the hash (WebAssembly, in Node and in browsers) and returns the synchronous bucket function.
 * XXH64 (https://github.com/Cyan4973/xxHash, specification 0.2.0): even, fast, and the same on every machine; it need
 * not resist an adversary. The upper 53 bits are what a double holds exactly.
 */
export async function createBucket(): Promise<Bucket> {
  const { h64 } = await xxhash();
  return (flowId, nodeId, profileId, salt) =>
    Number(h64([flowId, nodeId, profileId, salt].join(SEPARATOR)) >> 11n) / 2 ** 53;
}
