import { createDraw } from '@sluice/shared/random';
import type { StoredValue } from '../profiles/profile-record.ts';
import type { FeatureSource } from './column.ts';
import { sigmoid } from './logistic-regression.ts';

export interface DrawnProfile {
  id: string;
  attributes: Record<string, StoredValue>;
  /** The true chance that it is positive. */
  chance: number;
  isPositive: boolean;
}

export const SOURCES: FeatureSource[] = [
  { attribute: 'age', type: 'number' },
  { attribute: 'visits', type: 'number' },
  { attribute: 'channel', type: 'string' },
  { attribute: 'isMember', type: 'boolean' },
  { attribute: 'tags', type: 'list' },
  { attribute: 'noise', type: 'number' },
];

const CHANNELS: readonly (readonly [string, number])[] = [
  ['app', 0.9],
  ['web', 0],
  ['store', -0.7],
];

/** Profiles whose chances follow from known coefficients; the same seed draws the same. */
export function drawProfiles(count: number, seed: number): DrawnProfile[] {
  const random = createDraw(seed / 2 ** 32);
  return Array.from({ length: count }, (_, index) => {
    const age = 18 + Math.floor(random() * 62);
    const visits = Math.floor(-Math.log(1 - random()) * 6);
    const [channel, weight] = CHANNELS[Math.floor(random() * CHANNELS.length)] ?? ['web', 0];
    const isMember = random() < 0.3;
    const tags = ['red', 'green', 'blue'].filter(() => random() < 0.4);
    const odds =
      -2.2 -
      0.03 * (age - 48) +
      0.16 * Math.min(visits, 20) +
      weight +
      (isMember ? 0.8 : 0) +
      (tags.includes('red') ? 0.5 : 0);
    const chance = sigmoid(odds);
    return {
      id: `p${seed}-${index}`,
      attributes: { age, visits, channel, isMember, tags, noise: random() },
      chance,
      isPositive: random() < chance,
    };
  });
}
