import type { Document } from 'bson';
import { compileExpression } from '../aggregate/expression/compile.ts';
import { isTruthy } from '../aggregate/expression/truth.ts';
import { type Raw, Type } from '../bson/element.ts';
import type { AnyDocument } from '../bson/value.ts';
import { type FilterNode, looksIntoArrays } from './filter-node.ts';
import { compileElementSearch, compileLeaf, type NodeCompiler } from './leaf-test.ts';
import { parseFilter } from './parse-filter.ts';
import {
  compilePath,
  type DocumentTest,
  type ElementTest,
  findArrayIndex,
  NO_ARRAY,
  NO_MATCH,
  testAtPath,
} from './path-walk.ts';

/** A compiled filter; it reads documents as bytes and decodes only what an expression asks for. */
export interface Filter {
  test(raw: Raw): boolean;
  /** What the positional `$` of an update or projection stands for; undefined when no array took part in the match. */
  firstArrayIndex(raw: Raw): number | undefined;
}

export interface FilterOptions {
  /** Values of the command's `let`, for `$expr`. */
  let?: Document | undefined;
  now?: Date | undefined;
}

export function compileFilter(filter: AnyDocument, options: FilterOptions = {}): Filter {
  const node = parseFilter(filter);
  const compiler = new FilterCompiler(options);
  const test = compiler.document(node);
  let search: ((raw: Raw) => number) | undefined;
  return {
    test: (raw) => test(raw, 0),
    firstArrayIndex: (raw) => {
      search ??= compiler.arrayIndex(node);
      const index = search(raw);
      return index >= 0 ? index : undefined;
    },
  };
}

/** A filter over single values, as `$pull` and `arrayFilters` use it on array elements. */
export function compileElementFilter(node: FilterNode): ElementTest {
  return new FilterCompiler({}).element(node);
}

class FilterCompiler implements NodeCompiler {
  readonly #options: FilterOptions;

  constructor(options: FilterOptions) {
    this.#options = options;
  }

  document = (node: FilterNode): DocumentTest => {
    switch (node.kind) {
      case 'leaf':
        return testAtPath(compilePath(node.path), compileLeaf(node.leaf, this), looksIntoArrays(node.leaf));
      case 'not': {
        const test = this.document(node.child);
        return (raw, start) => !test(raw, start);
      }
      case 'constant':
        return () => node.value;
      case 'expression':
        return this.#expression(node.expression);
      default: {
        const tests = node.children.map(this.document);
        if (node.kind === 'and') return every(tests);
        const isAny = some(tests);
        return node.kind === 'or' ? isAny : (raw, start) => !isAny(raw, start);
      }
    }
  };

  element = (node: FilterNode): ElementTest => {
    switch (node.kind) {
      case 'leaf':
        return compileLeaf(node.leaf, this);
      case 'not': {
        const test = this.element(node.child);
        return (raw, type, start) => !test(raw, type, start);
      }
      case 'constant':
        return () => node.value;
      case 'expression':
        return (raw, type, start) => type === Type.object && this.#expression(node.expression)(raw, start);
      default: {
        const tests = node.children.map(this.element);
        if (node.kind === 'and') return (raw, type, start) => tests.every((test) => test(raw, type, start));
        const isOr = node.kind === 'or';
        return (raw, type, start) => tests.some((test) => test(raw, type, start)) === isOr;
      }
    }
  };

  #expression(expression: unknown): DocumentTest {
    const evaluate = compileExpression(expression, this.#options);
    return (raw, start) => isTruthy(evaluate(raw, start));
  }

  /**
   * MongoDB's rule: in a conjunction the last condition that went through an array decides; a disjunction or a
   * negation never does.
   */
  arrayIndex(node: FilterNode): (raw: Raw) => number {
    if (node.kind === 'leaf') return this.#leafIndex(node.path, node.leaf);
    if (node.kind !== 'and') {
      const test = this.document(node);
      return (raw) => (test(raw, 0) ? NO_ARRAY : NO_MATCH);
    }
    const searches = node.children.map((child) => this.arrayIndex(child));
    return (raw) => {
      let result = NO_ARRAY;
      for (const search of searches) {
        const index = search(raw);
        if (index === NO_MATCH) return NO_MATCH;
        if (index >= 0) result = index;
      }
      return result;
    };
  }

  #leafIndex(dottedPath: string, leaf: Extract<FilterNode, { kind: 'leaf' }>['leaf']): (raw: Raw) => number {
    const path = compilePath(dottedPath);
    if (leaf.kind !== 'element-filter' && leaf.kind !== 'element-test') {
      const test = compileLeaf(leaf, this);
      return (raw) => findArrayIndex(raw, 0, path, test, looksIntoArrays(leaf));
    }
    const find = compileElementSearch(leaf, this);
    let inner = NO_ARRAY;
    const test: ElementTest = (raw, type, start) => {
      inner = type === Type.array ? find(raw, start) : NO_ARRAY;
      return inner >= 0;
    };
    return (raw) => {
      const outer = findArrayIndex(raw, 0, path, test, false);
      return outer === NO_ARRAY ? inner : outer;
    };
  }
}

function every(tests: DocumentTest[]): DocumentTest {
  const [first, second, third] = tests;
  if (first === undefined) return () => true;
  if (second === undefined) return first;
  if (third === undefined) return (raw, start) => first(raw, start) && second(raw, start);
  return (raw, start) => {
    for (let i = 0; i < tests.length; i++) if (!tests[i]!(raw, start)) return false;
    return true;
  };
}

function some(tests: DocumentTest[]): DocumentTest {
  return (raw, start) => {
    for (let i = 0; i < tests.length; i++) if (tests[i]!(raw, start)) return true;
    return false;
  };
}

/** The search behind an `$elemMatch` projection: the position of the first element that fits, or -1. */
export function compileElemMatch(condition: AnyDocument): (raw: Raw, start: number) => number {
  const node = parseFilter({ element: { $elemMatch: condition } });
  if (node.kind !== 'leaf' || (node.leaf.kind !== 'element-filter' && node.leaf.kind !== 'element-test')) {
    return () => -1;
  }
  return compileElementSearch(node.leaf, new FilterCompiler({}));
}
