import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import type { ForecastHours } from '@sluice/shared/http-api';
import { Binary } from 'mongodb';
import type { Totals } from './counters.ts';

const pack = promisify(deflate);
const unpack = promisify(inflate);

/** Visits by node and hour, then messages by hour, as one deflated list of 32-bit numbers: most of them are zero. */
export async function packHours({ enteredByHour, sentByHour }: Totals): Promise<Binary> {
  const all = new Int32Array(enteredByHour.length + sentByHour.length);
  all.set(enteredByHour);
  all.set(sentByHour, enteredByHour.length);
  return new Binary(await pack(Buffer.from(all.buffer)));
}

/** `nodes` in the order in which they were counted. */
export async function unpackHours(
  packed: Binary,
  nodes: readonly string[],
  { hours, startAt }: { hours: number; startAt: string },
): Promise<ForecastHours> {
  const bytes = await unpack(packed.buffer);
  const all = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / Int32Array.BYTES_PER_ELEMENT);
  const rowAt = (row: number) => pairsOf(all.subarray(row * hours, (row + 1) * hours));
  return {
    startAt,
    hours,
    nodes: nodes.map((node, row) => ({ node, entered: rowAt(row) })),
    channels: [{ channel: 'email', sent: rowAt(nodes.length) }],
  };
}

function pairsOf(counts: Int32Array): number[] {
  const pairs: number[] = [];
  for (const [hour, count] of counts.entries()) if (count > 0) pairs.push(hour, count);
  return pairs;
}
