import type { TObject } from 'typebox';
import { Value } from 'typebox/value';
import type { AnyManifest } from '../node-contract/manifest.ts';
import type { GraphNode, Problem } from './graph.ts';
import type { GraphProblemCode } from './texts.ts';

/** Deep enough for any condition a person can read; a stack is safe far beyond it. */
const MAX_DEPTH = 60;

/**
 * Params against the kind's schema: one problem per place, each with its JSON pointer. Interpreted, not compiled: a
 * compiled schema is evaluated code, which the page's Content-Security-Policy forbids and the browser reports.
 */
export function checkParams(node: GraphNode, manifest: AnyManifest): Problem[] {
  if (isDeeperThan(node.params, MAX_DEPTH)) return [{ code: 'params-too-deep', severity: 'error', node: node.id }];
  if (Value.Check(manifest.params, node.params)) return [];
  const found = new Map<string, Finding>();
  for (const error of Value.Errors(manifest.params, node.params))
    for (const finding of readError(error as SchemaError, manifest.params)) {
      const earlier = found.get(finding.param);
      // An alternative that fits none of its forms reports each of them; the one thing to say is "choose again".
      if (earlier === undefined || finding.code === 'param-choice') found.set(finding.param, finding);
    }
  return [...found.values()].map(({ code, param, limit }) => ({
    code,
    severity: 'error',
    node: node.id,
    param,
    values: { param, ...(limit !== undefined && { limit }) },
  }));
}

/** Whether a value nests deeper than `limit`; itself recurses no deeper than that. */
export function isDeeperThan(value: unknown, limit: number): boolean {
  if (value === null || typeof value !== 'object') return false;
  if (limit <= 0) return true;
  return Object.values(value).some((inner) => isDeeperThan(inner, limit - 1));
}

interface Finding {
  code: GraphProblemCode;
  param: string;
  limit?: number;
}

interface SchemaError {
  keyword: string;
  instancePath: string;
  params: Record<string, unknown>;
}

const CODES: Readonly<Record<string, GraphProblemCode>> = {
  type: 'param-type',
  minimum: 'param-too-small',
  maximum: 'param-too-large',
  minItems: 'param-too-few',
  maxItems: 'param-too-many',
  minLength: 'param-missing',
  maxLength: 'param-too-long',
  format: 'param-format',
  pattern: 'param-format',
  const: 'param-choice',
  enum: 'param-choice',
  anyOf: 'param-choice',
};

function readError({ keyword, instancePath, params }: SchemaError, schema: TObject): Finding[] {
  const condition = conditionParamOf(instancePath, schema);
  if (condition !== undefined) return [{ code: 'param-condition', param: condition }];
  if (keyword === 'required') return namesIn(params.requiredProperties, instancePath, 'param-missing');
  if (keyword === 'additionalProperties') return namesIn(params.additionalProperties, instancePath, 'param-unknown');
  // "false schema" repeats what additionalProperties says.
  if (keyword === 'boolean') return [];
  const code = CODES[keyword] ?? 'param-format';
  return [{ code, param: instancePath, ...(typeof params.limit === 'number' && { limit: params.limit }) }];
}

/**
 * A condition is one recursive alternative: the errors of its forms contradict each other, so it is named as a whole.
 * It is known by the definitions that only a recursive schema carries.
 */
function conditionParamOf(pointer: string, schema: TObject): string | undefined {
  const name = pointer.split('/')[1] ?? '';
  return isConditionParam(schema, name) ? `/${name}` : undefined;
}

function isConditionParam(schema: TObject, name: string): boolean {
  const param: object | undefined = Object.hasOwn(schema.properties, name) ? schema.properties[name] : undefined;
  return param !== undefined && '$defs' in param;
}

function namesIn(names: unknown, pointer: string, code: GraphProblemCode): Finding[] {
  if (!Array.isArray(names)) return [];
  return names.map((name) => ({ code, param: `${pointer}/${escapePointer(String(name))}` }));
}

/** RFC 6901 section 3. */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
