/** How many of the first items weigh `most` together; the first counts however heavy it is. */
export function countUpTo<T>(items: readonly T[], weigh: (item: T) => number, most: number): number {
  let count = 0;
  let weight = 0;
  for (const item of items) {
    weight += weigh(item);
    if (count > 0 && weight > most) break;
    count += 1;
  }
  return count;
}
