import { AppError, explainMisfit } from '@sluice/shared/errors';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';

type HttpPart = 'params' | 'query' | 'body';

/**
 * Compiles the check of one part of a request. TypeBox's own compiler instead of Ajv: it resolves the recursive
 * `Condition` without registration, and it leaves a body as it was sent, where Ajv under Fastify's defaults would turn
 * `null` into `""`. Text from the address (params, query) becomes numbers and booleans where the schema says so.
 */
export function compileCheck(schema: TSchema, part: HttpPart): (value: unknown) => unknown {
  const validator = Compile(schema);
  return (value) => {
    const converted = part === 'body' ? value : Value.Convert(schema, value);
    if (validator.Check(converted)) return converted;
    const misfit = explainMisfit(schema, converted);
    const problem = `${part}${misfit.path} ${misfit.message}`;
    throw new AppError('request-invalid', `The request does not fit: ${problem}`, {
      details: { problem, path: `${part}${misfit.path}` },
    });
  };
}
