import { countUpTo } from '../stores/count-up-to.ts';

interface Waiting<Call, Answer> {
  call: Call;
  weight: number;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

/**
 * Calls that arrive while others are being written are written together: a burst of single events costs a few statements, and
 * a lone call does not wait. Up to `lanes` writes are under way; what waits goes into the next one, `most` in weight at a
 * time. A write that fails fails the calls in it and no others. Answers come in the order of the calls.
 */
export function gatherCalls<Call, Answer>(
  write: (calls: readonly Call[]) => Promise<readonly Answer[]>,
  { lanes, most, weigh }: { lanes: number; most: number; weigh: (call: Call) => number },
): (call: Call) => Promise<Answer> {
  const waiting: Waiting<Call, Answer>[] = [];
  let underWay = 0;

  function next(): void {
    if (underWay >= lanes || waiting.length === 0) return;
    underWay += 1;
    const taken = waiting.splice(
      0,
      countUpTo(waiting, ({ weight }) => weight, most),
    );
    void answer(taken);
  }

  async function answer(taken: readonly Waiting<Call, Answer>[]): Promise<void> {
    try {
      const answers = await write(taken.map(({ call }) => call)).finally(free);
      for (const [index, { resolve }] of taken.entries()) resolve(answers[index] as Answer);
    } catch (error) {
      for (const { reject } of taken) reject(error);
    }
  }

  function free(): void {
    underWay -= 1;
    next();
  }

  return (call) =>
    new Promise((resolve, reject) => {
      waiting.push({ call, weight: weigh(call), resolve, reject });
      next();
    });
}
