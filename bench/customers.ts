import { createHash } from 'node:crypto';

/** Customers of the shape of the Hillstrom file, made by a fixed recipe so that every run of a bench sees the same ones. */
export function* makeCustomers(count: number, batchSize: number): Generator<Record<string, unknown>[]> {
  const next = createSequence(20_080_320);
  const createdAt = new Date('2026-01-01T00:00:00Z');
  for (let from = 1; from <= count; from += batchSize) {
    yield Array.from({ length: Math.min(batchSize, count - from + 1) }, (_, offset) => {
      const userId = `user-${from + offset}`;
      const history = Math.round(30_000 * next() ** 4 + 2999) / 100;
      return {
        _id: createHash('sha256').update(`user:${userId}`).digest('base64url').slice(0, 20),
        userId,
        attributes: {
          email: `${userId}@example.test`,
          recency: 1 + Math.floor(next() * 12),
          history,
          mens: next() < 0.55,
          womens: next() < 0.55,
          zip_code: pick(['Surburban', 'Rural', 'Urban'], next()),
          newbie: next() < 0.5,
          channel: pick(['Phone', 'Web', 'Multichannel'], next()),
          segment: pick(['Mens E-Mail', 'Womens E-Mail', 'No E-Mail'], next()),
        },
        createdAt,
        updatedAt: createdAt,
      };
    });
  }
}

function pick<T>(from: readonly T[], at: number): T {
  return from[Math.floor(at * from.length)] as T;
}

/** Park and Miller's minimal standard generator (CACM 31, 1988): small, and the same everywhere. */
export function createSequence(seed: number): () => number {
  let state = seed % 2_147_483_647;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return (state - 1) / 2_147_483_646;
  };
}
