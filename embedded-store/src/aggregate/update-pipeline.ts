import type { Document } from 'bson';
import type { Raw } from '../bson/element.ts';
import { StoreError } from '../bson/store-error.ts';
import { entriesOf } from '../bson/value.ts';
import type { ExpressionOptions } from './expression/compile.ts';
import { type Shape, shapes } from './stages/shape-stages.ts';

/** The stages of an update that is a pipeline, as one function over documents. */
export function compileUpdatePipeline(stages: readonly Document[], options: ExpressionOptions): (raw: Raw) => Raw {
  const steps = stages.map((stage): Shape => {
    const entries = [...entriesOf(stage)];
    const [first] = entries;
    if (!first || entries.length !== 1) {
      throw new StoreError(40323, 'A pipeline stage specification object must contain exactly one field.');
    }
    const [name, argument] = first;
    const compile = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
    if (!compile) throw new StoreError(72, `${name} is not allowed to be used within an update`);
    return compile(argument, options);
  });
  return (raw) => {
    let result = raw;
    for (const step of steps) result = step(result);
    return result !== raw && Buffer.compare(result, raw) === 0 ? raw : result;
  };
}
