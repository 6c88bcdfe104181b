export interface Objective {
  /** The value at a point; writes the gradient there into `gradient`. */
  (point: Float64Array, gradient: Float64Array): number;
}

/** Pairs of steps kept to guess the curvature by. */
const MEMORY = 8;
const SUFFICIENT_DECREASE = 1e-4;
const CURVATURE = 0.9;
const MOST_HALVINGS = 40;

interface Pair {
  step: Float64Array;
  change: Float64Array;
  inverse: number;
}

/**
 * Finds the lowest point of a smooth convex function by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm
 * 7.5) with a line search for the weak Wolfe conditions by bisection. Deterministic. It ends when the gradient is
 * `tolerance` times what it was, or after `mostSteps`.
 */
export function minimise(
  objective: Objective,
  start: Float64Array,
  options: { tolerance: number; mostSteps: number },
): Float64Array {
  const size = start.length;
  let point: Float64Array = start.slice();
  let gradient: Float64Array = new Float64Array(size);
  let value = objective(point, gradient);
  // Against a start that is warm already, "a fraction of the first gradient" would never be reached.
  const goal = options.tolerance * Math.max(1, norm(gradient));
  const memory: Pair[] = [];
  for (let step = 0; step < options.mostSteps && norm(gradient) > goal; step += 1) {
    let direction: Float64Array = descend(gradient, memory);
    let slope = dot(direction, gradient);
    if (slope >= 0) {
      memory.length = 0;
      direction = gradient.map((part) => -part);
      slope = dot(direction, gradient);
    }
    const first = memory.length === 0 ? Math.min(1, 1 / norm(gradient)) : 1;
    const found = search(objective, { point, value, slope, direction }, first);
    if (!found) break;
    const pair = pairOf(found.point, point, found.gradient, gradient);
    if (pair) memory.push(pair);
    if (memory.length > MEMORY) memory.shift();
    ({ point, gradient, value } = found);
  }
  return point;
}

/** Undefined when no step goes down any more: this is the lowest point that numbers of this size can tell. */
function search(
  objective: Objective,
  from: { point: Float64Array; value: number; slope: number; direction: Float64Array },
  first: number,
): { point: Float64Array; gradient: Float64Array; value: number } | undefined {
  let low = 0;
  let high = Number.POSITIVE_INFINITY;
  let length = first;
  const gradient = new Float64Array(from.point.length);
  let best: { point: Float64Array; gradient: Float64Array; value: number } | undefined;
  for (let turn = 0; turn < MOST_HALVINGS; turn += 1) {
    const point = from.point.map((part, index) => part + length * from.direction[index]!);
    const value = objective(point, gradient);
    if (!(value <= from.value + SUFFICIENT_DECREASE * length * from.slope)) high = length;
    else {
      best = { point, gradient: gradient.slice(), value };
      if (dot(gradient, from.direction) >= CURVATURE * from.slope) return best;
      low = length;
    }
    length = Number.isFinite(high) ? (low + high) / 2 : low * 2;
  }
  return best;
}

/** The two loops over the remembered pairs: the gradient turned and scaled by the curvature they show. */
function descend(gradient: Float64Array, memory: readonly Pair[]): Float64Array {
  const direction = gradient.map((part) => -part);
  const shares: number[] = [];
  for (const { step, change, inverse } of memory.toReversed()) {
    const share = inverse * dot(step, direction);
    shares.push(share);
    addScaled(direction, change, -share);
  }
  const last = memory.at(-1);
  if (last) {
    const scale = 1 / (last.inverse * dot(last.change, last.change));
    for (let index = 0; index < direction.length; index += 1) direction[index]! *= scale;
  }
  for (const { step, change, inverse } of memory) {
    const back = inverse * dot(change, direction);
    addScaled(direction, step, (shares.pop() ?? 0) - back);
  }
  return direction;
}

function pairOf(
  point: Float64Array,
  before: Float64Array,
  gradient: Float64Array,
  gradientBefore: Float64Array,
): Pair | undefined {
  const step = point.map((part, index) => part - before[index]!);
  const change = gradient.map((part, index) => part - gradientBefore[index]!);
  const curvature = dot(step, change);
  return curvature > 0 ? { step, change, inverse: 1 / curvature } : undefined;
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < one.length; index += 1) sum += one[index]! * other[index]!;
  return sum;
}

function norm(vector: Float64Array): number {
  return Math.sqrt(dot(vector, vector));
}

function addScaled(to: Float64Array, from: Float64Array, scale: number): void {
  for (let index = 0; index < to.length; index += 1) to[index]! += scale * from[index]!;
}
