import type { Document } from 'bson';
import { RawDocument } from '../../bson/decode.ts';
import type { Raw } from '../../bson/element.ts';
import { refuse, StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument } from '../../bson/value.ts';
import { type Evaluate, ExpressionContext, type Scope } from './context.ts';
import { compileRawPath, parseFieldPath, readValuePath } from './field-path.ts';
import { operators, REFUSED_EXPRESSIONS } from './operators.ts';

export interface ExpressionOptions {
  /** Values of the command's `let`: constants by variable name. */
  let?: Document | undefined;
  now?: Date | undefined;
}

/** An expression compiled for documents as bytes. */
export interface Expression {
  (raw: Raw, start?: number): unknown;
}

/** Compiles an expression; the result is pure but for `$rand`, and reads `$$NOW` from the options. */
export function compileExpression(expression: unknown, options: ExpressionOptions = {}): Expression {
  const { scope, context } = openScope(options);
  const evaluate = context.compile(expression);
  return (raw, start = 0) => {
    scope.root = new RawDocument(raw, start);
    return evaluate(scope);
  };
}

/** A scope and a context that share the slots of the command's variables. */
export function openScope(options: ExpressionOptions): { scope: Scope; context: ExpressionContext } {
  const given = options.let ? [...entriesOf(options.let)] : [];
  const { context } = new ExpressionContext(compileNode).declare(given.map(([name]) => name));
  const scope: Scope = {
    root: new RawDocument(EMPTY),
    variables: [],
    now: options.now ?? new Date(),
  };
  // A variable of `let` may be an expression of constants.
  for (const [i, [, value]] of given.entries()) {
    scope.variables[i] = new ExpressionContext(compileNode).compile(value)(scope);
  }
  return { scope, context };
}

const EMPTY = new Uint8Array([5, 0, 0, 0, 0]);

function compileNode(expression: unknown, context: ExpressionContext): Evaluate {
  if (typeof expression === 'string')
    return expression.startsWith('$') ? compilePath(expression, context) : () => expression;
  if (Array.isArray(expression)) return compileArray(expression, context);
  if (!isDocument(expression)) return () => expression;
  const entries = [...entriesOf(expression)];
  const [first] = entries;
  if (first?.[0].startsWith('$')) {
    if (entries.length > 1) {
      const names = entries.map(([name]) => name).join(', ');
      throw new StoreError(15983, `an object representing an expression must have exactly one field, found: ${names}`);
    }
    return compileOperator(first[0], first[1], context);
  }
  return compileObject(entries, context);
}

function compileOperator(name: string, argument: unknown, context: ExpressionContext): Evaluate {
  const compile = Object.hasOwn(operators, name) ? operators[name] : undefined;
  if (compile) return compile(argument, context, name);
  if (REFUSED_EXPRESSIONS.has(name)) throw refuse(168, `The expression ${name}`);
  throw new StoreError(168, `Unrecognized expression '${name}'`);
}

function compileArray(items: unknown[], context: ExpressionContext): Evaluate {
  const evaluates = items.map((item) => context.compile(item));
  return (scope) => evaluates.map((evaluate) => evaluate(scope) ?? null);
}

function compileObject(entries: [string, unknown][], context: ExpressionContext): Evaluate {
  const fields = entries.map(([name, value]) => {
    if (name.startsWith('$')) throw new StoreError(16410, `FieldPath field names may not start with '$': ${name}`);
    if (name.includes('.')) throw new StoreError(16412, `FieldPath field names may not contain '.': ${name}`);
    return [name, context.compile(value)] as const;
  });
  return (scope) => {
    const result = new Map<string, unknown>();
    for (let i = 0; i < fields.length; i++) {
      const [name, evaluate] = fields[i]!;
      const value = evaluate(scope);
      if (value !== undefined) result.set(name, value);
    }
    return result;
  };
}

function compilePath(expression: string, context: ExpressionContext): Evaluate {
  if (expression.startsWith('$$')) return compileVariable(expression.slice(2), context);
  if (expression === '$') throw new StoreError(16872, "'$' by itself is not a valid FieldPath");
  const parts = parseFieldPath(expression.slice(1));
  context.fields.add(parts[0]!);
  const read = compileRawPath(parts);
  return (scope) => read(scope.root.raw, scope.root.start);
}

function compileVariable(text: string, context: ExpressionContext): Evaluate {
  if (text === '') throw new StoreError(16869, 'empty variable names are not allowed');
  const dot = text.indexOf('.');
  const name = dot < 0 ? text : text.slice(0, dot);
  const parts = dot < 0 ? [] : parseFieldPath(text.slice(dot + 1));
  if (name === 'ROOT' || name === 'CURRENT') return compileRoot(parts, context);
  const evaluate = systemVariable(name) ?? slotReader(context.slotOf(name));
  return parts.length === 0 ? evaluate : (scope) => readValuePath(evaluate(scope), parts);
}

function compileRoot(parts: string[], context: ExpressionContext): Evaluate {
  context.fields.add(parts[0] ?? '*');
  if (parts.length === 0) return (scope) => scope.root;
  const read = compileRawPath(parts);
  return (scope) => read(scope.root.raw, scope.root.start);
}

function slotReader(slot: number): Evaluate {
  return (scope) => scope.variables[slot];
}

function systemVariable(name: string): Evaluate | undefined {
  switch (name) {
    case 'NOW':
      return (scope) => scope.now;
    case 'REMOVE':
      return () => undefined;
    case 'CLUSTER_TIME':
    case 'JS_SCOPE':
    case 'SEARCH_META':
    case 'USER_ROLES':
      throw refuse(2, `The variable $$${name}`);
    default:
      return undefined;
  }
}
