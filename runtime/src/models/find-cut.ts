import type { MemberSelection } from '@sluice/shared/http-api';
import type { ScoredProfile } from './score-population.ts';

/** Who is chosen: everyone above `score`, and of those who have exactly it, whoever's tie is at most `tie`. */
export interface Cut {
  score: number;
  tie: number;
}

const EVERYONE: Cut = { score: 0, tie: 1 };
const NOBODY: Cut = { score: Number.MAX_VALUE, tie: 0 };
const FIRST_SIZE = 4096;

export function isChosen({ score, tie }: Pick<ScoredProfile, 'score' | 'tie'>, cut: Cut): boolean {
  return score > cut.score || (score === cut.score && tie <= cut.tie);
}

/**
 * Where the best end, so that whether a profile is one of them can later be said of it alone. Equal scores are cut by a
 * hash of the profile's id: exactly as many as asked for. Holds 16 bytes per profile.
 */
export async function findCut(selection: MemberSelection, pages: AsyncIterable<ScoredProfile[]>): Promise<Cut> {
  if (selection.kind === 'score') return { score: selection.from, tie: 1 };
  let scores = new Float64Array(FIRST_SIZE);
  let ties = new Float64Array(FIRST_SIZE);
  let size = 0;
  for await (const page of pages)
    for (const { score, tie } of page) {
      if (size === scores.length) {
        scores = doubled(scores);
        ties = doubled(ties);
      }
      scores[size] = score;
      ties[size] = tie;
      size += 1;
    }
  const wanted = selection.kind === 'count' ? selection.count : Math.round(selection.share * size);
  if (wanted === 0) return NOBODY;
  if (wanted >= size) return EVERYONE;
  const sorted = scores.slice(0, size).sort();
  const score = sorted[size - wanted]!;
  let above = 0;
  const tied: number[] = [];
  for (let index = 0; index < size; index += 1) {
    if (scores[index]! > score) above += 1;
    else if (scores[index] === score) tied.push(ties[index]!);
  }
  tied.sort((one, other) => one - other);
  return { score, tie: tied[wanted - above - 1] ?? 1 };
}

function doubled(full: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(full.length * 2);
  larger.set(full);
  return larger;
}
