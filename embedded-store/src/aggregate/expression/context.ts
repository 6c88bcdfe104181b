import type { RawDocument } from '../../bson/decode.ts';
import { StoreError } from '../../bson/store-error.ts';

/** What an expression is evaluated on: the document and the variables' values by slot. */
export interface Scope {
  root: RawDocument;
  variables: unknown[];
  now: Date;
}

/** A compiled expression; `undefined` is a missing value. */
export type Evaluate = (scope: Scope) => unknown;

/** How an operator is compiled from its argument as written. */
export type OperatorCompiler = (argument: unknown, context: ExpressionContext, name: string) => Evaluate;

export type OperatorTable = Readonly<Record<string, OperatorCompiler>>;

type CompileNode = (expression: unknown, context: ExpressionContext) => Evaluate;

/** What an expression needs to know while it is compiled: which variables exist and in which slot. */
export class ExpressionContext {
  readonly #compile: CompileNode;
  readonly #slots: ReadonlyMap<string, number>;
  readonly #counter: { next: number };
  /** Top-level fields that the expression reads; '*' is the whole document. */
  readonly fields: Set<string>;

  constructor(
    compile: CompileNode,
    slots: ReadonlyMap<string, number> = new Map(),
    counter = { next: slots.size },
    fields = new Set<string>(),
  ) {
    this.#compile = compile;
    this.#slots = slots;
    this.#counter = counter;
    this.fields = fields;
  }

  compile(expression: unknown): Evaluate {
    return this.#compile(expression, this);
  }

  /** A context in which `names` are variables too, and the slots they were given. */
  declare(names: readonly string[]): { context: ExpressionContext; slots: number[] } {
    const slots = names.map(() => this.#counter.next++);
    const known = new Map(this.#slots);
    for (const [i, name] of names.entries()) known.set(assertVariableName(name), slots[i]!);
    return { context: new ExpressionContext(this.#compile, known, this.#counter, this.fields), slots };
  }

  slotOf(name: string): number {
    const slot = this.#slots.get(name);
    if (slot === undefined) throw new StoreError(17276, `Use of undefined variable: ${name}`);
    return slot;
  }
}

function assertVariableName(name: string): string {
  if (name === '') throw new StoreError(9, 'empty variable names are not allowed');
  if (name !== 'CURRENT' && !/^[a-z\u0080-\uffff]/.test(name)) {
    throw new StoreError(9, `'${name}' starts with an invalid character for a user variable name`);
  }
  const wrong = /[^\w\u0080-\uffff]/.exec(name);
  if (wrong) throw new StoreError(9, `'${name}' contains an invalid character for a variable name: '${wrong[0]}'`);
  return name;
}
